import type { FetchClient } from './http-fetch.ts';

/** Where requests to a server go instead: from origin to origin, such as `https://clinic.example` to `http://localhost:3000`. */
export type Routes = ReadonlyMap<string, string>;

/** A client that sends what goes to a server of `routes` to another one. Paths, queries and passwords stay as they are. */
export const routed = (client: FetchClient, routes: Routes): FetchClient => ({
  send: (request, done) => client.send({ ...request, url: elsewhere(request.url, routes) }, done),
  close: () => client.close(),
});

function elsewhere(address: string, routes: Routes): string {
  const url = URL.parse(address);
  const origin = url && routes.get(url.origin);
  if (!origin) return address;
  const { protocol, host } = new URL(origin);
  return Object.assign(url, { port: '', protocol, host }).href;
}
