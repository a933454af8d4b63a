import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemIds } from '../adapters/ids.ts';
import { openStore } from '../adapters/store.ts';
import { auditOfVerdict } from '../core/audit.ts';
import type { Verdict } from '../core/facts.ts';
import { callId, e164, ms } from '../core/ids.ts';
import { parseInstant } from '../core/time.ts';
import { dncCommand } from './dnc.ts';
import type { Io } from './io.ts';

const ASHA = e164('+919876543210');
const CALL = callId('5f0c1d2e3a4b5c6d7e8f9a0b1c2d19co');
const AT = parseInstant('2025-12-24T10:00:05') ?? ms(0);

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-audit-'));
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

const BLOCKED: Verdict = {
  verdict: 'block',
  reasons: [{ code: 'OPTED_OUT', says: '', facts: [], rule: { id: 'dnc-own', source: { grade: 'SRC', title: 'x' } } }],
  warnings: [],
};

/** Asha presses 9, and is called again: both on one day of December. */
async function pressesNine(): Promise<void> {
  const store = await openStore({ cwd, env: {}, ids: createSystemIds(), now: () => AT });
  const inCall = { at: AT, key: '9', call: CALL, flow: 'appointment-reminder', node: 'optOut' } as const;
  await store.facts.record([{ kind: 'opt-out', number: ASHA, scope: 'all', source: 'key-press', actor: 'caller', ...inCall }]);
  const contact = { number: ASHA, channel: 'voice', class: 'SI', campaign: 'november' } as const;
  await store.audit.append([auditOfVerdict(contact, BLOCKED, { at: AT, actor: 'press9 run' })]);
  await store.close();
}

const path = () => join(cwd, '.press9', 'store.db');
const jsonLines = (file: string) =>
  readFileSync(join(cwd, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

function behindOurBack(sql: string): void {
  const db = new DatabaseSync(path());
  db.exec(`DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_erased; ${sql}`);
  db.close();
}

describe('press9 dnc audit', () => {
  it('tells who did what, and what was held back, with numbers masked', async () => {
    await pressesNine();
    expect((await dnc('audit')).out).toBe(
      `1  2025-12-24 10:00:05 IST  caller      add     +91 98xxxxx210  all calls and SMS; pressed 9; call ${CALL}; flow appointment-reminder\n` +
        '2  2025-12-24 10:00:05 IST  press9 run  decide  +91 98xxxxx210  BLOCK; OPTED_OUT (dnc-own); voice SI; campaign november\n',
    );
  });

  it('tells of one number, and of what was recorded since an instant', async () => {
    await pressesNine();
    await dnc('add', '9812345678', '--reason', 'asked by mail from 9876543210');
    expect((await dnc('audit', '--number', '98123 45678')).out).toMatch(
      /^3 .* asha {2}add {2}\+91 98xxxxx678 {2}all calls and SMS; manual; asked by mail from 98xxxxx210\n$/,
    );
    expect((await dnc('audit', '--since', '2025-12-25')).out.split('\n')).toHaveLength(2);
    expect((await dnc('audit', '--number', '9800000000')).out).toBe('Nothing is in the audit.\n');
  });

  it('prints all of it as one object, numbers in full', async () => {
    await pressesNine();
    const { entries, head } = JSON.parse((await dnc('audit', '--json')).out);
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({ seq: 1, number: ASHA, at: '2025-12-24T10:00:05.000+05:30', body: { key: '9' } });
    expect(head).toEqual({ store: expect.any(String), seq: 2, hash: entries[1].hash });
  });

  it.each([
    [['--since', 'yesterday'], '--since "yesterday" is no instant'],
    [['--number', '98765'], '"98765" is no phone number'],
    [['--verify', '--number', '9876543210'], '--verify checks the whole chain'],
    [['--head', 'x'], '--head goes with --verify'],
    [['--verify', '--head', 'nowhere.head'], 'nowhere.head cannot be read'],
    [['--export', 'x', '--json'], '--export writes JSON lines by itself'],
  ])('refuses %j as a usage mistake', async (args, says) => {
    const { error, exitCode } = await dnc('audit', ...args);
    expect(error?.message).toContain(says);
    expect(exitCode).toBe(2);
    expect(existsSync(join(cwd, '.press9'))).toBe(false);
  });
});

describe('press9 dnc audit --verify', () => {
  it('says that the chain is whole, and where it ends', async () => {
    await pressesNine();
    const { out, err, exitCode } = await dnc('audit', '--verify');
    expect({ out, exitCode }).toEqual({
      out: expect.stringMatching(/^2 entries, chain whole, head 2 [0-9a-f]{64}\n$/),
      exitCode: 0,
    });
    expect(err).not.toContain('note');
  });

  it('says what is wrong and where, with exit code 1', async () => {
    await pressesNine();
    behindOurBack("UPDATE audit SET body = replace(body, 'SI', 'T') WHERE seq = 2");
    const { out, exitCode } = await dnc('audit', '--verify');
    expect(out).toMatch(/^entry 2 was changed\n2 entries, 1 problem, head 2 [0-9a-f]{64}\n$/);
    expect(exitCode).toBe(1);
    const { whole, problems } = JSON.parse((await dnc('audit', '--verify', '--json')).out);
    expect({ whole, problems }).toEqual({ whole: false, problems: [{ what: 'changed', seq: 2, says: 'was changed' }] });
  });

  it('sees an end that was cut off by the head beside the store, or by an export when that is gone too', async () => {
    await pressesNine();
    await dnc('audit', '--export', 'copy.ndjson');
    behindOurBack('DELETE FROM audit WHERE seq > 1');
    expect((await dnc('audit', '--verify')).out).toContain('entries 2 to 3 are missing: the end was cut off\n');
    rmSync(`${path()}.head`);
    const blind = await dnc('audit', '--verify');
    expect(blind).toMatchObject({ exitCode: 0, err: expect.stringContaining('note: no head was kept elsewhere') });
    expect((await dnc('audit', '--verify', '--head', 'copy.ndjson')).out).toContain('entries 2 to 3 are missing');
  });

  it('takes no other file for a head', async () => {
    writeFileSync(join(cwd, 'list.csv'), 'number\n9876543210\n');
    const { error, exitCode } = await dnc('audit', '--verify', '--head', 'list.csv');
    expect(error?.message).toContain('does not end with the head of an audit chain');
    expect(exitCode).toBe(2);
  });
});

describe('press9 dnc audit --export', () => {
  it('writes a line an entry for the owner alone, itself included, and the head last', async () => {
    await pressesNine();
    const { out } = await dnc('audit', '--export', 'copy.ndjson');
    const lines = jsonLines('copy.ndjson');
    expect(lines.map(({ action }) => action)).toEqual(['add', 'decide', 'export', undefined]);
    expect(lines.at(-1)).toEqual({ head: { store: expect.any(String), seq: 3, hash: lines[2].hash } });
    expect(out).toBe(`3 entries in ${join(cwd, 'copy.ndjson')}, head 3 ${lines[2].hash}\n`);
    expect(statSync(join(cwd, 'copy.ndjson')).mode & 0o777).toBe(0o600);
  });

  it('leaves what was there when it cannot be written', async () => {
    await pressesNine();
    const { error, exitCode } = await dnc('audit', '--export', 'no/such/folder.ndjson');
    expect(error?.message).toContain('folder.ndjson cannot be written');
    expect(exitCode).toBe(1);
    expect((await dnc('audit', '--verify')).exitCode).toBe(0);
  });

  it.runIf(existsSync('/dev/full'))('says that the disk is full', async () => {
    await pressesNine();
    const { error, exitCode } = await dnc('audit', '--export', '/dev/full');
    expect({ says: error?.message, exitCode }).toEqual({ says: '/dev/full cannot be written: the disk is full.', exitCode: 1 });
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });
});

describe('press9 dnc erase', () => {
  const ERASE = ['erase', '9876543210', '--reason', 'asked to be erased', '--evidence', 'letter of 3 May'];

  it('forgets the number and keeps the block', async () => {
    await pressesNine();
    const { out, err, exitCode } = await dnc(...ERASE);
    expect({ out, exitCode }).toEqual({
      out:
        '+91 98xxxxx210 is erased from 1 fact, 2 audit entries and 0 posts.\n' +
        'Still blocked, known by a salted hash: all calls and SMS.\n',
      exitCode: 0,
    });
    expect(err).toContain('note: logs, exports and recordings that were written elsewhere are not touched.');
    expect((await dnc('list')).out).toMatch(/^erased:[0-9a-f]{32} {2}since 2025-12-24/);
    expect((await dnc('check', '9876543210')).exitCode).toBe(3);
    expect((await dnc('audit', '--number', '9876543210')).out.split('\n').map((line) => line.split(/ {2,}/).slice(3, 5))).toEqual(
      [['add', 'erased'], ['decide', 'erased'], ['erase', 'erased'], []],
    );
    expect((await dnc('audit', '--verify')).exitCode).toBe(0);
    expect(readFileSync(path()).includes('9876543210')).toBe(false);
  });

  it('is as good as done when it was done before', async () => {
    await pressesNine();
    await dnc(...ERASE);
    const { out, exitCode } = await dnc(...ERASE);
    expect(out).toMatch(/^\+91 98xxxxx210 was erased before\.\nStill blocked/);
    expect(exitCode).toBe(0);
  });

  it('tells a program how much there was', async () => {
    await pressesNine();
    const { out } = await dnc(...ERASE, '--json');
    expect(JSON.parse(out)).toEqual({ number: ASHA, facts: 1, entries: 2, posts: 0, givenUp: 0, blocked: true });
  });

  it('needs a reason and evidence, and somebody on record', async () => {
    const bare = await dnc('erase', '9876543210', '--reason', ' ');
    expect(bare.error?.message).toBe('To erase a person needs --reason and --evidence: it cannot be undone.');
    expect(bare.exitCode).toBe(2);
    const unknown = await dnc(...ERASE);
    expect(unknown.error?.message).toBe('Nothing is on record of +91 98xxxxx210.');
    expect(unknown.exitCode).toBe(1);
  });
});
