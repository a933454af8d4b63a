import { describe, expect, it } from 'vitest';
import { atTheMenu, CLINIC } from '../../test/phone/forks.ts';
import { setStage } from '../../test/phone/stage.ts';
import { createSystemClock } from '../adapters/clock-system.ts';
import { ms } from '../core/ids.ts';
import type { FlowSet } from '../flow/model.ts';
import { phoneClock } from './phone-call.ts';

async function flowsOf(xml: string): Promise<FlowSet> {
  const { session } = await setStage(xml);
  const read = await session.reread(undefined);
  if (read.type === 'broken') throw new Error(JSON.stringify(read.problems));
  return read.flows;
}

describe('a call on the phone', () => {
  it('goes on with other flows, and names them, when its caller would have lived the same', async () => {
    const stage = await atTheMenu();
    const { phone } = stage;
    const later = await flowsOf(CLINIC.replace('See you', 'Until tomorrow'));
    expect(phone.adopt(later)).toBe(true);
    expect(phone.flows).toBe(later);
    phone.call.press('2');
    await stage.wait(1);
    expect(stage.sent.map(({ text }) => text)).toEqual(['Until tomorrow']);
  });

  it('keeps its own when they would have been told something else', async () => {
    const stage = await atTheMenu();
    const { flows } = stage.phone;
    expect(stage.phone.adopt(await flowsOf(CLINIC.replace('Press 1', 'Choose 1')))).toBe(false);
    expect(stage.phone.flows).toBe(flows);
    stage.phone.call.press('2');
    await stage.wait(1);
    expect(stage.sent.map(({ text }) => text)).toEqual(['See you']);
  });
});

describe('the clock of a phone', () => {
  it('knows how its knobs stand', () => {
    const clock = phoneClock(createSystemClock({ start: ms(5000) }));
    expect([clock.paused(), clock.speed()]).toEqual([false, 1]);
    clock.pause();
    clock.setSpeed(4);
    expect([clock.paused(), clock.speed(), clock.now() >= 5000]).toEqual([true, 4, true]);
    clock.resume();
    expect(clock.paused()).toBe(false);
  });
});
