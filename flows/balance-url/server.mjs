// Speaks balances: answers HEAD and GET of /balance with text/plain, nothing else, as Exotel's Greeting wants it.
// Start it: node flows/balance-url/server.mjs (PORT=8790 unless told; 0 takes any free one)
import { createServer } from 'node:http';

const balances = new Map([
  ['09876543210', 'Hello Asha, this is Kaveri Bank. Your balance is 1500 rupees.'],
  ['09876543211', 'Hello Imran, this is Kaveri Bank. Your balance is 820 rupees.'],
]);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const text = balances.get(url.searchParams.get('From') ?? '') ?? 'Hello, this is Kaveri Bank. We know no account of yours.';
  const status = url.pathname !== '/balance' ? 404 : reads ? 200 : 405;
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': status === 200 ? Buffer.byteLength(text) : 0 });
  response.end(status === 200 && request.method === 'GET' ? text : undefined);
});
server.listen(Number(process.env.PORT ?? 8790), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/balance`);
});
