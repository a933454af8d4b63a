import { describe, expect, it } from 'vitest';
import { ms } from '../../src/core/ids.ts';
import { clockContract } from '../contracts/clock.ts';
import { createWall } from './wall.ts';

describe('a clock on the wall', () => {
  clockContract(() => {
    const wall = createWall();
    return { clock: wall.clock(ms(0)), pass: (by) => wall.advance(ms(by)) };
  });

  it('does not move while it is paused, and moves faster when told; others keep their own time', async () => {
    const wall = createWall();
    const [a, b] = [wall.clock(ms(0)), wall.clock(ms(5000))];
    const rang: string[] = [];
    a.alarm(ms(1000), () => rang.push(`a ${a.now()} ${b.now()}`));
    b.alarm(ms(7000), () => rang.push(`b ${a.now()} ${b.now()}`));
    a.pause();
    b.setSpeed(4);
    await wall.advance(ms(250));
    expect([a.now(), b.now(), rang]).toEqual([0, 6000, []]);
    a.resume();
    await wall.advance(ms(1000));
    expect([a.now(), b.now()]).toEqual([1000, 10_000]);
    expect(rang).toEqual(['b 250 7000', 'a 1000 10000']);
  });

  it('stops at once when an alarm pauses it', async () => {
    const wall = createWall();
    const clock = wall.clock(ms(0));
    const rang: number[] = [];
    clock.alarm(ms(100), () => clock.pause());
    clock.alarm(ms(100), () => rang.push(clock.now()));
    await wall.advance(ms(500));
    expect([clock.now(), rang]).toEqual([100, []]);
    clock.resume();
    await wall.advance(ms(500));
    expect([clock.now(), rang]).toEqual([600, [100]]);
  });
});
