import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../test/kit/facts.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { openStore } from '../adapters/store.ts';
import type { Store } from '../adapters/store-shape.ts';
import type { NewFact } from '../core/facts.ts';
import { e164 } from '../core/ids.ts';
import type { Io } from './io.ts';
import { whitelistCommand } from './whitelist.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-whitelist-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

type Ran = { out: string; err: string; exitCode: number; error: Error | undefined };

/** Runs `press9 whitelist …` as a person called asha would; a refusal is part of the result. */
async function whitelist(...args: readonly string[]): Promise<Ran> {
  const ran: Ran = { out: '', err: '', exitCode: 0, error: undefined };
  const io: Io = {
    out: (text) => {
      ran.out += text;
    },
    err: (text) => {
      ran.err += text;
    },
    cwd,
    env: { USER: 'asha' },
    isTTY: false,
    colour: false,
    exitCode: 0,
  };
  const command = whitelistCommand(io);
  for (const sub of command.commands) sub.exitOverride().copyInheritedSettings(command);
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    ran.error = error as Error;
  }
  return { ...ran, exitCode: (ran.error as { exitCode?: number } | undefined)?.exitCode ?? io.exitCode };
}

async function withStore(work: (store: Store) => Promise<unknown>): Promise<void> {
  const store = await openStore({ cwd, env: {}, ids: createSystemIds(), now: () => at('2026-05-30') });
  await work(store);
  await store.close();
}

const post = (numbers: string, ...more: string[]) =>
  whitelist('post', numbers, '--exophone', '08047112345', '--company', 'Kaveri', ...more);
const json = async (...args: string[]) => JSON.parse((await whitelist(...args, '--json')).out);

/** As a keyword in an SMS does it. */
const stop: NewFact = {
  kind: 'opt-out',
  number: e164('+919876543210'),
  scope: 'all',
  source: 'sms-stop',
  at: at('2026-05-10'),
  actor: 'caller',
};

/** So many people are added on 1 May and unsubscribe on the days from the second. */
async function unsubscribe(count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => `980000000${i}`);
  await post(numbers.join(), '--at', '2026-05-01');
  for (const [i, number] of numbers.entries()) await whitelist('missed-call', number, '--at', `2026-05-0${i + 2}T10:00`);
}

describe('press9 whitelist post and delete', () => {
  it('adds numbers, counts them, and prints the message that would go out', async () => {
    const { out, err, exitCode } = await post('98765 43210,09876543210,9812345678', '--at', '2026-06-10T12:00');
    expect(exitCode).toBe(0);
    expect(out).toBe(
      'The numbers have been added to the whitelist. If DND number gives a missed call to unsubscribe, the corresponding number will be removed from whitelist.\n' +
        'Total 3, Duplicate 1, Processed 2: Succeeded 2, Redundant 0, Failed 0\n' +
        '  +919876543210  succeeded\n' +
        '  +919876543210  duplicate\n' +
        '  +919812345678  succeeded\n' +
        "SMS to 2 numbers, not sent: You've registered with Kaveri and permitted us to call you. If this is not the case, please give a missed call to 08047112345. Thank you!\n",
    );
    expect(err).toBe(`store: ${join(cwd, '.press9', 'store.db')} (new)\n`);
    expect((await whitelist('status', '9876543210', '--at', '2026-06-10T12:00')).out).toBe(
      '+919876543210 is whitelisted until 2026-12-10 00:00:00 IST: the company added it to the whitelist on 2026-06-10.\n' +
        'Exotel would answer: Status Whitelist, Type API, Expiry 15768000\n',
    );
  });

  it('takes numbers as words too, and ends with 1 when one is none', async () => {
    const { out, exitCode } = await whitelist(
      'post',
      '9876543210',
      '98765',
      '--exophone',
      '08047112345',
      '--company',
      'K\u001b[31m',
    );
    expect(exitCode).toBe(1);
    expect(out).toContain('Failed 1\n  +919876543210  succeeded\n  98765          failed: an Indian number has 10 digits');
    expect(out).not.toContain('\u001b');
    expect((await json('status', '9876543210')).status).toBe('whitelist');
  });

  it('says what is doubtful about a language, and that the company has no name', async () => {
    const { err, out } = await whitelist('post', '9876543210', '--exophone', '08047112345', '--language', 'hi');
    expect(err).toContain(
      'note: It is not certain that the vendor knows Hindi; its text is not published, and is English here.\n',
    );
    expect(err).toContain('note: --company is not given; the message says <Company>.\n');
    expect(out).toContain("You've registered with <Company> and");
  });

  it('adding again is redundant, deleting ends it, deleting again is redundant', async () => {
    await post('9876543210');
    expect((await post('9876543210')).out).toMatch(
      /^No numbers were added .*\n.*Redundant 1, .*\n.*redundant: it is on the whitelist already\n$/,
    );
    expect((await whitelist('delete', '9876543210')).out).toMatch(
      /^The numbers have been deleted from the whitelist\.\n.*Succeeded 1/,
    );
    const again = await json('delete', '9876543210,9876543210');
    expect(again.result).toEqual({
      Total: 2,
      Duplicate: 1,
      Processed: 1,
      Succeeded: 0,
      Redundant: 1,
      Failed: 0,
      Message: 'No numbers were deleted from the whitelist.',
    });
    expect(again.facts).toEqual([]);
  });

  it('prints one stable object with --json', async () => {
    const { out } = await post('9876543210', '--at', '2026-06-10T12:00', '--json');
    expect(out.trimEnd()).not.toContain('\n');
    expect(JSON.parse(out)).toEqual({
      result: { Total: 1, Duplicate: 0, Processed: 1, Succeeded: 1, Redundant: 0, Failed: 0, Message: expect.any(String) },
      numbers: [{ given: '9876543210', number: '+919876543210', became: 'succeeded' }],
      sms: [{ to: '+919876543210', text: expect.stringContaining('Kaveri') }],
      facts: [
        {
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          kind: 'whitelist',
          number: '+919876543210',
          scope: 'all',
          source: 'api',
          at: '2026-06-10T12:00:00.000+05:30',
          recordedAt: expect.any(String),
          actor: 'asha',
          whitelist: { event: 'post', exophone: '+918047112345', language: 'en', asks: 'unsubscribe' },
        },
      ],
    });
  });

  it.each([
    [['post', '9876543210'], "required option '--exophone <number>' not specified", 1],
    [['post', ',', '--exophone', '08047112345'], 'No number is given.', 2],
    [['post', '9876543210', '--exophone', '98765'], '"98765" is no phone number', 2],
    [['post', '9876543210', '--exophone', '08047112345', '--language', 'xx'], 'Language "xx" is not known; use en, hi', 2],
    [['delete', '9876543210', '--country', 'xx'], '--country XX is no country code', 2],
    [['status', '9876543210', '--at', '2026-02-30'], '--at "2026-02-30" is no instant.', 2],
    [['account', '--switch', 'inboundMonths=0'], 'The switch inboundMonths is a whole number from 1 to 120, not "0".', 2],
    [['account', '--switch', 'inboundMonth=6'], 'There is no switch "inboundMonth". Did you mean "inboundMonths"?', 2],
    [['account', '--switch', 'scope'], '--switch "scope" has no value.', 2],
    [['reset', '--note', ' '], '--note is empty', 2],
    [['unblock', '9876543210', '--evidence', ''], '--evidence is empty', 2],
    [['agent', '+91*'], '"+91*" is no phone number', 2],
  ])('refuses %j, and records nothing', async (args, says, code) => {
    const { error, exitCode, out } = await whitelist(...args);
    expect(error?.message).toContain(says);
    expect({ exitCode, out }).toEqual({ exitCode: code, out: '' });
    if (existsSync(join(cwd, '.press9'))) await withStore(async (store) => expect(await store.facts.list({})).toEqual([]));
  });

  it('adds nobody while the agreement is not signed', async () => {
    const { error, exitCode } = await post('9876543210', '--switch', 'agreementSigned=no');
    expect({ says: error?.message, exitCode }).toEqual({
      says: 'The agreement about calling NCPR numbers is not signed for this account.',
      exitCode: 3,
    });
    expect((await json('status', '9876543210')).status).toBe('neutral');
    expect((await whitelist('account', '--switch', 'agreementSigned=no')).out).toContain('registered numbers is not signed.\n');
  });
});

describe('the account on the command line', () => {
  it('flips with the fourth person who unsubscribes, and says so at that instant', async () => {
    await unsubscribe(3);
    expect((await whitelist('account')).out).toMatch(
      /^Mode opt-out: .* 3 people count as unsubscribed; more than 3 change that\.\n/,
    );
    await post('9800000009', '--at', '2026-05-05');
    const fourth = await whitelist('missed-call', '9800000009', '--at', '2026-05-06T10:00');
    expect(fourth.out).toBe(
      '+919800000009 is on the blacklist: it gave a missed call to the whitelist line on 2026-05-06.\n' +
        'Exotel would answer: Status Blacklist, Expiry -1\n' +
        'From now on whoever is added is asked to subscribe: too many people have unsubscribed.\n',
    );
    const { out } = await whitelist('account');
    expect(out).toBe(
      'Mode opt-in since 2026-05-06 10:00:00 IST: whoever is added must subscribe. 4 people count as unsubscribed.\n' +
        '  +91 98xxxxx000  unsubscribed 2026-05-02 10:00:00 IST\n' +
        '  +91 98xxxxx001  unsubscribed 2026-05-03 10:00:00 IST\n' +
        '  +91 98xxxxx002  unsubscribed 2026-05-04 10:00:00 IST\n' +
        '  +91 98xxxxx009  unsubscribed 2026-05-06 10:00:00 IST\n' +
        'The agreement about calling registered numbers is signed.\n',
    );
  });

  it('then asks people to subscribe, and whitelists them when they do', async () => {
    await unsubscribe(4);
    const { out } = await post('9876543210', '--at', '2026-06-01');
    expect(out).toMatch(/^The message has been sent\. /);
    expect(out).toContain('please authorise us to call you by giving a missed call to 08047112345\n');
    expect((await whitelist('status', '9876543210', '--at', '2026-06-02')).out).toBe(
      '+919876543210 is not whitelisted yet: it was asked to subscribe on 2026-06-01, and has not done so.\n' +
        'Exotel would answer: Status Neutral, Expiry -1\n',
    );
    const yes = await json('missed-call', '9876543210', '--at', '2026-06-03T10:00', '--exophone', '08047112345');
    expect(yes).toMatchObject({
      standing: { status: 'whitelist', type: 'api', expiresAt: '2026-12-03T00:00:00.000+05:30' },
      mode: 'opt-in',
      fact: { whitelist: { event: 'missed-call', exophone: '+918047112345' }, source: 'missed-call', actor: 'caller' },
    });
  });

  it('is set back with a note, which outlives the process and is in the audit', async () => {
    await unsubscribe(4);
    expect((await whitelist('reset', '--note', 'agreed with the vendor', '--at', '2026-06-01')).exitCode).toBe(0);
    const story = await json('account', '--at', '2026-06-02');
    expect(story).toMatchObject({
      mode: 'opt-out',
      counted: 0,
      flipAfter: 3,
      resets: [{ at: '2026-06-01T00:00:00.000+05:30', actor: 'asha', note: 'agreed with the vendor' }],
    });
    expect(story.unsubscribed).toHaveLength(4);
    expect(story.unsubscribed[0]).toMatchObject({ number: '+91 98xxxxx000' });
    expect((await json('account', '--at', '2026-05-31')).mode).toBe('opt-in');
    expect((await whitelist('account')).out).toContain(
      'asha            set the account back 2026-06-01 00:00:00 IST: agreed with the vendor\n',
    );
    await withStore(async ({ audit }) => {
      expect(await audit.read({ action: 'whitelist.reset' })).toMatchObject([{ actor: 'asha', note: 'agreed with the vendor' }]);
      expect((await audit.verify()).problems).toEqual([]);
    });
    const off = await whitelist('reset', '--note', 'again', '--switch', 'resettable=off');
    expect({ says: off.error?.message, exitCode: off.exitCode }).toEqual({
      says: 'The account cannot be set back: the switch resettable is off.',
      exitCode: 1,
    });
  });

  it('still counts, and still blocks, whoever was erased; once, though they came back', async () => {
    await unsubscribe(4);
    await withStore(({ facts }) =>
      facts.erase(e164('+919800000000'), { at: at('2026-05-30'), actor: 'asha', reason: 'asked', evidence: 'letter' }),
    );
    expect((await whitelist('account')).out).toContain('  (erased)        unsubscribed 2026-05-02 10:00:00 IST\n');
    expect((await json('account')).counted).toBe(4);
    expect((await json('status', '9800000000')).status).toBe('blacklist');
    await whitelist('unblock', '9800000000', '--evidence', 'came back', '--at', '2026-06-01');
    await whitelist('inbound', '9800000000', '--at', '2026-06-01');
    await withStore(({ facts }) => facts.record([{ ...stop, number: e164('+919800000000'), at: at('2026-06-02') }]));
    expect(await json('account')).toMatchObject({ counted: 4, unsubscribed: { length: 4 } });
  });

  it('is told of one line, where lines are counted apart', async () => {
    await unsubscribe(4);
    const lines = ['--switch', 'scope=exophone', '--exophone'];
    expect((await json('account', ...lines, '08047112345')).mode).toBe('opt-in');
    expect(await json('account', ...lines, '08047119999')).toMatchObject({ mode: 'opt-out', counted: 0 });
    const other = await whitelist('post', '9876543210', '--exophone', '08047119999', '--switch', 'scope=exophone');
    expect(other.out).toMatch(/^The numbers have been added/);
  });

  it('ends what stood on silence, where the flip is read so', async () => {
    await post('9876543210', '--at', '2026-05-01');
    await unsubscribe(4);
    const asked = ['9876543210', '--at', '2026-05-30'];
    expect((await json('status', ...asked)).status).toBe('whitelist');
    const ended = await json('status', ...asked, '--switch', 'flipEndsStanding=yes');
    expect(ended).toMatchObject({
      status: 'neutral',
      vendor: { Status: 'Neutral' },
      ground: expect.stringMatching(/ended on 2026-05-05$/),
    });
    expect((await json('delete', ...asked, '--switch', 'flipEndsStanding=yes')).result.Redundant).toBe(1);
  });
});

describe('people on the command line', () => {
  it('who call or write to the company are whitelisted for two months', async () => {
    const called = await json('inbound', '9876543210', '--at', '2026-03-15T10:00', '--exophone', '08047112345');
    expect(called).toMatchObject({
      standing: { status: 'whitelist', type: 'customer', expiresAt: '2026-05-15T00:00:00.000+05:30' },
      fact: { kind: 'inbound', channel: 'voice', exophone: '+918047112345', source: 'call', actor: 'caller' },
    });
    expect((await json('inbound', '9812345678', '--sms')).fact.channel).toBe('sms');
    expect((await json('status', '9876543210', '--at', '2026-05-14T23:59')).vendor).toEqual({
      Status: 'Whitelist',
      Type: 'Customer',
      Expiry: 60,
    });
    expect((await json('status', '9876543210', '--at', '2026-05-15')).status).toBe('neutral');
    expect((await json('status', '9876543210', '--at', '2026-05-15', '--switch', 'inboundMonths=6')).status).toBe('whitelist');
  });

  it('who unsubscribed stay so, until an administrator has evidence', async () => {
    await post('9876543210', '--at', '2026-05-01');
    await whitelist('missed-call', '9876543210', '--answered', '--at', '2026-05-02');
    expect((await json('inbound', '9876543210', '--at', '2026-05-03')).standing.status).toBe('blacklist');
    const unblocked = await json('unblock', '9876543210', '--evidence', 'ticket 4711', '--reason', 'asked', '--at', '2026-05-04');
    expect(unblocked).toMatchObject({ standing: { status: 'neutral' }, fact: { evidence: 'ticket 4711', reason: 'asked' } });
    const again = await whitelist('unblock', '9876543210', '--evidence', 'ticket 4711', '--at', '2026-05-05');
    expect({ says: again.error?.message, exitCode: again.exitCode }).toEqual({
      says: '+91 98xxxxx210 is not on the blacklist.',
      exitCode: 1,
    });
  });

  it('who work for the company are whitelisted for good, also by the range of their office', async () => {
    expect((await whitelist('agent', '9876543210')).out).toBe('+919876543210 is an agent of the company.\n');
    expect((await whitelist('status', '9876543210')).out).toMatch(
      /^\+919876543210 is whitelisted for good: it became an agent .*\n.*Type Agent, Expiry -1\n$/,
    );
    expect((await json('agent', '9876543210', '--gone')).fact.whitelist).toEqual({ event: 'agent-removed' });
    expect((await json('status', '9876543210')).status).toBe('neutral');
    expect((await json('agent', '+91 98765 43*')).number).toBe('+919876543*');
    expect((await json('status', '9876543210')).type).toBe('agent');
    expect((await json('status', '9876500000')).status).toBe('neutral');
  });
});

describe('press9 whitelist when the store is in trouble', () => {
  it('keeps a missed call in the journal, fails, and counts it at once', async () => {
    writeFileSync(join(cwd, '.press9'), 'a file where the folder should be');
    const no = await whitelist('missed-call', '9876543210');
    expect(no.exitCode).toBe(1);
    expect(no.error?.message).toContain(`is kept in ${join(cwd, '.press9-optouts.journal.ndjson')} and counts.`);
    expect((await json('status', '9876543210')).status).toBe('blacklist');
  });

  it('adds nobody', async () => {
    writeFileSync(join(cwd, '.press9'), 'a file where the folder should be');
    const { out, exitCode, error } = await post('9876543210');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
    expect(error?.message).toContain('is a file, not a folder');
    expect((await json('status', '9876543210')).status).toBe('neutral');
  });
});

describe('STOP', () => {
  it('unsubscribes from the whitelist too, and counts for the account', async () => {
    await post('9876543210', '--at', '2026-05-01');
    await withStore(({ facts }) => facts.record([stop]));
    expect((await whitelist('status', '9876543210', '--at', '2026-05-11')).out).toMatch(
      /is on the blacklist: it answered STOP on 2026-05-10\.\n/,
    );
    expect((await json('account')).counted).toBe(1);
  });
});
