import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTempFolder, press9 } from '../../test/kit/cli.ts';
import { NEXT_COMMANDS, STARTER } from './init-files.ts';

describe('press9 init', () => {
  it('writes a project whose printed commands work', async () => {
    await inTempFolder(async (cwd) => {
      const init = await press9(['init'], { cwd });
      expect([init.code, init.err]).toEqual([0, '']);
      for (const command of NEXT_COMMANDS) {
        expect(init.out).toContain(command);
        const ran = await press9(command.split(' ').slice(2), { cwd });
        expect([command, ran.code]).toEqual([command, 0]);
      }
      const covered = await press9(['test', 'flows', '--coverage-min', '80'], { cwd });
      expect([covered.code, covered.out]).toEqual([0, expect.stringContaining('3 passed, 0 failed')]);
      const checked = await press9(['check', 'flows'], { cwd });
      expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('no problems')]);
    });
  });

  it('never overwrites: what is there stays, and is named', async () => {
    await inTempFolder(async (cwd) => {
      await press9(['init'], { cwd });
      const mine = join(cwd, 'flows/reminder/flow.xml');
      writeFileSync(mine, 'mine');
      const again = await press9(['init'], { cwd });
      expect(again.code).toBe(0);
      expect(again.out.match(/^kept /gm)).toHaveLength(Object.keys(STARTER).length);
      expect(readFileSync(mine, 'utf8')).toBe('mine');
    });
  });

  it('says so when a file stands where a folder should be', async () => {
    await inTempFolder(async (cwd) => {
      writeFileSync(join(cwd, 'flows'), '');
      const { code, err } = await press9(['init'], { cwd });
      expect(code).toBe(1);
      expect(err).toContain('a file stands where a folder should be');
      expect(existsSync(join(cwd, '.github'))).toBe(false);
    });
  });
});
