import { describe, expect, it } from 'vitest';
import { ms } from '../../src/core/ids.ts';
import type { Clock } from '../../src/core/ports.ts';

/** A clock under test, and how to let time pass on it. */
export type ClockUnderTest = { clock: Clock; pass: (by: number) => Promise<void> };

/** What every clock promises. Times are in its own milliseconds and far enough apart for a real timer. */
export function clockContract(make: () => ClockUnderTest): void {
  const fromNow = ({ clock }: ClockUnderTest, by: number) => ms(clock.now() + by);

  describe('as every clock', () => {
    it('rings once, and never before its time', async () => {
      const tested = make();
      const due = fromNow(tested, 200);
      const rang: number[] = [];
      tested.clock.alarm(due, () => rang.push(tested.clock.now()));
      await tested.pass(900);
      expect(rang).toHaveLength(1);
      expect(rang[0]).toBeGreaterThanOrEqual(due);
    });

    it('rings in the order of due times, and alarms due together in the order they were set', async () => {
      const tested = make();
      const rang: string[] = [];
      const [soon, late] = [fromNow(tested, 200), fromNow(tested, 400)];
      tested.clock.alarm(late, () => rang.push('late, set first'));
      tested.clock.alarm(soon, () => rang.push('soon'));
      tested.clock.alarm(late, () => rang.push('late, set last'));
      await tested.pass(900);
      expect(rang).toEqual(['soon', 'late, set first', 'late, set last']);
    });

    it('never rings what was cancelled, also when another alarm cancels it', async () => {
      const tested = make();
      const rang: string[] = [];
      const due = fromNow(tested, 200);
      tested.clock.alarm(due, () => stop());
      const stop = tested.clock.alarm(due, () => rang.push('cancelled while ringing'));
      tested.clock.alarm(due, () => rang.push('before'))();
      tested.clock.alarm(due, () => rang.push('kept'));
      await tested.pass(900);
      expect(rang).toEqual(['kept']);
    });

    it('takes an alarm in the past for one that is due now, and does not ring it before it returns', async () => {
      const tested = make();
      const rang: number[] = [];
      tested.clock.alarm(ms(tested.clock.now() - 5000), () => rang.push(tested.clock.now()));
      expect(rang).toEqual([]);
      await tested.pass(500);
      expect(rang).toHaveLength(1);
    });

    it('lets an alarm set another, and never goes back in time', async () => {
      const tested = make();
      const seen: number[] = [tested.clock.now()];
      const again = () => {
        seen.push(tested.clock.now());
        if (seen.length < 5) tested.clock.alarm(fromNow(tested, 100), again);
      };
      tested.clock.alarm(fromNow(tested, 100), again);
      // An alarm that rings late sets the next one late, too.
      while (seen.length < 5) await tested.pass(2000);
      expect(seen).toHaveLength(5);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });

    it('runs what follows something real exactly once', async () => {
      const tested = make();
      let times = 0;
      tested.clock.hold()(ms(0), () => times++);
      await tested.pass(300);
      expect(times).toBe(1);
    });
  });
}
