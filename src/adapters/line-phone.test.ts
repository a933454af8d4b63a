import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import type { Leg } from '../core/stage.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createPhoneLine } from './line-phone.ts';

function ringAtHome() {
  const clock = createVirtualClock(ms(0));
  const line = createPhoneLine(clock, { agents: [{ does: 'answer', after: ms(1000), talks: ms(2000) }] });
  const story: string[] = [];
  const tell = (leg: number) => (to: LegState) => story.push(`${clock.now()} leg ${leg} ${to}`);
  line.dial(1, '+919876543210', ms(30_000), tell(1));
  return { clock, line, story, tell };
}

describe('the phone in your hand', () => {
  it('rings until it is answered, and then stays up', async () => {
    const { clock, line, story } = ringAtHome();
    await clock.advance(ms(7000));
    expect(line.answer()).toBe(true);
    await clock.advance(ms(60_000));
    expect(story).toEqual(['0 leg 1 ringing', '7000 leg 1 answered']);
  });

  it('is busy when the call is declined', async () => {
    const { clock, line, story } = ringAtHome();
    await clock.advance(ms(1000));
    expect(line.decline()).toBe(true);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', '1000 leg 1 busy']);
  });

  it('gives up after ringing for as long as it may; then there is nothing to answer', async () => {
    const { clock, line, story } = ringAtHome();
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', '30000 leg 1 no-answer']);
    expect([line.answer(), line.decline()]).toEqual([false, false]);
  });

  it('cannot be answered before it is dialled, twice, or after the other side hung up', async () => {
    const unused = createPhoneLine(createVirtualClock(ms(0)));
    expect(unused.answer()).toBe(false);
    const { clock, line, story } = ringAtHome();
    await clock.advance(ms(1));
    line.hangUp(1);
    expect(line.answer()).toBe(false);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing']);
  });

  it.each([
    ['answer', '0 leg 1 answered'],
    ['decline', '0 leg 1 busy'],
  ] as const)('can be told to %s while it is dialled: it does so once, as soon as it rings', async (act, expected) => {
    const { clock, line, story } = ringAtHome();
    expect([line[act](), line.answer()]).toEqual([true, true]);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', expected]);
  });

  it('does not ring when the other side hangs up while it is dialled, whatever was wished', async () => {
    const { clock, line, story } = ringAtHome();
    line.answer();
    line.hangUp(1);
    await clock.run();
    expect([story, line.answer()]).toEqual([[], false]);
  });

  it('leaves agents to their scripts, and prompts to the clock', async () => {
    const { clock, line, story, tell } = ringAtHome();
    await clock.advance(ms(100));
    line.answer();
    line.dial(2, '+911140001234', ms(20_000), tell(2));
    line.play(1, [{ type: 'silence', ms: ms(500) }], () => story.push(`${clock.now()} heard`));
    await clock.run();
    expect(story.slice(2)).toEqual(['100 leg 2 ringing', '600 heard', '1100 leg 2 answered', '3100 leg 2 completed']);
  });

  it.each([
    ['answer', '3000 leg 1 answered'],
    ['decline', '3000 leg 1 busy'],
  ] as const)('can still %s a call that is taken up while it rings', async (act, expected) => {
    const clock = createVirtualClock(ms(0));
    const ringing: Leg = { leg: 1, number: '+919876543210', state: 'ringing', dialledAt: ms(-10_000) };
    const line = createPhoneLine(clock, { standing: [ringing] });
    const story: string[] = [];
    line.dial(1, ringing.number, ms(30_000), (to) => story.push(`${clock.now()} leg 1 ${to}`));
    await clock.advance(ms(3000));
    expect(line[act]()).toBe(true);
    await clock.run();
    expect(story).toEqual([expected]);
  });

  it('stops ringing when it would have, and is not answered twice, when the call is taken up', async () => {
    for (const state of ['ringing', 'answered'] as const) {
      const clock = createVirtualClock(ms(0));
      const line = createPhoneLine(clock, { standing: [{ leg: 1, number: '+919876543210', state, dialledAt: ms(-10_000) }] });
      const story: string[] = [];
      line.dial(1, '+919876543210', ms(30_000), (to) => story.push(`${clock.now()} leg 1 ${to}`));
      if (state === 'answered') expect([line.answer(), line.decline()]).toEqual([false, false]);
      await clock.run();
      expect(story).toEqual(state === 'ringing' ? ['20000 leg 1 no-answer'] : []);
    }
  });
});
