import { describe, expect, it } from 'vitest';
import { clockContract } from '../../test/contracts/clock.ts';
import { createWall } from '../../test/phone/wall.ts';
import { ms } from '../core/ids.ts';
import { createClosableClock } from './clock-closable.ts';

function onTheWall() {
  const wall = createWall();
  return { clock: createClosableClock(wall.clock(ms(1000))), pass: (by: number) => wall.advance(ms(by)) };
}

describe('a clock that can be closed', () => {
  clockContract(onTheWall);

  it('stands while it waits for somebody, whether or not it was paused and resumed meanwhile', async () => {
    const { clock, pass } = onTheWall();
    clock.wait(true);
    clock.pause();
    clock.resume();
    await pass(500);
    expect(clock.now()).toBe(1000);
    clock.wait(false);
    await pass(500);
    expect(clock.now()).toBe(1500);
    clock.pause();
    clock.wait(true);
    clock.wait(false);
    await pass(500);
    expect(clock.now()).toBe(1500);
  });

  it('never rings again once it is closed, and what was held does not go on; nobody waits for it', async () => {
    const { clock, pass } = onTheWall();
    const happened: string[] = [];
    clock.alarm(ms(1100), () => happened.push('rang'));
    const release = clock.hold();
    clock.close();
    release(ms(0), () => happened.push('went on'));
    clock.alarm(ms(1200), () => happened.push('rang late'));
    clock.resume();
    await pass(1000);
    expect(happened).toEqual([]);
    expect(clock.now()).toBe(1000);
  });
});
