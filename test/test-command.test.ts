import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTempFolder, press9 } from './kit/cli.ts';
import { MENU, press } from './kit/suite-folder.ts';

/** Many scenario files of one flow, one in three of each key. */
function fill(folder: string, files: number): void {
  mkdirSync(join(folder, 'flows/shop/scenarios'), { recursive: true });
  writeFileSync(join(folder, 'flows/shop/flow.xml'), MENU);
  const texts = [press('1', 'goals: confirmed'), press('2', 'sms: [{ text: Here }]'), press('9', 'dnc: [{ scope: all }]')];
  for (let i = 0; i < files; i++) writeFileSync(join(folder, `flows/shop/scenarios/${i}.yaml`), texts[i % 3] ?? '');
}

describe('press9 test, the built program', () => {
  it('runs 5,000 files', async () => {
    await inTempFolder(async (folder) => {
      fill(folder, 5000);
      const { out, err, code } = await press9(['test'], { cwd: folder });
      expect(err).toBe('');
      expect(out).toMatch(/^5000 passed, 0 failed$/m);
      expect(code).toBe(0);
    });
  });

  it('stops at once on Ctrl-C, with a report of what was done and exit code 130', async () => {
    await inTempFolder(async (folder) => {
      fill(folder, 5000);
      let sent = false;
      const killWhen = () => {
        const first = !sent;
        sent = true;
        return first;
      };
      const { out, code, signal } = await press9(['test'], { cwd: folder, killWhen, signal: 'SIGINT' });
      expect({ code, signal }).toEqual({ code: 130, signal: null });
      const [, passed] = /Interrupted: what was left was not run\.\n(\d+) passed, 0 failed\ntook /.exec(out) ?? [];
      expect(Number(passed)).toBeGreaterThan(0);
      expect(Number(passed)).toBeLessThan(4000);
      expect(out.match(/^passed /gm)).toHaveLength(Number(passed));
    });
  });

  it('exits 1 on a failure and on an empty folder, 2 on a mistake in the command', async () => {
    await inTempFolder(async (folder) => {
      expect((await press9(['test'], { cwd: folder })).code).toBe(1);
      fill(folder, 1);
      writeFileSync(join(folder, 'flows/shop/scenarios/0.yaml'), press('1', 'goals: paid'));
      expect((await press9(['test'], { cwd: folder })).code).toBe(1);
      expect((await press9(['test', '--bail', 'never'], { cwd: folder })).code).toBe(2);
    });
  });

  it('tells in --help how a scenario is written, and the exit codes', async () => {
    const { out, code } = await press9(['test', '--help']);
    expect(code).toBe(0);
    for (const part of ['steps:', 'expect:', 'each:', 'Exit codes: 0 all passed', '130 interrupted', '--coverage-min'])
      expect(out).toContain(part);
  });
});
