import { describe, expect, it } from 'vitest';
import { factsOf, MIX, pressesOf } from '../bench/appointment.ts';
import type { Goal } from '../bench/benchmark.ts';
import { benchmarkNames, loadBenchmark, parseArguments } from '../bench/catalogue.ts';
import { interleaved, median } from '../bench/measure.ts';
import { type Program, programs } from '../bench/programs.ts';
import { toJson, toRow, toTable } from '../bench/report.ts';
import type { Logged } from '../src/core/event.ts';

const CALLS = [...Array(2 * MIX.length).keys()];
const play = (program: Program, i: number) => programs[program](i, factsOf(i));
const states = (log: readonly Logged[]) => log.flatMap(({ e }) => (e.type === 'applet.entered' ? [e.node] : []));

describe('the baselines of engine-calls', () => {
  it.each(['actor', 'table'] as const)(
    'the %s goes through the same states with the same events at the same times',
    async (program) => {
      for (const i of CALLS) {
        const [ours, theirs] = [await play('ours', i), await play(program, i)];
        expect(states(theirs)).toEqual(states(ours));
        expect(theirs).toHaveLength(ours.length);
        expect(theirs).toEqual(ours);
      }
    },
  );

  it('play calls that opt out, confirm, press a wrong key and let a try pass in silence', async () => {
    const logs = await Promise.all(CALLS.map((i) => play('ours', i)));
    const types = logs.map((log) =>
      log.map(({ e }) => (e.type === 'key' ? `key ${e.was}` : e.type === 'timer.fired' ? e.timer : '')),
    );
    expect(logs.filter((log) => states(log).includes('removed' as never))).toHaveLength(4);
    expect(logs.filter((log) => states(log).includes('confirmed' as never))).toHaveLength(4);
    expect(types.filter((of) => of.includes('key not-offered'))).toHaveLength(4);
    expect(types.filter((of) => of.includes('waiting'))).toHaveLength(2);
    for (const [i, log] of logs.entries()) {
      expect(log.at(-1)?.e).toEqual({ type: 'ended', why: { by: 'flow', node: 'bye' } });
      expect(log.filter(({ e }) => e.type === 'input' && e.input.type === 'digit')).toHaveLength(pressesOf(i).length);
    }
  });
});

describe('the harness', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 9, 1, 2])).toBe(5.5);
    expect(() => median([])).toThrow();
  });

  it('measures program after program, five times over, and keeps the medians', async () => {
    const order: string[] = [];
    const values = { a: [5, 1, 2, 900, 3], b: [10, 30, 20, 50, 40] };
    const medians = await interleaved(['a', 'b'], async (name) => {
      order.push(name);
      return values[name][order.filter((one) => one === name).length - 1] as number;
    });
    expect(order.join(' ')).toBe('a b a b a b a b a b');
    expect(medians).toEqual({ a: 3, b: 30 });
  });

  const measured = { against: 'them', unit: 'calls/s', ours: 300_000, theirs: 20_000, judged: true };
  const row = (goal: Goal, changes = {}) => toRow('it', goal, { ...measured, ...changes });

  it('divides ours by theirs, and holds a speed to "at least", a cost to "at most"', () => {
    expect(row({ ratio: 15, sense: 'at-least' })).toMatchObject({ ratio: 15, goal: 15, holds: true });
    expect(row({ ratio: 15.1, sense: 'at-least' }).holds).toBe(false);
    expect(row({ ratio: 15, sense: 'at-most' }).holds).toBe(true);
    expect(row({ ratio: 14.9, sense: 'at-most' }).holds).toBe(false);
  });

  it('judges the ratio itself, not what is left of it after rounding', () => {
    expect(row({ ratio: 10, sense: 'at-least' }, { ours: 99_999_9, theirs: 100_000 })).toMatchObject({ ratio: 10, holds: false });
  });

  it('has neither goal nor verdict where nothing was promised', () => {
    expect(row({ ratio: 15, sense: 'at-least' }, { judged: false })).toMatchObject({ ratio: 15, goal: null, holds: null });
  });

  it('prints one object a line, with these fields in this order', () => {
    expect(toJson(row({ ratio: 10, sense: 'at-least' }, { ours: 123_456.7, theirs: 10_000 }))).toBe(
      '{"name":"it","value":123457,"unit":"calls/s","against":"them","ratio":12.35,"goal":10,"holds":true}',
    );
  });

  it('prints a table that says which way each goal points', () => {
    const rows = [row({ ratio: 10, sense: 'at-least' }), { ...row({ ratio: 0.5, sense: 'at-most' }), name: 'other' }];
    const senses = new Map<string, Goal['sense']>([
      ['it', 'at-least'],
      ['other', 'at-most'],
    ]);
    const lines = toTable(rows, senses).split('\n');
    expect(lines.at(-2)).toMatch(/^it +300,000 +calls\/s +them +15x +>= 10x +yes$/);
    expect(lines.at(-1)).toMatch(/^other +300,000 +calls\/s +them +15x +<= 0\.5x +NO$/);
  });
});

describe('the command', () => {
  it('knows each benchmark by the name of its file', async () => {
    expect(benchmarkNames).toEqual(
      expect.arrayContaining(['cli-start', 'engine-calls', 'phone-first-frame', 'waiting-call-memory']),
    );
    for (const name of benchmarkNames) expect((await loadBenchmark(name)).goal.ratio).toBeGreaterThan(0);
  });

  it('runs all of them unless some are named, and each once', () => {
    expect(parseArguments([], ['a', 'b'])).toEqual({ ok: true, names: ['a', 'b'], json: false });
    expect(parseArguments(['b', '--json', 'b'], ['a', 'b'])).toEqual({ ok: true, names: ['b'], json: true });
  });

  it('lists the names when one is unknown', () => {
    const wanted = parseArguments(['a', 'engine', '--fast'], ['a', 'b']);
    expect(wanted).toEqual({
      ok: false,
      says: 'No benchmark is called "engine", "--fast". There are: a, b. Options: --json.',
    });
  });
});
