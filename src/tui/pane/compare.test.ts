import { describe, expect, it } from 'vitest';
import { type Hand, pickUp } from '../../../test/phone/hand.ts';
import { textOf } from '../rows.ts';
import { columns } from '../width.ts';
import { comparePane } from './compare.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

const seen = (hand: Hand, width: number, height = 30): string[] =>
  comparePane(hand.phone.get(), hand.shown(), width, height).map((row) => textOf(row).trimEnd());

/** The caller confirms; in a simulation they are silent. */
async function twice(): Promise<Hand> {
  const hand = await pickUp(REMINDER);
  await hand.wait(12);
  await hand.press('1');
  await hand.wait(10);
  await hand.back(2);
  await hand.press('2');
  await hand.wait(1);
  return hand;
}

describe('two branches', () => {
  it('stand side by side, the lines that differ marked', async () => {
    const hand = await twice();
    await hand.wait(20);
    const lines = seen(hand, 100);
    expect(lines[0]).toMatch(/^call +│ {2}2 at 0:1\d$/);
    const line = (part: string) => lines.find((one) => one.includes(part));
    expect(line('answered')).toMatch(/^0:00 answered +│ {2}0:00 answered$/);
    expect(line('key 1')).toMatch(/^0:1\d key 1 -> confirmed +<> 0:1\d key 2 -> reschedule$/);
    expect(line('Thank you')).toMatch(/^0:1\d Thank you for confirming\. +<> 0:1\d We will call you/);
    expect(line('hung up at bye')).toMatch(/^0:1\d the flow hung up at bye +│ {2}0:\d\d the flow hung up at bye$/);
  });

  it('have only their differences in a narrow pane', async () => {
    const hand = await twice();
    await hand.wait(20);
    const lines = seen(hand, 78);
    expect(lines[0]).toMatch(/^- call {3}\+ 2 at 0:1\d {3}\d differences$/);
    expect(lines.slice(1, 3)).toEqual([
      expect.stringMatching(/^- 0:1\d key 1 -> confirmed$/),
      expect.stringMatching(/^\+ 0:1\d key 2 -> reschedule$/),
    ]);
    expect(lines.join('\n')).not.toContain('answered');
  });

  it('do not differ in what one of them has not come to yet', async () => {
    const hand = await twice();
    const lines = seen(hand, 100);
    expect(lines.find((one) => one.includes('the flow hung up'))).toMatch(/^0:1\d the flow hung up at bye +│$/);
    expect(seen(hand, 78).join('\n')).not.toContain('hung up');
  });

  it('are the same two from the side of the real call, which is whole wherever it was left', async () => {
    const hand = await twice();
    await hand.wait(20);
    const before = seen(hand, 100);
    hand.phone.turnBranch(1);
    hand.phone.toNow();
    expect(hand.branch().name).toBe('call');
    expect(seen(hand, 100)).toEqual(before);
  });

  it('go back by rows', async () => {
    const hand = await twice();
    await hand.wait(20);
    const all = seen(hand, 100, 40);
    expect(seen(hand, 100, 6)).toEqual([all[0], ...all.slice(-5)]);
    hand.phone.look({ scroll: 3 });
    expect(seen(hand, 100, 6)).toEqual([all[0], ...all.slice(-8, -3)]);
  });

  it('keep to their columns', async () => {
    const hand = await pickUp('test/phone/fixtures/wild.xml', { variables: { evil: 'مرحبا\u202e👍🏽 '.repeat(9) } });
    await hand.wait(3);
    await hand.press('5');
    await hand.wait(9);
    await hand.back(1);
    await hand.press('7');
    await hand.wait(9);
    expect(hand.phone.get().branches).toHaveLength(2);
    for (const width of [40, 84, 120]) {
      const rows = comparePane(hand.phone.get(), hand.shown(), width, 40);
      for (const row of rows) expect(columns(textOf(row))).toBeLessThanOrEqual(width);
      const signs = rows.map((row) => row.findIndex(({ text }) => text === ' │  ' || text === ' <> '));
      const places = rows.flatMap((row, i) => ((signs[i] ?? -1) < 0 ? [] : [columns(textOf(row.slice(0, signs[i])))]));
      expect(new Set(places).size).toBe(width < 84 ? 0 : 1);
    }
  });

  it('need another branch', async () => {
    const hand = await pickUp(REMINDER);
    expect(seen(hand, 100)).toEqual(['There is no other branch to compare with.']);
  });
});
