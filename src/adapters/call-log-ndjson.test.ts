import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallEvent, CallFacts, Logged } from '../core/event.ts';
import { callId, e164, ms, nodeId } from '../core/ids.ts';
import { createFileLog, createNdjsonLog, parseRecording } from './call-log-ndjson.ts';

const CALL = callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d219co');
const FACTS: CallFacts = {
  call: CALL,
  direction: 'outbound',
  customer: e164('+919876543210'),
  exophone: e164('+918047112233'),
  asked: 'flow',
  class: 'SI',
  flow: 'appointment-reminder',
  file: 'flow.xml',
  contact: { name: 'Asha "A" Rao\n', '': 'नमस्ते' },
  variables: {},
  customField: 'visit-42',
  ringFor: ms(30_000),
  timeLimit: ms(14_400_000),
  seed: 7,
};

const logOf = (...events: CallEvent[]): Logged[] =>
  events.map((e, i) => ({ call: CALL, seq: i + 1, at: ms(1_795_322_700_123 + i), e }));
const started: CallEvent = { type: 'started', facts: FACTS };

function written(log: readonly Logged[]): string {
  let text = '';
  const out = createNdjsonLog((line) => {
    text += line;
  });
  for (const logged of log) out.append(logged);
  return text;
}

describe('a recording', () => {
  it('has one flat event a line, in Indian time, with numbers whole', () => {
    const entered = { type: 'applet.entered', flow: 'appointment-reminder', node: nodeId('welcome') } as const;
    const [first = '', second = '', rest] = written(logOf(started, entered)).split('\n');
    expect(JSON.parse(first)).toEqual({ call: CALL, seq: 1, at: '2026-11-22T10:15:00.123+05:30', type: 'started', facts: FACTS });
    expect(second).toBe(
      `{"call":"${CALL}","seq":2,"at":"2026-11-22T10:15:00.124+05:30","type":"applet.entered","flow":"appointment-reminder","node":"welcome"}`,
    );
    expect(rest).toBe('');
  });

  it('reads back as it was, whatever was logged', () => {
    const word = fc.string({ unit: 'binary', maxLength: 20 });
    const event: fc.Arbitrary<CallEvent> = fc.oneof(
      fc.record({ type: fc.constant('saved' as const), name: word, value: word }),
      fc.record({ type: fc.constant('digits.accepted' as const), digits: word }),
      fc.record({ type: fc.constant('timer.set' as const), timer: word, ms: fc.nat().map(ms) }),
      fc.record({
        type: fc.constant('ended' as const),
        why: fc.record({ by: fc.constant('flow' as const), node: word.map(nodeId) }),
      }),
      fc.record({
        type: fc.constant('input' as const),
        input: fc.record({
          type: fc.constant('fetch.answered' as const),
          method: fc.constantFrom('GET' as const, 'HEAD' as const),
          id: fc.nat(),
          status: fc.integer({ min: 200, max: 599 }),
          body: word,
          contentType: word,
        }),
      }),
      fc.record({
        type: fc.constant('delivery' as const),
        what: fc.constantFrom('callback' as const, 'webhook' as const),
        id: word,
        url: word,
        attempt: fc.nat(),
        result: fc.oneof(fc.nat(599), fc.constant('timeout' as const)),
        ok: fc.boolean(),
      }),
    );
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) }).map(ms);
    const entry = fc.record({ at: instant, e: event });
    const recording = fc.tuple(instant, fc.array(entry)).map(([at, rest]): Logged[] => {
      return [{ at, e: started }, ...rest].map((logged, i) => ({ call: CALL, seq: i + 1, ...logged }));
    });
    fc.assert(
      fc.property(recording, fc.constantFrom('\n', '\r\n'), (log, newline) => {
        const text = written(log).replaceAll('\n', newline);
        expect(parseRecording(text)).toEqual({ ok: true, log });
      }),
    );
  });

  const lines = written(logOf(started, { type: 'saved', name: 'slot', value: '3' }, { type: 'timer.fired', timer: 'wait' }))
    .trim()
    .split('\n');

  it.each<[string, string[], number, string]>([
    ['nothing', [], 1, 'it is empty'],
    ['a line that was cut off', [lines[0] ?? '', lines[1]?.slice(0, 60) ?? ''], 2, 'it is not complete JSON'],
    ['a hole', [lines[0] ?? '', lines[2] ?? ''], 2, 'event 2 should be here, but "seq" says 3'],
    ['a beginning that is missing', [(lines[1] ?? '').replace('"seq":2', '"seq":1')], 1, 'begins with "started"'],
    ['a list', ['[1]'], 1, 'it is not an object'],
    [
      'a foreign event',
      [(lines[0] ?? '').replace('"type":"started"', '"type":"constructor"')],
      1,
      '"constructor" is no type of event',
    ],
    [
      'a field that is missing',
      [lines[0] ?? '', '', (lines[1] ?? '').replace('"value"', '"valeu"')],
      3,
      'a "saved" must have "value"',
    ],
    ['a field of another type', [lines[0] ?? '', (lines[1] ?? '').replace('"3"', '3')], 2, '"value" must be of type string'],
    ['a day that never was', [(lines[0] ?? '').replace('2026-11-22T', '2026-02-30T')], 1, '"at" must be an instant'],
    ['two calls', [lines[0] ?? '', (lines[1] ?? '').replace(CALL, 'another')], 2, 'another call begins here'],
  ])('with %s is refused at its line', (_what, text, line, says) => {
    expect(parseRecording(text.join('\n'), 'call.ndjson')).toEqual({
      ok: false,
      problem: expect.objectContaining({ at: { file: 'call.ndjson', line, column: 1 }, says: expect.stringContaining(says) }),
    });
  });
});

describe('a recording in a file', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });
  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'press9-log-'));
    folders.push(path);
    return path;
  }

  it('belongs to its owner alone, replaces what was there, and is on disk as soon as it happens', async () => {
    const path = join(await folder(), 'call.ndjson');
    await writeFile(path, 'something older\n', { mode: 0o644 });
    const log = createFileLog(path);
    for (const logged of logOf(started)) log.append(logged);
    expect(parseRecording(await readFile(path, 'utf8'))).toEqual({ ok: true, log: logOf(started) });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await log.close();
  });

  it('says why it cannot be made', async () => {
    const path = await folder();
    expect(() => createFileLog(path)).toThrow('it is a folder');
    expect(() => createFileLog(join(path, 'missing', 'call.ndjson'))).toThrow('its folder does not exist');
  });

  it.skipIf(!existsSync('/dev/full'))('lets the call go on when the disk is full, and says so at the end', async () => {
    const log = createFileLog('/dev/full');
    for (const logged of logOf(started)) log.append(logged);
    await expect(log.close()).rejects.toThrow('The recording /dev/full is incomplete: the disk is full.');
  });
});
