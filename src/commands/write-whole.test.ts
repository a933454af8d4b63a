import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDnc } from '../../test/kit/dnc.ts';

let cwd: string;
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-write-'));
  writeFileSync(join(cwd, 'list.csv'), 'phone\n9876543210\nnone\n');
  await dnc('add', '9876543210', '--store', 'x.db');
});
afterEach(() => rmSync(cwd, { recursive: true }));

const dnc = (...args: readonly string[]) => runDnc(cwd, args);

describe('a file that a command writes', () => {
  it.each([
    [['export', 'x.db']],
    [['audit', '--export', 'x.db']],
    [['check', 'list.csv', '--out', 'x.db']],
    [['import', 'list.csv', '--report', 'x.db']],
  ])('never takes the place of a store: %j', async (args) => {
    const { error, exitCode } = await dnc(...args, '--store', 'x.db');
    expect(error?.message).toBe(`${join(cwd, 'x.db')} is a store, or another database: it is not written over.`);
    expect(exitCode).toBe(2);
    expect((await dnc('check', '9876543210', '--store', 'x.db')).exitCode).toBe(3);
  });

  it('does not take the place of the list that is imported', async () => {
    const { error, exitCode } = await dnc('import', 'list.csv', '--report', './list.csv', '--store', 'x.db');
    expect(error?.message).toBe(`--report ${join(cwd, 'list.csv')} is the file that is read.`);
    expect(exitCode).toBe(2);
    expect(readFileSync(join(cwd, 'list.csv'), 'utf8')).toBe('phone\n9876543210\nnone\n');
  });

  it('may be the list that is checked, with its answers', async () => {
    await dnc('check', 'list.csv', '--out', 'list.csv', '--store', 'x.db');
    expect(readFileSync(join(cwd, 'list.csv'), 'utf8')).toContain('9876543210,yes,');
  });
});
