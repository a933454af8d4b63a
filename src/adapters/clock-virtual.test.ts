import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockContract } from '../../test/contracts/clock.ts';
import { ms } from '../core/ids.ts';
import { createVirtualClock } from './clock-virtual.ts';

const MORNING = ms(Date.UTC(2026, 10, 22, 4, 30));

describe('the virtual clock', () => {
  clockContract(() => {
    const clock = createVirtualClock(MORNING);
    return { clock, pass: (by) => clock.advance(ms(by)) };
  });

  it('reads exactly the due time while an alarm rings, and stays at the last one', () => {
    const clock = createVirtualClock(ms(0));
    const seen: number[] = [];
    for (const due of [4_000_000, 7, 7]) clock.alarm(ms(due), () => seen.push(clock.now()));
    void clock.run();
    expect(seen).toEqual([7, 7, 4_000_000]);
    expect(clock.now()).toBe(4_000_000);
  });

  it('is done before run returns when nothing real is under way', () => {
    const clock = createVirtualClock(ms(0));
    let rang = false;
    clock.alarm(ms(10), () => {
      rang = true;
    });
    void clock.run();
    expect(rang).toBe(true);
  });

  it('runs up to an instant and no further', async () => {
    const clock = createVirtualClock(ms(0));
    const rang: number[] = [];
    for (const due of [10, 20, 30]) clock.alarm(ms(due), () => rang.push(due));
    await clock.run(ms(20));
    expect(rang).toEqual([10, 20]);
    await clock.advance(ms(5));
    expect(clock.now()).toBe(25);
    await clock.run();
    expect(rang).toEqual([10, 20, 30]);
  });

  it('stands still while a request is open, then goes on after what it cost', async () => {
    const clock = createVirtualClock(ms(0));
    const story: string[] = [];
    const note = (what: string) => story.push(`${clock.now()} ${what}`);
    const real = Promise.withResolvers<void>();
    clock.alarm(ms(100), () => {
      const release = clock.hold();
      clock.alarm(clock.now(), () => note('same instant'));
      void real.promise.then(() => release(ms(50), () => note('answered')));
    });
    clock.alarm(ms(120), () => note('later'));
    const done = clock.run();
    await new Promise((soon) => setImmediate(soon));
    expect(story).toEqual(['100 same instant']);
    expect(clock.now()).toBe(100);
    real.resolve();
    await done;
    expect(story).toEqual(['100 same instant', '120 later', '150 answered']);
  });

  it('waits for all of several requests, also those that an answer opens', async () => {
    const clock = createVirtualClock(ms(0));
    const story: string[] = [];
    const ask = (name: string, then: () => void) => {
      const release = clock.hold();
      setImmediate(() =>
        release(ms(0), () => {
          story.push(name);
          then();
        }),
      );
    };
    ask('first', () => ask('second', () => {}));
    ask('beside', () => {});
    clock.alarm(ms(1), () => story.push('time passed'));
    await clock.run();
    expect(story).toEqual(['first', 'beside', 'second', 'time passed']);
  });

  it('calls a second release our own bug', () => {
    const release = createVirtualClock(ms(0)).hold();
    release(ms(0), () => {});
    expect(() => release(ms(0), () => {})).toThrow('released twice');
  });

  it('does not move for an alarm that was cancelled', async () => {
    const clock = createVirtualClock(ms(0));
    clock.alarm(ms(14_400_000), () => {})();
    await clock.run();
    expect(clock.now()).toBe(0);
  });

  it('keeps the order of a plain sort, whatever is set and cancelled', () => {
    const alarms = fc.array(fc.record({ due: fc.integer({ min: 0, max: 40 }), cancelled: fc.boolean() }), { maxLength: 600 });
    fc.assert(
      fc.property(alarms, (wanted) => {
        const clock = createVirtualClock(ms(0));
        const rang: number[] = [];
        const cancels = wanted.map(({ due }, i) => clock.alarm(ms(due), () => rang.push(i)));
        wanted.forEach(({ cancelled }, i) => {
          if (cancelled) cancels[i]?.();
        });
        void clock.run();
        const kept = wanted.map((alarm, i) => ({ ...alarm, i })).filter(({ cancelled }) => !cancelled);
        const sorted = kept.sort((a, b) => a.due - b.due || a.i - b.i).map(({ i }) => i);
        expect(rang).toEqual(sorted);
      }),
    );
  });
});
