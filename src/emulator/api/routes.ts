import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fieldsOf, type Pair, parseForm, withoutIndex } from '../../exotel/fields.ts';
import type { Format } from '../../exotel/resource.ts';
import { invalidParameters } from '../../exotel/rest-exception.ts';
import { writeResource } from '../../exotel/write-resource.ts';
import { readBody } from '../http/body.ts';
import type { Answer, Endpoint } from '../http/endpoint.ts';

/** Who may ask, and how often. */
export type Doorman = {
  /** Why this request is not answered, before it is read. */
  refuses(request: FastifyRequest, endpoint: Endpoint): Promise<Answer | 'drop' | undefined>;
  /** `says`: why it was refused, where that is not told otherwise. */
  heard(request: FastifyRequest, status: number, took: number, says?: string): void;
};

type Params = { account?: string; id?: string };

/** Puts endpoints on the server under every spelling that clients use: `.json`, `/.json`, and the version's prefix. */
export function addVendorRoutes(app: FastifyInstance, endpoints: readonly Endpoint[], doorman: Doorman): void {
  for (const endpoint of endpoints) {
    const { method, path, version = 'v1' } = endpoint;
    const url = `/${version}/Accounts/:account/${path}`;
    const urls = path.endsWith(':id') ? [url] : [url, `${url}.json`, `${url}/.json`];
    for (const one of urls)
      app.route({ method, url: one, handler: (request, reply) => answer(request, reply, endpoint, doorman) });
  }
}

async function answer(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint, doorman: Doorman): Promise<FastifyReply> {
  const refused = await doorman.refuses(request, endpoint);
  if (refused === 'drop') {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  const format = endpoint.json ? 'json' : formatOf(request);
  const given = refused ?? (await handled(request, endpoint, format));
  doorman.heard(request, given.status, reply.elapsedTime, given.says);
  return write(reply, given, format);
}

async function handled(request: FastifyRequest, endpoint: Endpoint, format: Format): Promise<Answer> {
  const read = await pairsIn(request);
  if (typeof read === 'string') return { status: 400, body: invalidParameters.resource, says: read };
  const { id = '' } = request.params as Params;
  return endpoint.handle({
    fields: fieldsOf(read),
    format,
    id: id.replace(/\.json$/i, ''),
    url: request.url,
  });
}

/**
 * Of a body and a query string. A name that both have counts as the body says it; in a DELETE as the address does, which is
 * how the documentation asks, while its samples send a body of other things along.
 */
async function pairsIn(request: FastifyRequest): Promise<readonly Pair[] | string> {
  const { text = '' } = request.query as { text?: string };
  const body = await readBody(request.headers['content-type'] ?? '', request.body as Uint8Array | undefined, parseForm);
  if (!body.ok) return body.says;
  if (text === '') return body.pairs;
  const address = parseForm(text);
  return request.method === 'DELETE' ? joined(address, body.pairs) : joined(body.pairs, address);
}

function joined(first: readonly Pair[], second: readonly Pair[]): readonly Pair[] {
  const said = new Set(first.map(([name]) => withoutIndex(name)));
  return [...first, ...second.filter(([name]) => !said.has(withoutIndex(name)))];
}

/** `.json` behind the path, or behind the resource in front of an id, as the address in a created call has it. */
export function formatOf({ url }: { url: string }): Format {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return /\.json(?:\/|$)/i.test(path) ? 'json' : 'xml';
}

export function write(reply: FastifyReply, { status, body }: Answer, format: Format): FastifyReply {
  const written = writeResource(body, format);
  if (status === 401) reply.header('www-authenticate', 'Basic realm="Exotel"');
  return reply.code(status).header('content-type', written.contentType).send(written.body);
}
