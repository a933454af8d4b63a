import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/tui/rows.ts';
import { screen } from '../../src/tui/screen.ts';
import { columns } from '../../src/tui/width.ts';
import { type Hand, pickUp } from './hand.ts';
import { hit } from './typing.ts';

const FLOWS = ['support-desk', 'appointment-reminder', 'balance-passthru', 'survey'];
const KEYS = [
  ...'0123456789*#adhr[[[[]{}+-xxeebb|yssofcm:?',
  ...['esc', 'space', 'tab', 'shift-tab', 'enter', 'enter', 'up', 'down', 'left', 'back', 'pgup', 'pgdn', 'ctrl-u', 'ctrl-j'],
  ...['200', 'timeout', '{"a":1}', 'नमस्ते', '\u001b', '👩‍👩‍👧'],
];
const SIZES = [
  { columns: 20, rows: 8 },
  { columns: 40, rows: 12 },
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 140, rows: 40 },
];
const MOVES = 120;

/** Throws that look like chance, and are the same every time. */
function dice(seed: number) {
  let state = seed;
  return <T>(sides: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return sides[Math.floor((state / 2 ** 32) * sides.length)] as T;
  };
}

function expectToFit({ phone }: Hand, size: (typeof SIZES)[number]): void {
  const rows = screen(phone.get(), size);
  expect(rows).toHaveLength(size.rows);
  for (const row of rows) expect(columns(textOf(row))).toBeLessThanOrEqual(size.columns);
}

describe('a monkey at the phone', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('breaks nothing, and a simulation sends nothing (%i)', async (seed) => {
    const roll = dice(seed);
    const answers = roll([[], ['GET * => 200 gold']]);
    const agents = ['no-answer', 'answer:3s'];
    const hand = await pickUp(`flows/${roll(FLOWS)}/flow.xml`, { answers, servers: ['* * => 200'], agents, ringing: true });
    let ended: unknown;
    hand.phone.ended.then(
      (how) => (ended = how),
      (error) => (ended = error),
    );
    for (let move = 0; move < MOVES; move++) {
      const known = [hand.sent.length, (await hand.session.listed()).length];
      const simulation = hand.phone.current()?.simulation;
      await hit(hand, roll(KEYS));
      await hand.wait(roll([0, 0, 0.4, 2]));
      expectToFit(hand, roll(SIZES));
      if (simulation && hand.phone.current()?.simulation === simulation)
        expect([hand.sent.length, (await hand.session.listed()).length]).toEqual(known);
    }
    expect(ended).toBeUndefined();
    expect(hand.phone.get().branches.length).toBeGreaterThan(0);
  });
});
