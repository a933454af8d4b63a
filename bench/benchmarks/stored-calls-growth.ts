import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Goal, Measured } from '../benchmark.ts';
import { createProber, type Probe } from '../emulator/probe.ts';
import { CONNECT, connectBody, numberOf } from '../emulator/requests.ts';
import { type Server, startServe } from '../emulator/server.ts';
import { interleaved, median } from '../measure.ts';

/*
 * What a request costs with 100,000 calls in the store's file against 1,000: asking for a call, and the lists of calls that
 * people look at. Both servers run side by side, each request goes to one and then to the other; of each repetition the middle
 * of several, as whoever asks sees it. Most of the time of a connect is the disk's: the verdict and the contact are synced.
 */
export const name = 'stored-calls-growth';
export const goal: Goal = { ratio: 1.5, sense: 'at-most' };

const SIZES = { few: 1000, many: 100_000 } as const;
type Size = keyof typeof SIZES;
const FILL = fileURLToPath(new URL('../children/stored-calls.ts', import.meta.url));
const ROUNDS = 60;

const list = (query: string): Probe => ({ method: 'GET', path: `/v1/Accounts/press9/Calls.json${query}` });
let asked = 200_000;

const KINDS: Readonly<Record<string, () => Probe>> = {
  connect: () => ({ method: 'POST', path: CONNECT, body: connectBody(asked++) }),
  list: () => list(''),
  'list of one number': () => list(`?From=0${numberOf(500)}`),
  'list of one CallSid': () => list(`?Sid=${(500).toString(16).padStart(28, 'a')}26b1`),
  'list, 100 a page, oldest first': () => list('?PageSize=100&SortBy=DateCreated:asc'),
  'list by status': () => list('?Status=busy'),
  'list by status and duration': () => list('?Status=completed&Duration=gte:60s'),
};
/** For information: a part of all calls fits, the answer says how many in its Total, and counting them grows with what is stored. */
const COUNTED = new Set(['list by status', 'list by status and duration']);

export async function run(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'press9-bench-'));
  const servers = { few: await filled(folder, 'few'), many: await filled(folder, 'many') };
  const probers = { few: createProber(servers.few.url), many: createProber(servers.many.url) };
  try {
    const rows: Measured[] = [];
    for (const [kind, probe] of Object.entries(KINDS)) {
      const measure = (size: Size) => middle(probers[size].ask, probe);
      await interleaved(['few', 'many'], measure, 1);
      const { few, many } = await interleaved(['few', 'many'], measure);
      const against = `1,000 stored calls: ${kind}`;
      rows.push({ against, unit: 'ms', ours: many, theirs: few, judged: !COUNTED.has(kind) });
    }
    return rows;
  } finally {
    for (const size of ['few', 'many'] as const) {
      probers[size].close();
      await servers[size].stop();
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function filled(folder: string, size: Size): Promise<Server> {
  execFileSync(process.execPath, [FILL, join(folder, size, 'emulator.db'), String(SIZES[size])], { stdio: 'inherit' });
  return startServe(join(folder, size, 'store.db'));
}

async function middle(ask: (probe: Probe) => Promise<number>, probe: () => Probe): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(await ask(probe()));
  return median(times);
}
