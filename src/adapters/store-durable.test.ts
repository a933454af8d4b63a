import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countingStamp } from '../../test/contracts/facts-contract.ts';
import { openStore } from './store.ts';

const programAt = (name: string) => fileURLToPath(new URL(`../../test/programs/${name}.ts`, import.meta.url));
const RECORD = programAt('record-opt-outs');
const DECIDE = programAt('record-and-decide');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'press9-durable-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Enough = (lines: readonly string[]) => boolean;

/** Runs the program that records opt-outs, and kills it as soon as `enough` of its lines are out. */
const killedAfter = (path: string, first: number, count: number, enough: Enough) =>
  killed([RECORD, path, String(first), String(count)], enough);

/** Kills with no handler and no flush. */
async function killed(args: readonly string[], enough: Enough): Promise<readonly string[]> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (enough(lines)) child.kill('SIGKILL');
  }
  await gone;
  return lines;
}

const numbersOf = (lines: readonly string[], word: string) =>
  lines.filter((line) => line.startsWith(word)).map((line) => line.split(' ')[1]);

async function listed(path: string) {
  const store = await openStore({ ...countingStamp(), store: path, env: {}, cwd: folder });
  const facts = await store.facts.list({});
  await store.close();
  return { numbers: facts.map(({ number }) => number).toSorted(), notes: store.notes };
}

describe('an opt-out that was acknowledged', () => {
  it('is there after kill -9 right after it', async () => {
    const path = join(folder, 'store.db');
    const lines = await killedAfter(path, 1, 1, (out) => out.at(-1)?.startsWith('recorded') ?? false);
    // A fast child may get as far as its last line before the signal reaches it.
    expect(lines.slice(0, 2)).toEqual(['opened ok', 'recorded +919876500001']);
    expect((await listed(path)).numbers).toEqual(['+919876500001']);
  });

  it('is there after kill -9 in the middle of many', async () => {
    const path = join(folder, 'store.db');
    const lines = await killedAfter(path, 1, 5000, (out) => out.length > 40);
    const kept = (await listed(path)).numbers;
    expect(lines).not.toContain('done');
    expect(kept).toEqual(expect.arrayContaining(numbersOf(lines, 'recorded')));
    expect(kept.length).toBeLessThan(5000);
  });

  it('is there after kill -9 when only the journal could be written, and is taken over once', async () => {
    const blocked = join(folder, '.press9');
    writeFileSync(blocked, 'a file where the folder should be');
    const path = join(blocked, 'store.db');
    const lines = await killedAfter(path, 1, 3, (out) => out.length === 4);
    expect(lines.slice(1, 4)).toEqual([1, 2, 3].map((n) => `journalled +91987650000${n}`));
    const numbers = numbersOf(lines, 'journalled');
    expect(await listed(path)).toEqual({ numbers, notes: [] });
    rmSync(blocked);
    expect(await listed(path)).toEqual({ numbers, notes: ['3 journalled opt-outs were taken over into the store.'] });
    expect(await listed(path)).toEqual({ numbers, notes: [] });
  });

  it('is there when two processes make the store and write at once', async () => {
    const path = join(folder, '.press9', 'store.db');
    const isDone = (out: readonly string[]) => out.at(-1) === 'done';
    const both = await Promise.all([killedAfter(path, 100, 60, isDone), killedAfter(path, 200, 60, isDone)]);
    const acknowledged = both.flatMap((lines) => numbersOf(lines, 'recorded')).toSorted();
    expect(acknowledged).toHaveLength(120);
    expect((await listed(path)).numbers).toEqual(acknowledged);
  });
});

describe('a verdict that was acknowledged', () => {
  const isDone: Enough = (out) => out.at(-1) === 'done';

  async function audited(path: string) {
    const store = await openStore({ ...countingStamp(), store: path, env: {}, cwd: folder });
    const [report, entries, facts] = [await store.audit.verify(), await store.audit.read({}), await store.facts.list({})];
    await store.close();
    const of = (action: string) => entries.filter((entry) => entry.action === action).map(({ number }) => String(number));
    return { report, decided: of('decide'), added: of('add'), facts: facts.length };
  }

  it('is in the chain after kill -9 in the middle of many, with every fact, and the chain is whole', async () => {
    const path = join(folder, 'store.db');
    const lines = await killed([DECIDE, path, '1', '5000'], (out) => out.length > 40);
    const { report, decided, added, facts } = await audited(path);
    const kept = numbersOf(lines, 'kept').map(String);
    expect(lines).not.toContain('done');
    expect(report.problems).toEqual([]);
    expect(report.head.seq).toBeGreaterThanOrEqual(Number(lines.at(-1)?.split(' ')[2]));
    expect(added).toEqual(expect.arrayContaining(kept));
    for (const number of kept) expect(decided.filter((one) => one === number)).toHaveLength(3);
    expect(facts).toBe(added.length);
  });

  it('is in the chain when two processes make the store and write at once', async () => {
    const path = join(folder, '.press9', 'store.db');
    const both = await Promise.all([killed([DECIDE, path, '100', '40'], isDone), killed([DECIDE, path, '200', '40'], isDone)]);
    const { report, added } = await audited(path);
    expect(report).toMatchObject({ entries: 320, problems: [] });
    expect(added.toSorted()).toEqual(both.flatMap((lines) => numbersOf(lines, 'kept')).toSorted());
  });

  it('stays alone when an import was killed half way: no row of it is there', async () => {
    const path = join(folder, 'store.db');
    const lines = await killed([DECIDE, path, '1', '400', 'import'], (out) => out.length > 20);
    expect(lines).not.toContain('done');
    expect(await audited(path)).toMatchObject({ report: { entries: 0, problems: [] }, facts: 0 });
    await killed([DECIDE, path, '1', '3', 'import'], isDone);
    expect(await audited(path)).toMatchObject({ report: { entries: 3, problems: [] }, facts: 300 });
  });
});
