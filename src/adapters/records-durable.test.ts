import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecords } from './records.ts';

const PROGRAM = fileURLToPath(new URL('../../test/programs/save-calls.ts', import.meta.url));

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'press9-killed-'));
  path = join(folder, '.press9', 'emulator.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Seen = (lines: readonly string[]) => unknown;

/** An emulator's process; killed, with no handler and no flush, as soon as `enough` is true of what it has said. */
async function emulator(turns: number, each: number, enough: Seen): Promise<readonly string[]> {
  const child = spawn(process.execPath, [PROGRAM, path, String(turns), String(each)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (await enough(lines)) child.kill('SIGKILL');
  }
  await gone;
  return lines;
}

async function kept() {
  const records = await openRecords({ path });
  const [calls, posts] = [await records.calls.unfinished(), await records.posts.waiting()];
  await records.close();
  return { calls: calls.map(({ sid }) => sid), posts: posts.map(({ call }) => call) };
}

describe('a call that was acknowledged', () => {
  it('is there after kill -9 right after it, with its callback', async () => {
    const lines = await emulator(1, 1, (out) => out.at(-1)?.startsWith('kept'));
    expect(lines.slice(0, 2)).toEqual(['opened', 'kept 0 0']);
    const { calls, posts } = await kept();
    expect(calls).toHaveLength(1);
    expect(posts).toEqual(calls);
  });

  it('is there after kill -9 in the middle of many, and of the turn under way all is there or nothing', async () => {
    const lines = await emulator(5000, 7, (out) => out.length > 40);
    expect(lines).not.toContain('done');
    const { calls, posts } = await kept();
    expect(posts).toEqual(calls);
    expect(calls.length % 7).toBe(0);
    expect(calls.length).toBeGreaterThan(Number(lines.at(-1)?.split(' ')[2]));
  });
});

describe('a file that an emulator has open', () => {
  it('is refused to a second one, and free when the first is killed', async () => {
    let second: readonly string[] = [];
    await emulator(1, 1, async (out) => {
      if (out.at(-1) !== 'done') return false;
      second = await emulator(1, 1, () => false);
      return true;
    });
    expect(second).toEqual([`refused: Another emulator is running on ${path}, or another program holds it.`]);
    expect((await kept()).calls).toHaveLength(1);
  });

  it('is of one of two that begin at once', async () => {
    const both = await Promise.all([0, 1].map(() => emulator(1, 1, (out) => out.at(-1) === 'done')));
    const opened = both.filter((lines) => lines[0] === 'opened');
    // Where one was slow to start, it came when the other was gone: then both had their turn.
    expect(opened.length).toBeGreaterThan(0);
    for (const lines of both) if (lines[0] !== 'opened') expect(lines[0]).toContain('Another emulator is running');
    expect((await kept()).calls).toHaveLength(1);
  });
});
