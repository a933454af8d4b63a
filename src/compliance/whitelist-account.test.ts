import { describe, expect, it } from 'vitest';
import { ASHA, at, BINA } from '../../test/kit/facts.ts';
import { came, LINE, missedCall, posted, refusals, saidStart, saidStop, setBack } from '../../test/kit/whitelist-facts.ts';
import type { Fact } from '../core/facts.ts';
import { e164 } from '../core/ids.ts';
import { accountStory, askingOf, maySayNo } from './whitelist-account.ts';
import { WHITELIST_SWITCHES } from './whitelist-switches.ts';

const account = (facts: readonly Fact[], when = '2026-06-01') => accountStory(facts, at(when), WHITELIST_SWITCHES);

describe('the account', () => {
  it('lets people unsubscribe while nobody, or three, have done so', () => {
    expect(account([])).toEqual({ mode: 'opt-out', unsubscribed: [], counted: 0, flips: [], resets: [] });
    expect(account(refusals(3))).toMatchObject({ mode: 'opt-out', counted: 3 });
    expect(askingOf(account(refusals(3)))).toBe('unsubscribe');
  });

  it('asks people to subscribe from the fourth on, and says since when', () => {
    const story = account(refusals(4));
    expect(story).toMatchObject({ mode: 'opt-in', counted: 4, flippedAt: at('2026-05-05'), flips: [{ at: at('2026-05-05') }] });
    expect(story.unsubscribed.map((one) => one.number)).toEqual([0, 1, 2, 3].map((i) => `+91980000000${i}`));
    expect(askingOf(story)).toBe('subscribe');
    expect(account(refusals(4), '2026-05-04T23:59:59.999').mode).toBe('opt-out');
  });

  it('counts a person once, who unsubscribed, was unblocked or subscribed again, and unsubscribed again', () => {
    const again = [saidStart('2026-05-10'), posted('2026-05-10', 'subscribe'), missedCall('2026-05-11'), saidStop('2026-05-12')];
    const twice = [posted('2026-05-01'), saidStop('2026-05-02'), missedCall('2026-05-03'), ...again];
    expect(account([...refusals(2), ...twice])).toMatchObject({ mode: 'opt-out', counted: 3 });
    expect(account(twice).unsubscribed).toEqual([{ number: ASHA, at: at('2026-05-02'), exophone: LINE }]);
  });

  it('counts nobody who was never asked, was not whitelisted, or is no number', () => {
    const facts = [
      missedCall('2026-05-01', { number: BINA }),
      came('2026-05-01'),
      missedCall('2026-05-02'),
      posted('2025-01-01', 'unsubscribe', { number: e164('+919800000009') }),
      missedCall('2026-05-02', { number: e164('+919800000009') }),
      posted('2026-05-01', 'unsubscribe', { number: '+9198*' }),
      missedCall('2026-05-02', { number: '+9198*' }),
    ];
    expect(account([...refusals(3), ...facts])).toMatchObject({ mode: 'opt-out', counted: 3 });
  });

  it('counts STOP of somebody who was whitelisted', () => {
    const stopped = [came('2026-05-01'), saidStop('2026-05-09')];
    expect(account([...refusals(3), ...stopped])).toMatchObject({ mode: 'opt-in', flippedAt: at('2026-05-09') });
  });

  it('counts somebody who was erased', () => {
    const erased = refusals(4).map((fact, i) => ({ ...fact, number: e164(`erased:${Math.floor(i / 2)}`) }));
    expect(account(erased)).toMatchObject({ mode: 'opt-in', counted: 4 });
  });

  it('stays as it is by itself, and is set back by an administrator alone', () => {
    const facts = [...refusals(4), posted('2026-06-01'), missedCall('2026-06-02')];
    expect(account(facts, '2036-01-01').mode).toBe('opt-in');
    const story = account([...facts, setBack('2026-07-01')], '2026-07-01');
    expect(story).toMatchObject({ mode: 'opt-out', counted: 0, resets: [{ reason: 'agreed with the vendor' }] });
    expect(story).not.toHaveProperty('flippedAt');
    expect(story.unsubscribed).toHaveLength(5);
    expect(account([...facts, setBack('2026-07-01')], '2026-06-30').mode).toBe('opt-in');
  });

  it('counts anew from there', () => {
    const back = [...refusals(3), setBack('2026-05-20')];
    const more = ['5', '6', '7', '8'].flatMap((i) => {
      const number = e164(`+91980000000${i}`);
      return [posted('2026-05-21', 'unsubscribe', { number }), missedCall(`2026-05-2${i}`, { number })];
    });
    expect(account([...back, ...more.slice(0, 6)])).toMatchObject({ mode: 'opt-out', counted: 3 });
    expect(account([...back, ...more])).toMatchObject({ mode: 'opt-in', counted: 4, flippedAt: at('2026-05-28') });
  });

  it('needs the facts of those alone who gave a missed call or answered STOP', () => {
    const facts = [posted('2026-05-01'), came('2026-05-01'), missedCall('2026-05-02'), saidStop('2026-05-03')];
    expect(facts.map(maySayNo)).toEqual([false, false, true, true]);
  });
});
