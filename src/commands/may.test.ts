import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ran, type WorkFolder, workFolder } from '../../test/kit/command.ts';
import { consentCommand } from './consent.ts';
import { dncCommand } from './dnc.ts';
import { dndCommand } from './dnd.ts';
import { mayCommand } from './may.ts';
import { whitelistCommand } from './whitelist.ts';

const FLOWS = join(import.meta.dirname, '../../flows');
const MORNING = ['--at', '2026-11-23T10:00'];

let folder: WorkFolder;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => folder.remove());

const may = (...args: readonly string[]): Promise<Ran> => folder.run(mayCommand, args);
const json = async (...args: readonly string[]) => JSON.parse((await may(...args, '--json')).out);

describe('press9 may', () => {
  it('prints leave with its ground, and ends with 0', async () => {
    const { out, err, exitCode } = await may('098765 43210', '--class', 'service-implicit', '--campaign', 'diwali', ...MORNING);
    expect(out.split('\n')).toEqual([
      'ALLOW  +91 98xxxxx210  call  service-implicit (SI), campaign diwali',
      'at 2026-11-23 10:00:00 IST  India, through Exotel',
      '',
      'ground',
      '  OK_SI  it serves a customer in what they already have, which no preference blocks',
      expect.stringContaining('IN26-INFERRED: TCCCPR, Third Amendment 2026'),
      expect.stringContaining('not certain'),
      '',
    ]);
    expect([err, exitCode]).toEqual([`store: ${join(folder.cwd, '.press9/store.db')} (new)\n`, 0]);
  });

  it('prints a deferral with every reason and from when on, and ends with 3', async () => {
    const { out, exitCode } = await may('9876543210', '--class', 'si', '--at', '2026-11-23T21:00');
    expect(exitCode).toBe(3);
    expect(out).toMatch(
      /^DEFER .*\n.*\n\nreasons\n {2}OUTSIDE_HOURS .*\n {4}EXOTEL-HOURS: .*\n {4}not certain: .*\n\nnext\n.* 2026-11-24 09:00:00 IST\n$/,
    );
  });

  it('takes the class of a flow', async () => {
    const args = ['9876543210', '--flow', join(FLOWS, 'otp'), ...MORNING];
    expect(await json(...args)).toMatchObject({ verdict: 'allow', contact: { class: 'T' }, ground: { code: 'OK_T' } });
    expect((await may(...args, '--class', 'T')).error?.message).toContain('do not go together');
  });

  it('asks what is on record: the list, the register, leave, the whitelist', async () => {
    await folder.run(dncCommand, ['add', '9876543210', '--campaign', 'diwali']);
    expect(await json('9876543210', '--class', 'SI', '--campaign', 'holi', ...MORNING)).toMatchObject({ verdict: 'allow' });
    const listed = await json('9876543210', '--class', 'SI', '--campaign', 'diwali', ...MORNING);
    expect(listed).toMatchObject({ verdict: 'block', reasons: [{ code: 'DNC_CAMPAIGN', facts: [{ campaign: 'diwali' }] }] });

    await folder.run(dndCommand, ['set', '9812345678', 'FULLY BLOCK', '--at', '2026-11-01']);
    const service = ['9812345678', '--class', 'SI', ...MORNING];
    expect(await json(...service)).toMatchObject({ reasons: [{ code: 'DND_NOT_WHITELISTED' }] });
    await folder.run(whitelistCommand, ['inbound', '9812345678', '--at', '2026-11-10']);
    expect(await json(...service)).toMatchObject({ verdict: 'allow', ground: { code: 'OK_WHITELIST' } });

    const survey = ['9812300000', '--class', 'SE', '--purpose', 'survey', ...MORNING];
    expect(await json(...survey)).toMatchObject({ reasons: [{ code: 'CONSENT_MISSING' }] });
    await folder.run(consentCommand, ['add', '9812300000', '--purpose', 'survey', '--source', 'web', '--at', '2026-11-20']);
    expect(await json(...survey)).toMatchObject({ ground: { code: 'OK_CONSENT' } });
    expect(await json(...survey, '--at', '2026-11-28T10:00')).toMatchObject({ reasons: [{ code: 'CONSENT_EXPIRED' }] });
  });

  it('hears promotion in a text, and that a transaction is long past', async () => {
    const late = ['--transaction-at', '2026-11-23T09:00', ...MORNING];
    const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);
    expect(codes(await json('9876543210', '--class', 'T', ...late))).toContain('TXN_WINDOW_EXCEEDED');
    const mixed = await json('9876543210', '--class', 'T', '--text', 'Your code is 4578. Also get 20% off', ...MORNING);
    expect(codes(mixed)).toContain('CLASS_MIXED_PROMO');
    expect(mixed.verdict).toBe('block');
  });

  it('goes by the profile, by strictness, and by the settings', async () => {
    const promo = ['9876543210', '--class', 'P', '--category', '1', '--at', '2026-11-23T09:30'];
    expect(await json(...promo)).toMatchObject({ reasons: [{ code: 'PROVIDER_NO_PROMO' }, {}, {}] });
    expect(await json(...promo, '--profile', 'in-tcccpr')).toMatchObject({
      verdict: 'defer',
      nextAllowedAt: '2026-11-23T10:00:00.000+05:30',
    });
    expect(await json(...promo, '--profile', 'LIST')).toMatchObject({ verdict: 'allow', profile: 'LIST' });

    folder.write(
      'press9.yaml',
      'hours: mon-fri 11:00-12:00\nexophones: ["02240000001"]\nregistered: false\nstrict: true\nwithout: IN18-SENDER\n',
    );
    const own = await json('9876543210', '--class', 'SI', ...MORNING);
    expect(own).toMatchObject({
      strict: true,
      contact: { exophone: '+912240000001' },
      nextAllowedAt: '2026-11-23T11:00:00.000+05:30',
    });
    expect(own.warnings).toMatchObject([{ code: 'SENDER_UNREGISTERED' }]);
    const shown = await json('9876543210', '--class', 'SI', '--exophone', '02240000002', '--at', '2026-11-23T11:30');
    expect(shown).toMatchObject({ reasons: [{ code: 'CLI_UNREGISTERED' }] });
    expect(await json('9876543210', '--class', 'SI', '--no-strict', ...MORNING)).toMatchObject({ strict: false });
  });

  it('tells what violations lead to', async () => {
    await folder.run(dncCommand, ['add', '9876543210']);
    const { out } = await may('9876543210', '--class', 'SI', '--violations', '2', ...MORNING);
    expect(out).toContain('2 violations may lead to');
  });

  it('asks and records nothing', async () => {
    await may('9876543210', '--class', 'SI', ...MORNING);
    await may('9876543210', '--class', 'SI', '--at', '2026-11-23T23:00');
    expect((await folder.run(dncCommand, ['audit'])).out).toBe('Nothing is in the audit.\n');
  });
});

describe('several numbers', () => {
  const FILE = 'name,mobile\nAsha,98765 43210\nBina,\nCara,12345\nDev,09.8E+09\nEla,+91 98123 45678\n';

  it('of a file get a row each, and a summary', async () => {
    folder.write('customers.csv', FILE);
    await folder.run(dncCommand, ['add', '9812345678', '--reason', 'asked by mail']);
    const { out, exitCode } = await may('customers.csv', '--class', 'SI', '--at', '2026-11-23T10:00');
    expect(exitCode).toBe(3);
    expect(out.split('\n')).toEqual([
      '+919876543210  ALLOW  OK_SI  it serves a customer in what they already have, which no preference blocks',
      expect.stringMatching(/^row 3 +BLOCK {2}NUMBER_INVALID {2}it is no phone number: it is empty$/),
      expect.stringMatching(
        /^row 4 +BLOCK {2}NUMBER_INVALID {2}it is no phone number: an Indian number has 10 digits, this one 5$/,
      ),
      expect.stringMatching(/^row 5 +BLOCK {2}NUMBER_INVALID {2}it is no phone number: a spreadsheet has shortened it/),
      expect.stringMatching(/^\+919812345678 {2}BLOCK {2}DNC_TENANT {2}.*"asked by mail"$/),
      '',
      '5 numbers: 1 now, 0 later, 4 not',
      '',
    ]);
  });

  it('may be one a line, and stand among others; all that may be contacted is exit code 0', async () => {
    folder.write('list.txt', '9876543210\n9876543211\n');
    const { out, exitCode } = await may('list.txt', '9876543212', '--class', 'SI', ...MORNING);
    expect([out.match(/ALLOW/g)?.length, exitCode]).toEqual([3, 0]);
    const late = await may('list.txt', '--class', 'SI', '--at', '2026-11-23T23:00');
    expect(late.out).toContain('DEFER  OUTSIDE_HOURS  from 2026-11-24 09:00:00 IST: it is 23:00 there');
    expect(late.out).toContain('2 numbers: 0 now, 2 later, 0 not');
    expect(late.exitCode).toBe(3);
  });

  it('are one object as JSON', async () => {
    folder.write('customers.csv', FILE);
    const { verdicts, summary, contact } = await json('customers.csv', '--class', 'SI', '--column', 'mobile', ...MORNING);
    expect(summary).toEqual({ allow: 2, defer: 0, block: 3 });
    expect(verdicts[0]).toMatchObject({ row: 2, number: '+919876543210', verdict: 'allow', ground: { code: 'OK_SI' } });
    expect(contact).toEqual({ channel: 'voice', class: 'SI' });
  });
});

describe('mistakes', () => {
  it.each<[readonly string[], string, string?]>([
    [['9876543210'], 'What kind of call or message is it?', 'Say --class P, SE, SI, T or G'],
    [['98765', '--class', 'SI'], '"98765" is no phone number: an Indian number has 10 digits, this one 5.'],
    [['9876543210', '--class', 'service-implict'], 'Did you mean "service-implicit"?'],
    [['9876543210', '--class', 'X'], "argument 'X' is invalid"],
    [['9876543210', '--class', 'P', '--category', '9'], 'Categories are 1 to 8'],
    [['9876543210', '--class', 'SI', '--at', 'tomorrow'], 'Use an instant such as 2026-11-22T10:00'],
    [['9876543210', '--class', 'SI', '--channel', 'sms', '--mode', 'ROBO'], '--mode ROBO does not go with --channel sms'],
    [['9876543210', '--class', 'SI', '--profile', 'IN-EXOTL'], 'Did you mean "IN-EXOTEL"?'],
    [['customer.csv', '--class', 'SI'], 'There is no file customer.csv, and it is no phone number.'],
  ])('%j', async (args, says, advice) => {
    const { error, err, out } = await may(...args);
    expect(`${error?.message}${err}`).toContain(says);
    if (advice !== undefined) expect(error?.advice).toContain(advice);
    expect(out).toBe('');
  });
});
