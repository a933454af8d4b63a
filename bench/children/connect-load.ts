/**
 * Asks a server for calls with autocannon, each to a number of its own, and prints what came of it. Arguments: address,
 * process id of the server, seconds to warm up, seconds to measure.
 */
import autocannon from 'autocannon';
import { CONNECT, connectBody, HEADERS } from '../emulator/requests.ts';
import { processorOf } from '../terminal.ts';

const CONNECTIONS = 16;
/** Of each connection, made before; they are used up in a run that is faster than anything. */
const PREPARED = 4000;

const [url = '', pid = '', warmUp = '1', seconds = '4'] = process.argv.slice(2);
let connection = 0;

function setupClient(client: { setRequests(requests: readonly object[]): void }): void {
  const first = connection++ * PREPARED;
  const requests = Array.from({ length: PREPARED }, (_, i) => ({ body: connectBody(first + i) }));
  client.setRequests(requests.map((one) => ({ method: 'POST', path: CONNECT, headers: HEADERS, ...one })));
}

const fire = (duration: number) => autocannon({ url, connections: CONNECTIONS, duration, method: 'POST', setupClient });

const warm = await fire(Number(warmUp));
const [own, theirs] = [processorOf(process.pid), processorOf(Number(pid))];
const { '2xx': ok, non2xx, errors, timeouts, duration } = await fire(Number(seconds));
console.log(
  JSON.stringify({
    ok,
    wrong: non2xx + errors + timeouts + warm.non2xx + warm.errors + warm.timeouts,
    placed: ok + warm['2xx'],
    perSecond: ok / duration,
    /** Milliseconds of the processor's time a request, of the server and of the load itself. */
    server: (processorOf(Number(pid)) - theirs) / ok,
    load: (processorOf(process.pid) - own) / ok,
  }),
);
