import { describe, expect, it } from 'vitest';
import { clockContract } from '../../test/contracts/clock.ts';
import { ms } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import { createSystemClock } from './clock-system.ts';

const START = ms(Date.UTC(2026, 10, 22, 4, 30));
const rings = (clock: Clock, by: number) => new Promise<void>((done) => clock.alarm(ms(clock.now() + by), done));

describe('the system clock', () => {
  clockContract(() => {
    const clock = createSystemClock({ start: START, speed: 50 });
    return { clock, pass: (by) => rings(clock, by) };
  });

  it('begins now unless told', () => {
    const before = Date.now();
    const now = createSystemClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('reads whole milliseconds', () => {
    const clock = createSystemClock({ start: START, speed: 1.37 });
    expect(Number.isInteger(clock.now())).toBe(true);
  });

  it('runs faster when told, also for alarms that are already set', async () => {
    const clock = createSystemClock({ start: START });
    const rang = rings(clock, 3_600_000);
    clock.setSpeed(1_000_000);
    await rang;
    expect(clock.now()).toBeGreaterThanOrEqual(START + 3_600_000);
  });

  it('stands still while paused, and resumes where it was', async () => {
    const clock = createSystemClock({ start: START, speed: 100 });
    let rang = false;
    const over = rings(clock, 100).then(() => {
      rang = true;
    });
    clock.pause();
    const paused = clock.now();
    await rings(createSystemClock({ speed: 100 }), 1000);
    expect(clock.now()).toBe(paused);
    expect(rang).toBe(false);
    clock.resume();
    await over;
    expect(clock.now()).toBeGreaterThanOrEqual(START + 100);
  });

  it('does not ring an alarm at once that is further off than a timer can count', async () => {
    const clock = createSystemClock({ start: START, speed: 50 });
    let rang = false;
    const cancel = clock.alarm(ms(START + 2 ** 31 * 100), () => {
      rang = true;
    });
    await rings(clock, 500);
    expect(rang).toBe(false);
    cancel();
  });

  it('goes straight on after something real: the time has already passed', () => {
    let gone = false;
    createSystemClock().hold()(ms(5000), () => {
      gone = true;
    });
    expect(gone).toBe(true);
  });

  it('refuses a speed that is none', () => {
    expect(() => createSystemClock({ speed: 0 })).toThrow(RangeError);
    expect(() => createSystemClock().setSpeed(Number.NaN)).toThrow(RangeError);
  });
});
