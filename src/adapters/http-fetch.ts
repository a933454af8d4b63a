import type { Header } from '../core/command.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Clock, HttpAnswer, HttpClient, HttpRequest } from '../core/ports.ts';
import { showDuration } from '../core/time.ts';
import { decodeText, readBody, TooLarge } from './http-body.ts';
import { type AtOnce, createSlots, type Slots } from './slots.ts';

export type FetchOptions = {
  /** Largest body of an answer to a flow, in bytes; 1 MB unless told. Of an answer to a POST only so much is read. */
  bodyLimit?: number;
  /** So many requests are open at once; the others wait for their turn, and their time-out counts from then. */
  atOnce?: AtOnce;
};

const MEGABYTE = 1_000_000;

export interface FetchClient extends HttpClient {
  /** Breaks off what is open; nobody hears of it any more, nor of what is sent later. */
  close(): void;
}

/**
 * Real HTTP. An answer costs the call no time, a time-out costs its limit. Redirects are not followed. User and password
 * in an address become Basic authorization, as Exotel's users write their keys.
 */
export function createFetchClient(clock: Clock, options: FetchOptions = {}): FetchClient {
  const limit = options.bodyLimit ?? MEGABYTE;
  const slots: Slots = options.atOnce ? createSlots(options.atOnce) : (_key, work) => work();
  const open = new Set<AbortController>();
  let closed = false;

  async function ask(request: HttpRequest): Promise<HttpAnswer | undefined> {
    if (closed) return undefined;
    const abort = new AbortController();
    open.add(abort);
    const answer = await answerTo(request, limit, abort);
    open.delete(abort);
    return closed ? undefined : answer;
  }

  return {
    send(request, done) {
      const release = clock.hold();
      void slots(originOf(request), () => ask(request)).then((answer) => {
        if (answer === undefined) return;
        const cost = !answer.ok && answer.why === 'timeout' ? request.timeout : ms(0);
        release(cost, () => done(answer));
      });
    },
    close() {
      closed = true;
      for (const abort of open) abort.abort();
    },
  };
}

const originOf = ({ url }: HttpRequest): string => URL.parse(url)?.origin ?? '';

type Target = { url: string; host: string; headers: Header[] };

async function answerTo(request: HttpRequest, limit: number, abort: AbortController): Promise<HttpAnswer> {
  await undefined; // `done` never comes before `send` returns, whatever is wrong with the request
  const target = targetOf(request);
  if (target === undefined) return { ok: false, why: 'bad-url', says: badUrl(request.url) };
  const timer = setTimeout(() => abort.abort(), request.timeout);
  try {
    const { method, body } = request;
    const response = await fetch(target.url, {
      method,
      headers: target.headers.map(([name, value]): [string, string] => [name, value]),
      redirect: 'manual',
      signal: abort.signal,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    return await answerOf(response, request, limit);
  } catch (error) {
    return abort.signal.aborted ? tooLate(target.host, request.timeout) : failure(error, target.host, limit);
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(response: Response, request: HttpRequest, limit: number): Promise<HttpAnswer> {
  const contentType = response.headers.get('content-type') ?? '';
  const { firstBytes } = request;
  const most = firstBytes ?? limit;
  const bytes = await readBody(response, most, firstBytes !== undefined || request.method === 'POST' ? 'cut' : 'throw');
  const body = firstBytes === undefined ? decodeText(bytes, contentType) : Buffer.from(bytes).toString('latin1');
  return { ok: true, status: response.status, contentType, body };
}

function targetOf(request: HttpRequest): Target | undefined {
  const url = URL.parse(request.url);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const headers = [...request.headers];
  const has = (name: string) => headers.some(([known]) => known.toLowerCase() === name);
  if ((url.username || url.password) && !has('authorization')) {
    const pair = `${unescapeText(url.username)}:${unescapeText(url.password)}`;
    headers.push(['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]);
  }
  if (!has('user-agent')) headers.push(['User-Agent', 'press9']);
  url.username = '';
  url.password = '';
  return { url: url.href, host: url.host, headers };
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function badUrl(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):/i.exec(text)?.[1];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return `an address must begin with http:// or https://, not ${scheme}:`;
  return 'the address is not a web address; it should look like https://host/path';
}

const tooLate = (host: string, timeout: Ms): HttpAnswer => ({
  ok: false,
  why: 'timeout',
  says: `${host} did not answer within ${showDuration(timeout)}`,
});

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection; is the server running?',
  ENOTFOUND: 'is not known: no server has this name',
  EAI_AGAIN: 'could not be looked up: is this machine online?',
  ECONNRESET: 'closed the connection without an answer',
  UND_ERR_SOCKET: 'closed the connection without an answer',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
  ETIMEDOUT: 'cannot be reached from here',
  UND_ERR_CONNECT_TIMEOUT: 'cannot be reached from here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'shows a certificate that it signed itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'shows a certificate that nobody vouches for',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'shows a certificate that nobody vouches for',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows the certificate of another server',
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not speak https here; try http://',
};

function failure(error: unknown, host: string, limit: number): HttpAnswer {
  if (error instanceof TooLarge) {
    return { ok: false, why: 'too-large', says: `the answer of ${host} is larger than ${limit} bytes` };
  }
  const reason = REASONS[codeOf(error)] ?? 'could not be asked, or gave an answer that is not HTTP';
  return { ok: false, why: 'refused', says: `${host} ${reason}` };
}

/** fetch wraps what went wrong, twice when it tried several addresses. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return '';
}
