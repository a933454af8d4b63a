import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { HostRule } from './hosts.ts';
import { hostName } from './hosts.ts';

export type Refused = { status: number; says: string };

export type ServerOptions = {
  hosts: HostRule;
  /** How an error is told to whoever asked for this path. */
  refuse(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply;
  trouble(says: string): void;
};

/** The largest body, in bytes; a whitelist of 10,000 numbers has 130,000. */
export const BODY_LIMIT = 1_048_576;
/** For the head of a request, and for the whole of it, in milliseconds: whoever is slower is cut off. */
const HEAD_TIMEOUT = 10_000;
const WHOLE_TIMEOUT = 30_000;
const IDLE_TIMEOUT = 65_000;
const MOST_HEADER_BYTES = 16_384;

/**
 * A web server that reads paths as the vendor does: in any case, with slashes at the end or too many. Bodies are handed on
 * as bytes. `handler` serves further servers, such as one with TLS.
 */
export function createServer({ hosts, refuse, trouble }: ServerOptions): { app: FastifyInstance; handler: RequestListener } {
  let handler: RequestListener = () => {};
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: (error, request, reply) => void refuse(request, reply, refusedBy(error)),
    clientErrorHandler: answerNonsense,
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 300,
      querystringParser: (text) => ({ text }),
    },
    serverFactory: (handle) => {
      handler = handle as (request: IncomingMessage, response: ServerResponse) => void;
      return guarded(createHttpServer({ maxHeaderSize: MOST_HEADER_BYTES }, handler));
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, reply, done) => {
    const refused = stranger(request, hosts);
    if (refused) refuse(request, reply, refused);
    else done();
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, { status: 404, says: 'No matching results' }));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refused = refusedBy(error);
    if (refused.status >= 500) trouble(`${request.method} ${request.url.replace(/\?.*$/s, '')}: ${error.stack ?? error.message}`);
    return refuse(request, reply, refused);
  });
  return { app, handler: (request, response) => handler(request, response) };
}

/** Slow and idle clients do not hold on to us. */
export function guarded<S extends Server>(server: S): S {
  server.headersTimeout = HEAD_TIMEOUT;
  server.requestTimeout = WHOLE_TIMEOUT;
  server.keepAliveTimeout = IDLE_TIMEOUT;
  server.maxRequestsPerSocket = 0;
  return server;
}

/** A page of a stranger in somebody's browser must not speak for them, whether by another name for us or by its origin. */
function stranger({ headers }: FastifyRequest, hosts: HostRule): Refused | undefined {
  const { host = '', origin } = headers;
  if (!hosts.allows(host))
    return {
      status: 421,
      says: `this emulator does not answer for the host ${hostName(host).slice(0, 80)}; --allow-host lets it`,
    };
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase())
    return { status: 403, says: 'requests of pages from elsewhere are not answered' };
  return undefined;
}

const hostOf = (origin: string): string | undefined => URL.parse(origin)?.host.toLowerCase();

const SAYS: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
};

function refusedBy({ statusCode = 500 }: FastifyError): Refused {
  if (statusCode < 500) return { status: statusCode, says: SAYS[statusCode] ?? 'Invalid Parameters' };
  return { status: 500, says: 'Internal Server Error' };
}

/** What is no HTTP, or has a head that is too large or too slow, gets a short answer without a body, and the door. */
function answerNonsense(
  error: NodeJS.ErrnoException,
  socket: { writable: boolean; destroyed: boolean; end(text: string): unknown; destroy(): unknown },
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
