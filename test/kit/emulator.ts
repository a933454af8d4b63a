import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '../../src/emulating/create-emulator.ts';
import type { EmulatorOptions, TestEmulator } from '../../src/emulating/test-emulator.ts';
import { type Server, serve } from './server.ts';

export type Answer = { status: number; type: string; text: string; json: unknown };
export type Given = string | Readonly<Record<string, string>>;

/** An emulator that tests talk to as applications do, over HTTP. */
export type Bed = TestEmulator & {
  /** Every line of its log. */
  log: string[];
  /** `POST …/Accounts/{sid}/` and the path; a text is the body as it stands. */
  post(path: string, body?: Given, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  remove(path: string, body?: Given): Promise<Answer>;
  /** Asks for a call to the flow named first, or with `To` to that number. Resolves to the CallSid. */
  call(more?: Readonly<Record<string, string>>): Promise<string>;
  /** The control plane, behind `/_press9/`. */
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A call as `GET Calls/{sid}.json` has it. */
  fetchCall(sid: string, query?: string): Promise<Record<string, unknown>>;
};

export const ASHA = '09876543210';
export const LINE = '08047112345';

const opened: (() => Promise<void> | void)[] = [];

/** For `afterEach`: closes whatever a test left open, and forgives it its violations. */
export async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).toReversed()) await close();
}

/** A folder with flows, by their names. */
export function flowFolder(flows: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'press9-flows-'));
  opened.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, xml] of Object.entries(flows)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'flow.xml'), flowOf(name, xml));
  }
  return folder;
}

/** The applets of a flow; the first of them begins it. */
export function flowOf(name: string, applets: string): string {
  const start = /id="([\w-]+)"/.exec(applets)?.[1] ?? '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Flow name="${name}" start="${start}" class="service-implicit">\n${applets}\n</Flow>\n`;
}

export const HELLO = '<Greeting id="hello" next="bye"><Say>Hello.</Say></Greeting><Hangup id="bye"/>';
export const MENU = `<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1 or 9.</Say><Key digit="1" next="bye"/><Key digit="9" next="out"/></IvrMenu>
<OptOut id="out" scope="all" next="bye" failed="bye"/><Hangup id="bye"/>`;

export type BedOptions = Omit<EmulatorOptions, 'flows' | 'log'> & { flows?: Readonly<Record<string, string>> };

export async function bed({ flows = { hello: HELLO, menu: MENU }, ...options }: BedOptions = {}): Promise<Bed> {
  const log: string[] = [];
  const emulator = await createEmulator({ ...options, flows: flowFolder(flows), log: (line) => log.push(line) });
  opened.push(async () => {
    emulator.expectViolations();
    await emulator.close();
  });
  const authorization = basic(emulator.key, emulator.token);
  const api = (method: string, path: string, body?: Given, headers: Readonly<Record<string, string>> = {}) =>
    ask(method, `${emulator.url}/v1/Accounts/${emulator.sid}/${path}`, body, { authorization, ...headers });
  const [first = ''] = Object.keys(flows);
  return {
    ...emulator,
    log,
    post: (path, body, headers) => api('POST', path, body, headers),
    get: (path) => api('GET', path),
    remove: (path, body) => api('DELETE', path, body),
    async call(more = {}) {
      const flow = more['To'] === undefined && more['Url'] === undefined ? { Url: await emulator.flowUrl(first) } : {};
      const answer = await api('POST', 'Calls/connect.json', { From: ASHA, CallerId: LINE, ...flow, ...more });
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
      return sidIn(answer);
    },
    control: (method, path, body) =>
      ask(method, `${emulator.url}/_press9/${path}`, body === undefined ? undefined : JSON.stringify(body), {
        'content-type': 'application/json',
      }),
    async fetchCall(sid, query = '') {
      const { json } = await api('GET', `Calls/${sid}.json${query}`);
      return (json as { Call: Record<string, unknown> }).Call;
    },
  };
}

export const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

export const sidIn = ({ text }: Pick<Answer, 'text'>): string =>
  /"Sid":"(\w+)"|<Sid>(\w+)/.exec(text)?.slice(1).find(Boolean) ?? '';

export async function ask(
  method: string,
  url: string,
  body?: Given,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const form = typeof body === 'object' ? new URLSearchParams(body).toString() : body;
  const type = typeof body === 'object' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...type, ...headers },
    ...(form !== undefined && { body: form }),
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type') ?? '', text, json: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The user's own server. It answers 200 unless told. */
export async function app(answer: Parameters<typeof serve>[0] = (_request, response) => response.end()): Promise<Server> {
  const server = await serve(answer);
  opened.push(() => server.close());
  return server;
}

/** The fields of a callback, in their order, from either encoding. JSON is flattened one level: `Legs` stays a list. */
export async function fieldsOfPost({ headers, body }: Server['requests'][number]): Promise<Record<string, unknown>> {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return JSON.parse(body) as Record<string, unknown>;
  return Object.fromEntries(await new Response(body, { headers: { 'content-type': type } }).formData());
}

/** Bytes on a socket, and everything that comes back until the other side hangs up. */
export function overSocket(url: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((done) => {
    let heard = '';
    const socket = connectSocket(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', () => {});
    socket.on('close', () => done(heard));
  });
}
