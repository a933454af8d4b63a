import type { Ms } from '../core/ids.ts';
import type { Clock, Sms, SmsGateway } from '../core/ports.ts';

export type SentSms = Sms & { sid: string; at: Ms };

/**
 * Takes every message, sends none, keeps all. `sid` numbers them as long as Exotel's: `sms` and 29 digits.
 * @param before how many there were already.
 */
export function createSmsRecorder(clock: Clock, before = 0): SmsGateway & { readonly sent: readonly SentSms[] } {
  const sent: SentSms[] = [];
  return {
    sent,
    send(sms, done) {
      const sid = `sms${String(before + sent.length + 1).padStart(29, '0')}`;
      sent.push({ ...sms, sid, at: clock.now() });
      clock.alarm(clock.now(), () => done({ ok: true, sid }));
    },
  };
}
