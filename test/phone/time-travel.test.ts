import { describe, expect, it } from 'vitest';
import { CLINIC } from './forks.ts';
import { pickUp } from './hand.ts';

const keysIn = (log: readonly { e: unknown }[]) => JSON.stringify(log).match(/"was":"[a-z-]+"/g) ?? [];

describe('a hand that goes back in time', () => {
  it('presses another key there: a simulation begins, and the real call stands where it was, untouched', async () => {
    const hand = await pickUp(CLINIC, { servers: ['GET /slots => 200 Monday', 'POST /optouts => 200'] });
    await hand.wait(4);
    await hand.press('1');
    await hand.wait(3);
    const real = hand.branch();
    const log = [...real.phone.call.log];
    while (keysIn(hand.shown().log).length > 0) await hand.back();
    expect(hand.shown().past).toBeDefined();
    expect(real.phone.clock.paused()).toBe(true);
    await hand.press('9');
    await hand.wait(4);
    expect(hand.branch().simulation).toBeDefined();
    expect(hand.branch().name).toMatch(/^9 at 0:0\d$/);
    expect(hand.shown().view.optOuts).toMatchObject([{ result: { fact: 'simulated-1' } }]);
    expect(real.phone.call.log).toEqual(log);
    expect(await hand.store.facts.about(hand.session.facts.customer)).toEqual([]);
    expect(hand.asked).toHaveLength(1);
    hand.phone.turnBranch(1);
    await hand.forward(100);
    await hand.wait(1);
    expect(hand.branch().simulation).toBeUndefined();
    expect(hand.shown().past).toBeUndefined();
    expect(hand.shown().now).toBeGreaterThan(log.at(-1)?.at ?? 0);
  });

  it.each([
    ['answers', 'in-progress'],
    ['declines', 'busy'],
  ] as const)('%s at the very start, before it rings: so it is in the simulation', async (does, status) => {
    const hand = await pickUp(CLINIC, { ringing: true });
    await hand.wait(5);
    hand.phone.step(Number.NEGATIVE_INFINITY);
    expect(hand.shown().view.status).toBe('queued');
    if (does === 'answers') hand.phone.answer();
    else hand.phone.decline();
    await hand.wait(1);
    expect(hand.branch().simulation).toBeDefined();
    expect(hand.shown().view.status).toBe(status);
    expect(hand.phone.get().branches[0]?.view.status).toBe('ringing');
  });

  it('comes to each moment once, forth and back', async () => {
    const hand = await pickUp(CLINIC);
    await hand.wait(8);
    const seen: number[] = [];
    await hand.back();
    for (;;) {
      const { past, log } = hand.shown();
      seen.push(log.length);
      if (past?.nth === 1) break;
      await hand.back();
    }
    const again = [hand.shown().log.length];
    for (;;) {
      await hand.forward();
      if (!hand.shown().past) break;
      again.push(hand.shown().log.length);
    }
    expect(again).toEqual(seen.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('lets servers say in a simulation of a simulation what they said in the call', async () => {
    const hand = await pickUp(CLINIC, { servers: ['GET /slots => 200 Monday'] });
    await hand.wait(4);
    await hand.press('5');
    await hand.wait(4);
    await hand.press('1');
    await hand.wait(3);
    expect(hand.shown().view.saved['slot']).toBe('Monday');
    const beforeKeys = (count: number) => keysIn(hand.shown().log).length > count;
    while (beforeKeys(0)) await hand.back();
    await hand.press('6');
    await hand.wait(4);
    expect(hand.branch().name).toMatch(/^6 at/);
    await hand.back();
    await hand.press('1');
    await hand.wait(3);
    expect(hand.branch().from?.branch).not.toBe(hand.phone.get().branches[0]?.id);
    expect(hand.shown().view.saved['slot']).toBe('Monday');
    expect(hand.branch().simulation?.question()).toBeUndefined();
    expect(hand.asked).toHaveLength(1);
  });
});
