import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WorkFolder, workFolder } from '../../test/kit/command.ts';
import { consentCommand } from './consent.ts';
import { dncCommand } from './dnc.ts';
import { dndCommand } from './dnd.ts';
import { smsInCommand } from './sms-in.ts';
import { whitelistCommand } from './whitelist.ts';

let folder: WorkFolder;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => folder.remove());

const dnd = (...args: readonly string[]) => folder.run(dndCommand, args);
const consent = (...args: readonly string[]) => folder.run(consentCommand, args);
const smsIn = (...args: readonly string[]) => folder.run(smsInCommand, args);
const dnc = (...args: readonly string[]) => folder.run(dncCommand, args);
const actions = async () =>
  (JSON.parse((await dnc('audit', '--json')).out).entries as { action: string; actor: string }[]).map(
    ({ action, actor }) => `${action} by ${actor}`,
  );

describe('press9 dnd', () => {
  it('adds to what was blocked, and shows it', async () => {
    expect((await dnd('set', '9876543210', 'block 1,4')).out).toBe(
      '+919876543210: promotion of the categories 1, 4 is blocked.\n',
    );
    expect((await dnd('set', '9876543210', 'BLOCK 2', '--at', '2099-01-01')).out).toContain('categories 1, 2, 4');
    expect((await dnd('set', '9876543210', 'FULLY BLOCK', '--at', '2099-01-02')).out).toContain('all is blocked');
    expect((await dnd('set', '9876543210', 'UNBLOCK ALL', '--at', '2099-01-03', '--evidence', 'screenshot')).out).toContain(
      'nothing is blocked',
    );
    expect(await actions()).toEqual(Array(4).fill('listing by asha'));
  });

  it('takes what the codes of 1909 cannot say by name', async () => {
    const set = [
      'set',
      '9876543210',
      'BLOCK PROMO',
      '--modes',
      'robo,sms',
      '--days',
      'sat-sun,holiday',
      '--bands-off',
      'viii',
      '--bands-on',
      'iii',
    ];
    expect((await dnd(...set)).out).toBe(
      '+919876543210: promotion is blocked; not by ROBO, SMS; not on Sunday, Saturday, holiday; bands off: viii; bands on: iii.\n',
    );
    const { preference, since } = JSON.parse((await dnd('show', '9876543210', '--json')).out);
    expect(preference).toEqual({
      block: 'promo',
      categories: [],
      modes: ['ROBO', 'SMS'],
      days: [0, 6, 'holiday'],
      bandsOff: ['viii'],
      bandsOn: ['iii'],
    });
    expect(since).toMatch(/^\d{4}-/);
    expect((await dnd('show', '9812345678')).out).toBe('+919812345678: nothing is known of it.\n');
  });

  it('tells what was registered at the time, not what came later', async () => {
    await dnd('set', '9876543210', 'FULLY BLOCK', '--at', '2026-11-10');
    expect((await dnd('set', '9876543210', 'BLOCK 1', '--at', '2026-11-01')).out).toContain('category 1 is blocked');
    expect((await dnd('show', '9876543210')).out).toContain('all is blocked, since 2026-11-10 00:00:00 IST');
  });

  it('reads START by the settings', async () => {
    expect((await dnd('set', '9876543210', 'START 2,3')).out).toContain('categories 2, 3');
    folder.write('press9.yaml', 'startMeans: allow-only\n');
    expect((await dnd('set', '9812345678', 'START 2,3')).out).toContain('categories 1, 4, 5, 6, 7, 8');
  });

  it.each([
    [['set', '9876543210'], 'What did they register?'],
    [['set', '9876543210', 'STOP'], '"STOP" is no command of the register'],
    [['set', '9876543210', 'BLOCK 9'], 'categories are 0 to 8'],
    [['set', '9876543210', '--modes', 'robot'], '"robot" is none. Did you mean "ROBO"?'],
    [['set', '98765', 'FULLY BLOCK'], 'is no phone number'],
  ])('refuses %j and records nothing', async (args, says) => {
    const { error, err } = await dnd(...args);
    expect(`${error?.message}${err}`).toContain(says);
    expect((await dnc('audit')).out).toBe('Nothing is in the audit.\n');
  });
});

describe('press9 consent', () => {
  const given = ['add', '9876543210', '--purpose', 'survey', '--source', 'web', '--at', '2026-11-01'];

  it('is written down with what proves it, listed, and taken back', async () => {
    const added = await consent(...given, '--ip', '203.0.113.7', '--text', 'May we ask you?', '--expires', '2099-01-01');
    expect([added.exitCode, added.err]).toEqual([0, expect.not.stringContaining('nothing proves it')]);
    const list = (await consent('list', '9876543210')).out;
    expect(list).toMatch(
      / {2}counts {2}explicit {2}2026-11-01 00:00:00 IST {2}until 2099-01-01 00:00:00 IST {2}survey, all calls and SMS {2}web; from 203\.0\.113\.7; shown "May we ask you\?"\n$/,
    );
    const { revoked } = JSON.parse((await consent('revoke', '9876543210', '--reason', 'asked', '--json')).out);
    expect(revoked).toHaveLength(1);
    expect((await consent('list', '9876543210')).out).toContain('  revoked  ');
    expect(await actions()).toEqual(['consent.grant by asha', 'consent.revoke by asha']);
  });

  it('of one campaign leaves the other, and one that is named goes alone', async () => {
    await consent('add', '9876543210', '--campaign', 'diwali');
    await consent('add', '9876543210', '--campaign', 'holi');
    await consent('revoke', '9876543210', '--campaign', 'holi');
    const states = async () =>
      JSON.parse((await consent('list', '9876543210', '--json')).out).consents as {
        id: string;
        campaign: string;
        state: string;
      }[];
    expect((await states()).map(({ campaign, state }) => `${campaign} ${state}`).toSorted()).toEqual([
      'diwali counts',
      'holi revoked',
    ]);
    const [diwali] = (await states()).filter(({ state }) => state === 'counts');
    await consent('add', '9876543210', '--basis', 'contract');
    expect((await consent('revoke', '9876543210', '--id', diwali?.id ?? '')).out).toContain(`taken back: ${diwali?.id}.`);
    expect((await states()).map(({ state }) => state).toSorted()).toEqual(['counts', 'revoked', 'revoked']);
    const unknown = await consent('revoke', '9876543210', '--id', 'no-such');
    expect([unknown.error?.message, unknown.exitCode]).toEqual(['"no-such" is no leave of this number that counts.', 1]);
  });

  it('says when nothing proves it, when it has ended, and when there is none', async () => {
    expect((await consent('add', '9876543210', '--at', '2026-01-01', '--expires', '2026-02-01')).err).toContain(
      'nothing proves it',
    );
    expect((await consent('list', '9876543210')).out).toContain('  ended  ');
    expect((await consent('list', '9812345678')).out).toBe('+919812345678: no leave is on record.\n');
    expect((await consent('revoke', '9812345678')).out).toBe('+919812345678: no leave was on record.\n');
  });

  it.each([
    [['add', '9876543210', '--ip', '999.1.1.1'], 'It is no IP address.'],
    [['add', '9876543210', '--scope', 'campaign'], '--scope campaign needs --campaign NAME.'],
    [['add', '9876543210', '--at', '2026-11-01', '--expires', '2026-10-01'], 'lies before it was given'],
    [['add', '9876543210', '--purpose', 'fun'], 'Allowed choices are'],
  ])('refuses %j', async (args, says) => {
    const { error, err } = await consent(...args);
    expect(`${error?.message}${err}`).toContain(says);
  });
});

describe('press9 sms-in', () => {
  it.each([' stop ', 'Unsubscribe', 'STOP ALL', 'opt-out'])('puts who writes "%s" on the list, once', async (text) => {
    expect((await smsIn('9876543210', text)).out).toBe('+919876543210: it is on the list now, for all calls and SMS.\n');
    expect((await smsIn('9876543210', 'STOP')).out).toContain('on the list already');
    const checked = await dnc('check', '9876543210', '--json');
    expect(checked.exitCode).toBe(3);
    expect(JSON.parse(checked.out).numbers[0].facts).toMatchObject([{ source: 'sms-stop', actor: 'caller', scope: 'all' }]);
    expect(await actions()).toEqual(['add by caller']);
  });

  it('lets START lift what the person did, and not what the company did', async () => {
    await dnc('add', '9876543210', '--reason', 'a court says so');
    await smsIn('9876543210', 'STOP', '--scope', 'sms');
    const { out } = await smsIn('9876543210', 'start', '--exophone', '02240000001');
    expect(out).toBe(
      '+919876543210: it is off the list again. Still listed, for it did not do that itself: all calls and SMS.\n',
    );
    const { numbers } = JSON.parse((await dnc('check', '9876543210', '--json')).out);
    expect(numbers[0].facts).toMatchObject([{ source: 'manual' }]);
    expect((await smsIn('9876543210', 'YES')).out).toContain('there is nothing of its own to lift.');
  });

  it('takes any other text for an inbound contact, which whitelists', async () => {
    expect((await smsIn('9876543210', 'When do you open?', '--at', '2099-01-01')).out).toBe(
      '+919876543210: an inbound contact, which whitelists it.\n',
    );
    expect((await folder.run(whitelistCommand, ['status', '9876543210', '--at', '2099-01-02'])).out).toContain(
      'is whitelisted until 2099-03-01',
    );
    await smsIn('9876543210', 'STOP', '--at', '2099-01-03');
    expect((await folder.run(whitelistCommand, ['status', '9876543210', '--at', '2099-01-04'])).out).toContain(
      'is on the blacklist',
    );
    await smsIn('9876543210', 'START', '--at', '2099-01-05');
    expect((await folder.run(whitelistCommand, ['status', '9876543210', '--at', '2099-01-06'])).out).toContain(
      'is whitelisted until 2099-03-05',
    );
  });

  it('leaves what may mean stop to a person, unless any wish counts', async () => {
    const asked = await smsIn('9876543210', 'Please stop calling me');
    expect([asked.out, asked.err]).toEqual([
      '+919876543210: nothing was recorded.\n',
      expect.stringContaining('somebody should read it'),
    ]);
    expect((await dnc('check', '9876543210')).exitCode).toBe(0);
    await smsIn('9876543210', 'Please stop calling me', '--any-wish');
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
  });

  it('is one object as JSON', async () => {
    await smsIn('9876543210', 'STOP');
    const { heard, facts, lifted } = JSON.parse((await smsIn('9876543210', 'UNSTOP', '--json')).out);
    expect([heard, facts.map(({ kind }: { kind: string }) => kind), lifted.length]).toEqual(['start', ['opt-in', 'inbound'], 1]);
    expect((await smsIn('9876543210', '  ')).error?.message).toBe('The text is empty.');
  });
});
