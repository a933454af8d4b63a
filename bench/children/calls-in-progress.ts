/**
 * Asks a server for many calls that last, each with callbacks to a listener, and measures what a request takes before and while
 * they are under way. Prints what was counted. Arguments: address of the server, of the listener, how many calls.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { createProber, percentile } from '../emulator/probe.ts';
import { CONNECT, connectBody } from '../emulator/requests.ts';
import { residentOf } from '../terminal.ts';

const [url = '', pid = '', listener = '', count = '10000'] = process.argv.slice(2);
const CALLS = Number(count);
/** Requests that are measured come every so many milliseconds, whether the one before was answered or not. */
const EVERY = 20;
/** So fast they are asked for until enough are under way: a call lasts longer than all of them take. */
const A_SECOND = 500;

const { ask, close } = createProber(url);
const json = async (address: string): Promise<never> => (await fetch(address)).json() as Promise<never>;
const underWay = async (): Promise<number> => (await json(`${url}/_press9/clock`))['underWay'];
const heard = (): Promise<{ different: number; twice: number }> => json(listener);

let next = 0;
const place = () => {
  const wish = { StatusCallback: `${listener}/`, 'StatusCallbackEvents[0]': 'answered', 'StatusCallbackEvents[1]': 'terminal' };
  return ask({ method: 'POST', path: CONNECT, body: connectBody(next++, wish) });
};

/** Asks for a call every so many milliseconds. Resolves to the milliseconds that each took, counted from when it was due. */
async function placed(calls: number, every: number): Promise<number[]> {
  const times: Promise<number>[] = [];
  const begun = performance.now();
  for (let i = 0; i < calls; i++) {
    const due = begun + i * every;
    if (due > performance.now()) await wait(due - performance.now());
    const late = performance.now() - due;
    times.push(place().then((took) => took + late));
  }
  return Promise.all(times);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(200);
}

const isQuiet = async () => (await underWay()) === 0;

await placed(A_SECOND * 4, 1000 / A_SECOND);
await until(isQuiet);
const idle = await placed(200, EVERY);
await until(isQuiet);
const before = residentOf(Number(pid));
const ramp = await placed(CALLS, 1000 / A_SECOND);
// All were answered, and whatever had piled up was worked off.
await until(async () => (await heard()).different >= 2 * (next - CALLS) + CALLS);
const most = await underWay();
const memory = residentOf(Number(pid)) - before;
const busy = await placed(200, EVERY);
const during = await underWay();
await until(isQuiet);
await until(async () => (await heard()).different >= 2 * next);
// Whatever came twice has come by now, or is nobody's delivery.
await wait(1000);
const { total } = (await json(`${url}/_press9/calls?limit=1`)) as { total: number };
const { callbacks } = (await json(`${url}/_press9/callbacks?limit=10000`)) as { callbacks: readonly { state: string }[] };
close();
console.log(
  JSON.stringify({
    placed: next,
    most,
    during,
    kept: total,
    ...(await heard()),
    undelivered: callbacks.filter(({ state }) => state !== 'delivered').length,
    idle: percentile(idle, 99),
    busy: percentile(busy, 99),
    ramp: percentile(ramp, 99),
    bytes: (memory * 1024 * 1024) / most,
  }),
);
