import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTempFolder, press9, type Ran } from './kit/cli.ts';
import { ROOT } from './source-files.ts';

const REMINDER = join(ROOT, 'flows/appointment-reminder/flow.xml');
const NUMBER = '9876500042';
const AT = '2026-11-23T10:00';
const LATER = '2026-11-23T12:30';

/** How an opt-out by key is told, wherever it is told. */
const STORY = /pressed 9 in call (\w{32}) \(flow appointment-reminder\)/;

describe('whoever presses 9', () => {
  it('is told of in the same words by may, run, dnc check and dnc audit, until they ask again', async () => {
    await inTempFolder(async (cwd) => {
      writeFileSync(join(cwd, 'press9.yaml'), 'company: Sunrise Clinic\nstore: data/list.db\ncaps: { gapMinutes: 0 }\n');
      const run = (at: string, keys: string): Promise<Ran> =>
        press9(
          [
            'run',
            REMINDER,
            '--to',
            NUMBER,
            '--set',
            'name=Asha',
            '--campaign',
            'diwali',
            '--keys',
            keys,
            '--at',
            at,
            '--answer',
            'POST * => 200',
          ],
          { cwd },
        );
      const may = (at: string): Promise<Ran> => press9(['may', NUMBER, '--flow', REMINDER, '--at', at], { cwd });
      const ask = (...args: readonly string[]): Promise<Ran> => press9(['dnc', ...args], { cwd });

      expect((await may(AT)).out).toMatch(/^ALLOW .*\n.*\n\nground\n {2}OK_SI/);
      const first = await run(AT, '9');
      expect(first.code).toBe(0);
      expect(first.out).toContain('You have been removed from our call list.');
      const sid = /CallSid (\w{32})/.exec(first.out)?.[1];

      const asked = await may(LATER);
      expect(asked.code).toBe(3);
      expect(asked.out).toMatch(/^BLOCK {2}\+91 98xxxxx042 .*\n.*\n\nreasons\n {2}OPTED_OUT {2}/);
      expect(STORY.exec(asked.out)?.[1]).toBe(sid);
      expect(asked.out).toContain('by 2026-11-24 10:00:');

      const second = await run(LATER, '1');
      expect([second.code, second.out]).toEqual([3, '']);
      const says = /OPTED_OUT {2}(.*)/.exec(second.err)?.[1];
      expect(asked.out).toContain(`OPTED_OUT  ${says}\n`);

      const checked = await ask('check', NUMBER);
      expect(checked.code).toBe(3);
      expect(STORY.exec(checked.out)?.[1]).toBe(sid);

      const { entries } = JSON.parse((await ask('audit', '--json')).out) as {
        entries: { action: string; body: { call?: string } }[];
      };
      expect(entries.map(({ action, body }) => [action, body.call])).toEqual([
        ['decide', sid],
        ['contacted', sid],
        ['add', sid],
        ['decide', undefined],
      ]);
      expect(entries[2]?.body).toMatchObject({ key: '9', flow: 'appointment-reminder', node: 'optOut', scope: 'all' });
      expect(entries[3]?.body).toMatchObject({
        verdict: 'block',
        campaign: 'diwali',
        reasons: [{ code: 'OPTED_OUT', rule: 'HOUSE-OPT-OUT' }],
      });
      expect((await ask('audit', '--verify')).out).toMatch(/^4 entries, chain whole/);

      const again = await press9(['sms-in', NUMBER, 'Start'], { cwd });
      expect(again.out).toContain('off the list again');
      expect((await may(LATER)).code).toBe(0);
      expect((await run(LATER, '1')).code).toBe(0);
      expect((await ask('check', NUMBER)).code).toBe(0);
      expect((await ask('audit', '--verify')).code).toBe(0);
      expect(readFileSync(join(cwd, 'data/list.db.head'), 'utf8')).not.toContain(NUMBER);
    });
  });

  it('is told of the whole number nowhere but where it was asked for', async () => {
    await inTempFolder(async (cwd) => {
      await press9(['run', REMINDER, '--to', NUMBER, '--keys', '9', '--at', AT, '--answer', 'POST * => 200'], { cwd });
      const asked = await press9(['may', NUMBER, '--class', 'SI', '--at', LATER], { cwd });
      const audit = await press9(['dnc', 'audit'], { cwd });
      expect(asked.out + asked.err + audit.out + audit.err).not.toContain(NUMBER);
    });
  });
});
