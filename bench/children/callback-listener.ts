/** The user's server: takes status callbacks and counts how often each came. Prints `{ url, pid }`; `GET /` tells the counts. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** By what it is about. */
const heard = new Map<string, number>();

const told = () => ({ different: heard.size, twice: [...heard.values()].filter((times) => times > 1).length });

function count(request: IncomingMessage, done: () => void): void {
  let body = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    body += piece;
  });
  request.on('end', () => {
    const of = (name: string) => new RegExp(`name="${name}"\\r\\n\\r\\n(\\w[\\w-]*)`).exec(body)?.[1] ?? '';
    const what = `${of('CallSid')} ${of('EventType')}`;
    heard.set(what, (heard.get(what) ?? 0) + 1);
    done();
  });
}

const server = createServer((request, response) => {
  if (request.method === 'GET') response.end(JSON.stringify(told()));
  else count(request, () => response.end());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, pid: process.pid }));
});
