import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemIds } from '../adapters/ids.ts';
import { openStore } from '../adapters/store.ts';
import type { NewFact, PlainFact } from '../core/facts.ts';
import { callId, e164, ms } from '../core/ids.ts';
import { parseInstant } from '../core/time.ts';
import { dncCommand } from './dnc.ts';
import type { Io } from './io.ts';

const CALL = callId('5f0c1d2e3a4b5c6d7e8f9a0b1c2d19co');
const AT = parseInstant('2025-12-24T10:00:05') ?? ms(0);

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-dnc-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

type Ran = { out: string; err: string; exitCode: number; error: Error | undefined };

/** Runs `press9 dnc …` as a person called asha would; a refusal is part of the result. */
async function dnc(...args: readonly string[]): Promise<Ran> {
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
  try {
    await dncCommand(io).parseAsync(args, { from: 'user' });
  } catch (error) {
    ran.error = error as Error;
  }
  return { ...ran, exitCode: (ran.error as { exitCode?: number } | undefined)?.exitCode ?? io.exitCode };
}

/** As a call does it. */
async function optsOut(more: Partial<Omit<PlainFact, 'id' | 'recordedAt'>> = {}): Promise<void> {
  const store = await openStore({ cwd, env: {}, ids: createSystemIds(), now: () => AT });
  const base = { kind: 'opt-out', number: e164('+919876543210'), scope: 'all', source: 'key-press', actor: 'caller' } as const;
  const inCall = { at: AT, key: '9', call: CALL, flow: 'appointment-reminder', node: 'optOut' } as const;
  await store.facts.record([{ ...base, ...inCall, ...more }]);
  await store.close();
}

describe('press9 dnc add and check', () => {
  it('lists a number, however it is spelled, and says which store is used', async () => {
    const added = await dnc('add', "'098765 43210", '--reason', 'asked by mail');
    expect(added).toMatchObject({ out: '+919876543210 is on the list now, for all calls and SMS.\n', exitCode: 0 });
    expect(added.err).toBe(`store: ${join(cwd, '.press9', 'store.db')} (new)\n`);
    const checked = await dnc('check', '+91-9876543210', '9812345678');
    expect(checked.exitCode).toBe(3);
    expect(checked.out.split('\n')).toEqual([
      expect.stringMatching(
        /^\+919876543210 {2}listed since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d IST {2}all calls and SMS {2}was added by hand by asha; reason: asked by mail$/,
      ),
      '+919812345678  not listed',
      '',
    ]);
    expect((await dnc('check', '9812345678')).exitCode).toBe(0);
  });

  it('adds once', async () => {
    await dnc('add', '9876543210');
    const again = await dnc('add', '9876543210', '--scope', 'voice');
    expect(again.out).toMatch(
      /^\+919876543210 is already listed since .* IST, for all calls and SMS: it was added by hand by asha\.\n$/,
    );
    expect(JSON.parse((await dnc('list', '--history', '--json')).out).facts).toHaveLength(1);
  });

  it('adds a wider scope, another campaign, and a complaint about a number listed by hand', async () => {
    await dnc('add', '9876543210', '--scope', 'sms');
    await dnc('add', '9876543210', '--campaign', 'diwali');
    await dnc('add', '9876543210', '--campaign', 'holi');
    await dnc('add', '9876543210');
    await dnc('add', '9876543210', '--source', 'complaint');
    await dnc('add', '9876543210', '--source', 'complaint');
    const { numbers } = JSON.parse((await dnc('check', '9876543210', '--json')).out);
    expect(numbers[0].facts.map((fact: PlainFact) => fact.campaign ?? fact.scope)).toEqual([
      'sms',
      'diwali',
      'holi',
      'all',
      'all',
    ]);
  });

  it('tells of a person’s own opt-out: since when, by which key, in which call', async () => {
    await optsOut();
    const { out, exitCode } = await dnc('check', '9876543210');
    expect(exitCode).toBe(3);
    expect(out).toBe(
      '+919876543210  listed since 2025-12-24 10:00:05 IST  all calls and SMS  ' +
        `pressed 9 in call ${CALL} (flow appointment-reminder)\n`,
    );
  });

  it.each([
    [['add', '98765'], '"98765" is no phone number: an Indian number has 10 digits, this one 5.'],
    [['check', '9876543210', '9876543210.0'], '"98xxxxx210.0" is no phone number: a spreadsheet has made it a decimal number'],
    [['add', '9876543210', '--scope', 'campaign'], '--scope campaign needs --campaign NAME'],
    [['add', '9876543210', '--scope', 'sms', '--campaign', 'x'], '--campaign does not go with --scope sms'],
    [['add', '9876543210', '--until', 'friday'], '--until "friday" is no instant'],
    [['add', '9876543210', '--until', '2099-01-01', '--source', 'complaint'], '--until does not go with a complaint'],
    [['add', '+91*'], '"+91*" is no phone number'],
    [['add', '9876543210', '--country', 'XX'], '--country XX is no country code'],
    [['list', '--store', ''], '--store is empty'],
  ])('refuses %j as a usage mistake, before anything is written', async (args, says) => {
    const { error, exitCode, out } = await dnc(...args);
    expect(error?.message).toContain(says);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(existsSync(join(cwd, '.press9'))).toBe(false);
  });

  it('reads numbers of another country when told', async () => {
    expect((await dnc('add', '(415) 555-2671', '--country', 'us')).out).toContain('+14155552671 is on the list now');
  });
});

describe('press9 dnc add with an end, or for a prefix', () => {
  it('lists up to its end, and says so', async () => {
    const { out } = await dnc('add', '9876543210', '--until', '2099-12-31');
    expect(out).toBe('+919876543210 is on the list now, for all calls and SMS, until 2099-12-31 00:00:00 IST.\n');
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
  });

  it('does not take an entry that has ended, or will, for one that stays', async () => {
    await optsOut({ source: 'manual', expiresAt: AT });
    expect((await dnc('check', '9876543210')).out).toBe('+919876543210  not listed\n');
    expect((await dnc('list', '--history')).out).toMatch(/ {2}ended {2}all calls and SMS {2}was added by hand/);
    expect((await dnc('remove', '9876543210')).error?.message).toContain('is not on the list');
    for (const until of [['--until', '2098-01-01'], ['--until', '2099-01-01'], []])
      expect((await dnc('add', '9876543210', ...until)).out).toContain('is on the list now');
    expect((await dnc('add', '9876543210', '--until', '2097-01-01')).out).toContain('is already listed');
  });

  it('lists every number that begins with a prefix; one is taken out of it with evidence', async () => {
    const added = await dnc('add', '+91 98765*', '--source', 'agent');
    expect(added.out).toBe('Every number that begins with +9198765 is on the list now, for all calls and SMS.\n');
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
    const bare = await dnc('remove', '9876543210');
    expect(bare.error?.message).toBe('+91 98xxxxx210 is listed with every number that begins with +9198765.');
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
    await dnc('remove', '9876543210', '--reason', 'asked for calls', '--evidence', 'ticket 4711');
    expect((await dnc('check', '9876543210')).exitCode).toBe(0);
    expect((await dnc('check', '9876500000')).exitCode).toBe(3);
    expect((await dnc('remove', '+9198765*')).exitCode).toBe(0);
    expect((await dnc('check', '9876500000')).exitCode).toBe(0);
  });

  it('keeps a number that is added by itself when the prefix is lifted', async () => {
    await dnc('add', '+9198765*');
    expect((await dnc('add', '9876543210')).out).toContain('+919876543210 is on the list now');
    await dnc('remove', '+9198765*');
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
  });

  it('lifts a prefix by its own name, not one within it', async () => {
    await dnc('add', '+9198765*');
    expect((await dnc('remove', '+91987654*')).error?.message).toBe('+91987654* is not on the list.');
  });
});

describe('press9 dnc remove', () => {
  it('takes an entry made by hand off without more ado, and says what it lifted', async () => {
    await dnc('add', '9876543210', '--scope', 'voice');
    const { out, exitCode } = await dnc('remove', '9876543210');
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^\+919876543210 is off the list\. Lifted:\n {2}\+919876543210 {2}since .* IST {2}calls {2}was added by hand by asha\n$/,
    );
    expect((await dnc('check', '9876543210')).out).toBe('+919876543210  not listed\n');
  });

  it.each(['key-press', 'sms-stop', 'missed-call', 'complaint'] as const)(
    'wants a reason and evidence for a person’s own %s',
    async (source) => {
      await optsOut({ source });
      for (const half of [[], ['--reason', 'asked again'], ['--evidence', 'ticket 4711'], ['--reason', ' ', '--evidence', 'x']]) {
        const { error, exitCode } = await dnc('remove', '9876543210', ...half);
        expect(error?.message).toMatch(/^\+91 98xxxxx210 opted out themselves .*only they can take it back\.$/);
        expect(exitCode).toBe(2);
        expect((await dnc('check', '9876543210')).exitCode).toBe(3);
      }
      const { exitCode } = await dnc('remove', '9876543210', '--reason', 'asked again', '--evidence', 'ticket 4711');
      expect(exitCode).toBe(0);
      expect((await dnc('check', '9876543210')).exitCode).toBe(0);
    },
  );

  it('erases nothing: the story stays on record', async () => {
    await optsOut();
    const removed = await dnc('remove', '9876543210', '--reason', 'asked again', '--evidence', 'ticket 4711', '--json');
    const { lifted, fact } = JSON.parse(removed.out);
    expect(fact).toMatchObject({ kind: 'opt-in', supersedes: [lifted[0].id], reason: 'asked again', evidence: 'ticket 4711' });
    const story = (await dnc('list', '--history')).out.split('\n');
    expect(story[0]).toMatch(/opt-in .*was taken off by asha; reason: asked again; evidence: ticket 4711$/);
    expect(story[1]).toMatch(/^\+919876543210 {2}2025-12-24 10:00:05 IST {2}lifted {2}all calls and SMS {2}pressed 9/);
    await optsOut({ at: ms(AT + 1000) });
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
  });

  it('says so when the number is not on the list', async () => {
    const { error, exitCode } = await dnc('remove', '9876543210');
    expect({ says: error?.message, exitCode }).toEqual({ says: '+91 98xxxxx210 is not on the list.', exitCode: 1 });
  });
});

describe('press9 dnc list and search', () => {
  it('lists who is on the list, one a line, newest first', async () => {
    expect((await dnc('list')).out).toBe('Nobody is on the list.\n');
    await optsOut();
    await dnc('add', '9812345678');
    await dnc('add', '9800000000');
    await dnc('remove', '9800000000');
    const numbers = ({ out }: Ran) => out.match(/^\+\d+/gm);
    expect(numbers(await dnc('list'))?.toSorted()).toEqual(['+919812345678', '+919876543210']);
    expect(numbers(await dnc('list', '--limit', '1'))).toHaveLength(1);
  });

  it('tells every kind of fact in its own words, and lists none but opt-outs', async () => {
    const store = await openStore({ env: {}, cwd, ids: createSystemIds(), now: () => AT });
    const of = { number: '+919876543210', scope: 'all', source: 'call', at: AT, actor: 'asha' } as const;
    const NONE = { modes: [], days: [], bandsOff: [], bandsOn: [] } as const;
    await store.facts.record([
      { ...of, kind: 'contacted', channel: 'voice', class: 'SI' },
      { ...of, kind: 'inbound', channel: 'sms' },
      { ...of, kind: 'whitelist', source: 'api', whitelist: { event: 'delete' } },
      { ...of, kind: 'consent', source: 'web', consent: { basis: 'explicit', purpose: 'offers', category: 2 } },
      { ...of, kind: 'revocation', source: 'form' },
      { ...of, kind: 'listing', source: 'registry', preference: { block: 'promo', categories: [], ...NONE } },
      { ...of, kind: 'complaint', source: 'complaint', evidence: 'ticket 4711' },
    ] as NewFact[]);
    await store.close();
    expect((await dnc('list')).out).toBe('Nobody is on the list.\n');
    const told = (await dnc('list', '--history')).out.trimEnd().split('\n');
    expect(told.map((line) => line.split(/ {2,}/).slice(2).join(' | '))).toEqual([
      'complaint | complained; evidence: ticket 4711',
      'register | promotion is blocked | was found in the register',
      'leave taken back | all calls and SMS | said so in a form',
      'leave | explicit for offers category 2, all calls and SMS | said so on a website',
      'whitelist | the company took it off the whitelist',
      'inbound | wrote to the company',
      'contacted | service-implicit | was called',
    ]);
  });

  it('finds texts as they stand, and numbers in any spelling', async () => {
    await dnc('add', '9876543210', '--reason', '100% sure_now');
    await dnc('add', '9812345678', '--reason', 'plain');
    const found = async (text: string) => (await dnc('search', text)).out.match(/^\+\d+/gm);
    expect(await found('%')).toEqual(['+919876543210']);
    expect(await found('_')).toEqual(['+919876543210']);
    expect(await found("' OR 1=1")).toBeNull();
    expect(await found('PLAIN')).toEqual(['+919812345678']);
    expect(await found('098123-45678')).toEqual(['+919812345678']);
    expect((await dnc('search', 'nothing')).out).toBe('Nothing found.\n');
  });

  it('prints one stable object with --json', async () => {
    await optsOut();
    const { out, err } = await dnc('list', '--json');
    expect(err).toMatch(/^store: /);
    expect(out.trimEnd()).not.toContain('\n');
    expect(JSON.parse(out)).toEqual({
      facts: [
        {
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          kind: 'opt-out',
          number: '+919876543210',
          scope: 'all',
          source: 'key-press',
          at: '2025-12-24T10:00:05.000+05:30',
          recordedAt: '2025-12-24T10:00:05.000+05:30',
          actor: 'caller',
          call: CALL,
          flow: 'appointment-reminder',
          node: 'optOut',
          key: '9',
          inForce: true,
        },
      ],
    });
  });

  it('lets no control character of a stored text reach the terminal', async () => {
    await dnc('add', '9876543210', '--reason', 'a\u001b[31mred\nnext\u202eline');
    expect((await dnc('list')).out).toMatch(/reason: a \[31mred next line\n$/);
  });
});

describe('press9 dnc when the store is in trouble', () => {
  it('keeps the opt-out in the journal, fails, and counts it at once', async () => {
    writeFileSync(join(cwd, '.press9'), 'a file where the folder should be');
    const journal = join(cwd, '.press9-optouts.journal.ndjson');
    const added = await dnc('add', '9876543210');
    expect(added.exitCode).toBe(1);
    expect(added.out).toBe('');
    expect(added.error?.message).toContain(`is a file, not a folder. The opt-out is kept in ${journal} and counts.`);
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
    expect((await dnc('remove', '9876543210')).error?.message).toContain('is a file, not a folder');
    rmSync(join(cwd, '.press9'));
    const healthy = await dnc('check', '9876543210');
    expect(healthy.err).toContain('note: 1 journalled opt-out was taken over into the store.');
    expect(healthy.exitCode).toBe(3);
    expect(existsSync(journal)).toBe(false);
  });

  it('answers nothing from a store it cannot read', async () => {
    mkdirSync(join(cwd, '.press9'));
    writeFileSync(join(cwd, '.press9', 'store.db'), 'no database '.repeat(100));
    const { error, exitCode, out } = await dnc('check', '9876543210');
    expect(error?.message).toContain(`${join(cwd, '.press9', 'store.db')} cannot be read`);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });
});
