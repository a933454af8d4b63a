import { describe, expect, it } from 'vitest';
import { setStage, settle } from '../../test/phone/stage.ts';
import { PhoneStore } from './phone-store.ts';
import type { PhoneCall } from './session.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

/** A phone whose calls can be looked at, also those that it no longer shows. */
async function redialled(): Promise<{ phone: PhoneStore; calls: PhoneCall[]; stage: Awaited<ReturnType<typeof setStage>> }> {
  const stage = await setStage(REMINDER);
  const calls: PhoneCall[] = [];
  const session = Object.create(stage.session, {
    dial: {
      value: async () => {
        const placed = await stage.session.dial();
        if (placed.placed) calls.push(placed.phone);
        return placed;
      },
    },
  });
  return { phone: new PhoneStore(session), calls, stage };
}

const isOver = ({ call }: PhoneCall) => call.log.some(({ e }) => e.type === 'ended');

describe('dialling again before the gate has answered', () => {
  it('leaves one call: the other does not ring on', async () => {
    const { phone, calls, stage } = await redialled();
    await Promise.all([phone.dial(), phone.dial()]);
    await settle(stage);
    expect(calls.map(isOver)).toEqual([true, false]);
    expect(phone.get().branches).toHaveLength(1);
    expect(phone.current()?.phone).toBe(calls[1]);
  });

  it('nor does one that comes when the phone was put away', async () => {
    const { phone, calls, stage } = await redialled();
    const dialling = phone.dial();
    phone.leave('quit');
    await dialling;
    await settle(stage);
    expect(calls.map(isOver)).toEqual([true]);
    expect(await phone.ended).toBe('quit');
  });
});
