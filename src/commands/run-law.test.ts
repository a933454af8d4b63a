import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ran, type WorkFolder, workFolder } from '../../test/kit/command.ts';
import { dncCommand } from './dnc.ts';
import { dndCommand } from './dnd.ts';
import { mayCommand } from './may.ts';
import { runCommand } from './run.ts';

const FLOWS = join(import.meta.dirname, '../../flows');
const REMINDER = join(FLOWS, 'appointment-reminder');
const NIGHT = ['--at', '2026-11-23T23:00'];
const MORNING = ['--at', '2026-11-23T10:00'];

let folder: WorkFolder;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => folder.remove());

const run = (...args: readonly string[]): Promise<Ran> =>
  folder.run(runCommand, [REMINDER, '--to', '9876543210', '--set', 'name=Asha', '--answer', 'POST * => 200', ...args]);

type Entry = { action: string; actor: string; body: Record<string, unknown> & { reasons: { code: string }[] } };
const audit = async (): Promise<Entry[]> => JSON.parse((await folder.run(dncCommand, ['audit', '--json'])).out).entries;

describe('press9 run at night', () => {
  it('goes on, for nobody is called, and says what would happen in earnest', async () => {
    const { out, err, exitCode } = await run('--keys', '1', ...NIGHT);
    expect(exitCode).toBe(0);
    expect(err).toContain(
      'press9: this is a rehearsal, which calls nobody; in earnest it would wait until 2026-11-24 09:00:00 IST:\n  OUTSIDE_HOURS  it is 23:00 there; ',
    );
    expect(err).toContain('--enforce holds to all of it.');
    expect(out).toContain('Law       call: allow, REHEARSAL; warned of OUTSIDE_HOURS\n');
    expect(out).toContain('Thank you for confirming.');
    expect((await audit())[0]?.body).toMatchObject({
      verdict: 'allow',
      reasons: [{ code: 'REHEARSAL' }],
      warnings: [{ code: 'OUTSIDE_HOURS' }],
    });
  });

  it('is refused with --enforce, or when the settings say so: nothing is dialled, and until when is told', async () => {
    const { out, err, exitCode } = await run('--keys', '1', '--enforce', ...NIGHT);
    expect([out, exitCode]).toEqual(['', 3]);
    expect(err).toContain(
      'press9: +91 98xxxxx210 may not be called now; it may be from 2026-11-24 09:00:00 IST: nothing was dialled.\n',
    );
    expect(err).not.toContain('dnc remove');
    folder.write('press9.yaml', 'enforce: true\n');
    const refused = await run('--json', ...NIGHT);
    expect(refused.exitCode).toBe(3);
    expect(JSON.parse(refused.out)).toMatchObject({
      refused: true,
      verdict: 'defer',
      nextAllowedAt: '2026-11-24T09:00:00.000+05:30',
      reasons: [{ code: 'OUTSIDE_HOURS', rule: { id: 'EXOTEL-HOURS' } }],
    });
    expect((await run('--no-enforce', ...NIGHT)).exitCode).toBe(0);
    expect((await audit()).map(({ body, action }) => body['verdict'] ?? action)).toEqual([
      'defer',
      'defer',
      'allow',
      'contacted',
    ]);
  });

  it('says nothing more where the company sets no rules but its list', async () => {
    const { out, err } = await run('--profile', 'LIST', ...NIGHT);
    expect(err).toBe(`store: ${join(folder.cwd, '.press9/store.db')} (new)\n`);
    expect(out).toContain('Law       call: allow, NOT_LISTED\n');
  });
});

describe('a call that was made', () => {
  it('counts for the day: a fourth one waits for the next', async () => {
    for (const at of ['10:00', '12:00', '14:00']) await run('--keys', '1', '--enforce', '--at', `2026-11-23T${at}`);
    const fourth = await run('--enforce', '--at', '2026-11-23T16:00');
    expect(fourth.err).toMatch(/may be from 2026-11-24 09:00:00 IST.*\n {2}FREQ_DAY {2}it was called 3 times today/);
    expect((await run('--at', '2026-11-23T16:00')).err).toContain('FREQ_DAY');
    folder.write('press9.yaml', 'caps: { hard: 9, gapMinutes: 0 }\n');
    expect((await run('--enforce', '--at', '2026-11-23T16:00')).exitCode).toBe(0);
  });

  it('is no call when it was refused, nor when the store is gone with the process', async () => {
    await run('--enforce', ...NIGHT);
    await run('--store', 'memory:', ...MORNING);
    expect((await audit()).map(({ action }) => action)).toEqual(['decide']);
  });

  it('by the customer whitelists them', async () => {
    await folder.run(dndCommand, ['set', '9876543210', 'FULLY BLOCK', '--at', '2026-11-01']);
    const before = await run(...MORNING);
    expect(before.exitCode).toBe(3);
    expect(before.err).toContain('DND_NOT_WHITELISTED');
    await folder.run(runCommand, [REMINDER, '--inbound', '--from', '9876543210', '--keys', '1', ...MORNING]);
    expect((await run('--keys', '1', '--at', '2026-11-23T11:00')).out).toContain('Law       call: allow, OK_WHITELIST');
  });
});

describe('an SMS in a call', () => {
  it('is asked about, counted and audited like the call; a block of SMS is told in the same words as everywhere', async () => {
    const { out } = await run('--keys', '2', ...MORNING);
    expect(out).toContain('Law       call: allow, OK_SI\nLaw       SMS: allow, OK_SI\n');
    await folder.run(dncCommand, ['add', '9876543210', '--scope', 'sms', '--reason', 'asked by mail']);
    const second = await run('--keys', '2', '--at', '2026-11-23T11:00');
    expect(second.out).toContain('Law       SMS: block, DNC_CHANNEL\n');
    const { reasons } = JSON.parse(
      (await folder.run(mayCommand, ['9876543210', '--class', 'SI', '--channel', 'sms', '--at', '2026-11-23T11:00', '--json']))
        .out,
    );
    expect(second.out).toContain(reasons[0].says);
    const decided = (await audit()).filter(({ action }) => action === 'decide');
    expect(decided.map(({ body }) => `${body['channel']} ${body['verdict']}`)).toEqual([
      'voice allow',
      'sms allow',
      'voice allow',
      'sms block',
    ]);
  });
});

describe('the number that is shown', () => {
  it('is the first ExoPhone of the settings, unless the command line names another', async () => {
    folder.write('press9.yaml', 'exophones: ["02240000001", "02240000002"]\n');
    expect((await run(...MORNING)).out).toContain('from +91 22xxxxx001');
    expect((await run('--exophone', '02240000002', ...MORNING)).out).toContain('from +91 22xxxxx002');
    const stranger = await run('--from', '02240000009', '--enforce', '--at', '2026-11-23T13:00');
    expect(stranger.err).toContain('CLI_UNREGISTERED');
  });
});

describe('status callbacks', () => {
  it('go where the settings say, in their form', async () => {
    folder.write('press9.yaml', 'callback: { url: "http://localhost:1/status", format: json, profile: documented }\n');
    const { out } = await run('--keys', '1', ...MORNING);
    expect(out).toContain('Callback  POST http://localhost:1/status  application/json  delivered, 200');
    expect(out).not.toContain('Digits=1');
    expect((await run('--keys', '1', '--callback-url', 'http://localhost:1/other', ...MORNING)).out).toContain(
      'POST http://localhost:1/other',
    );
  });
});
