import { breathe } from '../adapters/breathe.ts';
import { createWall } from '../adapters/clock-wall.ts';
import { ms } from '../core/ids.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { BEAT, Demo, type DemoOptions } from '../tui/demo.ts';
import type { NextCommand } from '../tui/demo-end.ts';
import { demoStory } from '../tui/demo-story.ts';
import { PhoneStore } from '../tui/phone-store.ts';
import { openDemo } from './demo-world.ts';
import type { Io } from './io.ts';
import { timeOn } from './phone-time.ts';

/** 23 November 2026, 10:00 in India. */
const MORNING = ms(Date.UTC(2026, 10, 23, 4, 30));
/** Files are read meanwhile, and time does not wait for them. */
const MOST_BEATS = 200_000;

/** Plays the demo on virtual time, as fast as the machine can: the same every time. `watch` sees the phone before it dials.
 * Resolves to what can be tried next. */
export async function playDemo(
  io: Io,
  on: 'screen' | 'lines',
  watch: (phone: PhoneStore) => DemoOptions,
): Promise<readonly NextCommand[]> {
  const wall = createWall();
  const { session, world } = await openDemo(io, timeOn(wall, MORNING));
  const phone = new PhoneStore(session);
  const demo = new Demo(demoStory(world, on), watch(phone));
  const pass = async () => {
    await wall.advance(BEAT);
    await breathe();
  };
  demo.follow(phone);
  void phone.dial();
  for (let beats = 0; demo.step; beats++) {
    if (beats > MOST_BEATS) throw new BrokenInvariant(`The demo does not go on after "${demo.step.caption}".`);
    await pass();
  }
  phone.leave('quit');
  await phone.ended;
  let delivered = false;
  const finished = session.finish().finally(() => {
    delivered = true;
  });
  while (!delivered) await pass();
  await finished;
  return world.next;
}
