import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CannotMeasure, type Goal, type Measured } from '../benchmark.ts';
import { HEADERS } from '../emulator/requests.ts';
import { type Server, startPlain, startServe } from '../emulator/server.ts';
import { interleaved } from '../measure.ts';

/*
 * Requests for calls a second that `press9 serve` answers, against a bare node:http server that takes the same body apart and
 * answers a constant. Every call that is asked for is judged, kept, rings and runs on the real clock meanwhile: what the calls
 * of a run cost is in its figure. Every run has a server of its own; the load is autocannon, in a process of its own.
 */
export const name = 'connect-request';
export const goal: Goal = { ratio: 0.3, sense: 'at-least' };

const [WARM_UP, SECONDS] = [6, 4];
const execute = promisify(execFile);
const LOAD = fileURLToPath(new URL('../children/connect-load.ts', import.meta.url));

type Loaded = { ok: number; wrong: number; placed: number; perSecond: number; server: number; load: number };
type Program = 'bare' | 'memory' | 'file';

export async function run(): Promise<readonly Measured[]> {
  const processor: Record<Program, number[]> = { bare: [], memory: [], file: [] };
  const { bare, memory, file } = await interleaved(['bare', 'memory', 'file'], async (program) => {
    const { perSecond, server } = await oneRun(program);
    processor[program].push(server);
    return perSecond;
  });
  const cost = (program: Program) => Math.min(...processor[program]) * 1000;
  const against = 'a bare node:http handler';
  return [
    { against, unit: 'requests/s', ours: memory, theirs: bare, judged: true },
    { against: `${against}; ours with a store file`, unit: 'requests/s', ours: file, theirs: bare, judged: false },
    { against: `${against}, processor time`, unit: 'us', ours: cost('memory'), theirs: cost('bare'), judged: false },
    { against: `${against}, processor time; with a file`, unit: 'us', ours: cost('file'), theirs: cost('bare'), judged: false },
  ];
}

async function oneRun(program: Program): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'press9-bench-'));
  const server = await (program === 'bare'
    ? startPlain()
    : startServe(program === 'memory' ? 'memory:' : join(folder, 'store.db')));
  try {
    const args = [LOAD, server.url, String(server.pid), String(WARM_UP), String(SECONDS)];
    const { stdout } = await execute(process.execPath, args);
    const loaded = JSON.parse(stdout) as Loaded;
    if (loaded.wrong > 0) throw new CannotMeasure(`${loaded.wrong} requests to ${program} were not answered with 200.`);
    if (program !== 'bare') await checkCalls(server, loaded.placed);
    return loaded;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every call is there and under way, and the first ones, which were placed seconds ago, were answered. */
async function checkCalls({ url }: Server, placed: number): Promise<void> {
  const { underWay } = (await json(`${url}/_press9/clock`)) as { underWay: number };
  const page = `${url}/v1/Accounts/press9/Calls.json?SortBy=DateCreated:asc&PageSize=100`;
  const { Metadata, Calls } = (await json(page)) as { Metadata: { Total: number }; Calls: readonly { Status: string }[] };
  // What autocannon had in the air when its time was up was answered too, and is counted by nobody.
  if (underWay < placed || Metadata.Total !== underWay)
    throw new CannotMeasure(`${placed} calls were placed, ${underWay} are under way, and ${Metadata.Total} are kept.`);
  const waiting = Calls.filter(({ Status }) => Status !== 'in-progress').length;
  if (waiting > 0) throw new CannotMeasure(`${waiting} of the first hundred calls were not answered in ${SECONDS} seconds.`);
}

const json = async (url: string): Promise<unknown> => (await fetch(url, { headers: HEADERS })).json();
