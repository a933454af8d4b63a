import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { maskText } from '../../core/phone.ts';
import { shownPath } from '../shown-path.ts';
import type { HostRule } from './hosts.ts';
import { hostName } from './hosts.ts';

/** `allow`: the methods that would have been taken. */
export type Refused = { status: number; says: string; allow?: readonly string[] };

export type ServerOptions = {
  hosts: HostRule;
  /** How an error is told to whoever asked for this path. */
  refuse(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply;
  trouble(says: string): void;
  /** What is wrong with a request that no route takes, where more is known than that. */
  missing?(request: FastifyRequest): Refused | undefined;
  timeouts?: Timeouts;
};

/** The largest body, in bytes; a whitelist of 10,000 numbers has 130,000. */
export const BODY_LIMIT = 1_048_576;
/** In milliseconds of the machine's clock. */
export type Timeouts = {
  /** For the head of a request, and for the whole of it: whoever is slower is cut off. */
  head: number;
  whole: number;
  /** Between two requests on one connection. */
  idle: number;
  /** So often it is looked who is too slow. */
  look: number;
};
export const USUAL_TIMEOUTS: Timeouts = { head: 10_000, whole: 30_000, idle: 65_000, look: 1000 };
const MOST_HEADER_BYTES = 16_384;

/** What Node wants to know before it makes a server. */
export const serverOptions = ({ look }: Timeouts = USUAL_TIMEOUTS) => ({
  maxHeaderSize: MOST_HEADER_BYTES,
  connectionsCheckingInterval: look,
});

/**
 * A web server that reads paths as the vendor does: in any case, with slashes at the end or too many. Bodies are handed on
 * as bytes. `handler` serves further servers, such as one with TLS.
 */
export function createServer({ hosts, refuse, trouble, missing, timeouts }: ServerOptions): {
  app: FastifyInstance;
  handler: RequestListener;
} {
  let handler: RequestListener = () => {};
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    schemaController: { compilersFactory: { buildValidator: unused, buildSerializer: unused } },
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
      handler = forgiving(handle as (request: IncomingMessage, response: ServerResponse) => void);
      return guarded(createHttpServer(serverOptions(timeouts), handler), timeouts);
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, reply, done) => {
    const refused = stranger(request, hosts);
    if (refused) refuse(request, reply, refused);
    else done();
  });
  app.setNotFoundHandler((request, reply) => {
    const refused = missing?.(request) ?? { status: 404, says: 'No matching results' };
    if (refused.allow) reply.header('allow', refused.allow.join(', '));
    return refuse(request, reply, refused);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refused = refusedBy(error);
    if (refused.status >= 500) trouble(`${request.method} ${shownPath(request.url)}: ${maskText(error.stack ?? error.message)}`);
    return refuse(request, reply, refused);
  });
  return { app, handler: (request, response) => handler(request, response) };
}

/** No route has a schema of Fastify's; its compilers would take a tenth of the time in which a test starts. */
const unused = (): never => {
  throw new Error('routes here have no schemas');
};

/** Slow and idle clients do not hold on to us. */
export function guarded<S extends Server>(server: S, { head, whole, idle }: Timeouts = USUAL_TIMEOUTS): S {
  server.headersTimeout = head;
  server.requestTimeout = whole;
  server.keepAliveTimeout = idle;
  server.maxRequestsPerSocket = 0;
  return server;
}

const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/;

/** A Content-Type that is none would be refused before the body is looked at, which tells what it is. */
const forgiving =
  (handle: (request: IncomingMessage, response: ServerResponse) => void): RequestListener =>
  (request, response) => {
    const type = request.headers['content-type'];
    if (type !== undefined && !MEDIA_TYPE.test(type)) delete request.headers['content-type'];
    handle(request, response);
  };

/** A page of a stranger in somebody's browser must not speak for them, whether by another name for us or by its origin. */
function stranger({ headers }: FastifyRequest, hosts: HostRule): Refused | undefined {
  const { host = '', origin } = headers;
  if (!hosts.allows(host))
    return {
      status: 421,
      says: `this emulator does not answer for the host ${hostName(host).slice(0, 80)}; --allow-host lets it`,
    };
  if (origin !== undefined && !isSameHost(origin, host))
    return { status: 403, says: 'requests of pages from elsewhere are not answered' };
  return undefined;
}

/** A port that goes without saying may stand in the one and not in the other. */
function isSameHost(origin: string, host: string): boolean {
  const from = URL.parse(origin);
  return from !== null && from.host === URL.parse(`${from.protocol}//${host}`)?.host;
}

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
