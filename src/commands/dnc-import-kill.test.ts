import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDnc } from '../../test/kit/dnc.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { openStore } from '../adapters/store.ts';
import { ms } from '../core/ids.ts';

const PROGRAM = fileURLToPath(new URL('../../test/programs/import-list.ts', import.meta.url));
/** More than are judged at once. */
const ROWS = 170_000;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-kill-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Imports in a process of its own, and kills that with no handler and no flush as soon as a line of its fits. */
async function killedWhen(fits: (line: string) => boolean): Promise<readonly string[]> {
  const child = spawn(process.execPath, [PROGRAM, cwd, 'list.csv'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (fits(line)) child.kill('SIGKILL');
  }
  await gone;
  return lines;
}

async function listed(): Promise<number> {
  const store = await openStore({ cwd, env: {}, ids: createSystemIds(), now: () => ms(0) });
  let count = 0;
  for await (const page of store.pages({})) count += page.length;
  await store.close();
  return count;
}

describe('an import that is killed', () => {
  it('leaves nothing behind, nor harms what was there; done again, it is whole', async () => {
    await runDnc(cwd, ['add', '9000000000']);
    writeFileSync(join(cwd, 'list.csv'), Array.from({ length: ROWS }, (_, i) => 9_100_000_000 + 11 * i).join('\n'));
    const lines = await killedWhen((line) => line.includes('a second'));
    expect(lines.at(-1)).toMatch(/\d+ %, [\d,]+ rows, [\d,]+ a second, \d:\d\d left/);
    expect(await listed()).toBe(1);
    expect((await runDnc(cwd, ['audit', '--verify'])).out).toMatch(/^1 entry, chain whole/);

    const whole = await killedWhen(() => false);
    expect(whole).toContain('done');
    expect(await listed()).toBe(ROWS + 1);
  });
});
