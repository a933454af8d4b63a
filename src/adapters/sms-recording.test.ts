import { expect, it } from 'vitest';
import { callId, e164, ms } from '../core/ids.ts';
import type { SmsResult } from '../core/ports.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createSmsRecorder } from './sms-recording.ts';

it('keeps each message and accepts it at once, under an id of its own', async () => {
  const clock = createVirtualClock(ms(7000));
  const gateway = createSmsRecorder(clock);
  const heard: SmsResult[] = [];
  const sms = { to: '09876543210', text: 'Pick a slot', call: callId('c1'), number: e164('+919876543210'), class: 'SI' } as const;
  gateway.send(sms, (result) => heard.push(result));
  gateway.send(sms, (result) => heard.push(result));
  expect(heard).toEqual([]);
  await clock.run();
  const [first, second] = gateway.sent;
  expect(first).toEqual({ ...sms, sid: expect.stringMatching(/^sms\d{29}$/), at: 7000 });
  expect(heard).toEqual([
    { ok: true, sid: first?.sid },
    { ok: true, sid: second?.sid },
  ]);
  expect(first?.sid).not.toBe(second?.sid);
  expect(clock.now()).toBe(7000);
});
