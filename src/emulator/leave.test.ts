import { describe, expect, it } from 'vitest';
import { countingStamp } from '../../test/contracts/facts-contract.ts';
import { ASHA, at, blockedFor, called, contact, NOON, optOut, registered } from '../../test/kit/facts.ts';
import { missedCall, posted } from '../../test/kit/whitelist-facts.ts';
import { createMemoryStore } from '../adapters/store.ts';
import { createGuard } from '../compliance/guard.ts';
import { DEFAULT_POLICY, type Policy } from '../compliance/policy.ts';
import { standingIn } from '../compliance/whitelist-number.ts';
import { WHITELIST_SWITCHES } from '../compliance/whitelist-switches.ts';
import type { Contact, Fact, Verdict } from '../core/facts.ts';
import { callId, e164, type Ms } from '../core/ids.ts';
import type { Made } from '../core/ports.ts';
import type { Violation } from '../core/violation.ts';
import { createVendorGate, endsAsDnd, FAILS_LATER, isVendorRefusal, LET_THROUGH } from './leave.ts';

const POLICY: Policy = { ...DEFAULT_POLICY, whitelist: standingIn(WHITELIST_SWITCHES) };
const CALL = callId('5cbf7eb1f3fdbd0b7b4e2f4fa5d21abm');
const NIGHT = at('2026-11-22T23:00');
const DND = registered('2026-10-01', { block: 'full' });

type Asked = { verdict: Verdict; violations: readonly Violation[] };

/** Asks the emulator's gate about a number of which these facts are known. */
async function ask(
  asked: Contact,
  facts: readonly Fact[],
  { when = NOON, enforce = false, policy = POLICY }: { when?: Ms; enforce?: boolean; policy?: Policy } = {},
): Promise<Asked> {
  const store = createMemoryStore(countingStamp());
  await store.facts.record(facts);
  const violations: Violation[] = [];
  const gate = createVendorGate({ gate: createGuard(store.facts, policy), enforce, violated: (one) => violations.push(one) });
  const verdict = await gate.ask(asked, when, CALL);
  expect(violations).toEqual([]);
  if (verdict.verdict === 'allow') gate.made?.({ what: 'contacted', contact: asked, at: when, call: CALL, flow: '' });
  return { verdict, violations };
}

const codes = ({ verdict }: Asked): readonly string[] =>
  verdict.verdict === 'allow' ? [verdict.ground.code] : verdict.reasons.map(({ code }) => code);
const broken = ({ violations }: Asked): readonly string[] => violations.flatMap(({ reasons }) => reasons.map(({ code }) => code));

const call = contact('SI');
const sms = (kind: Contact['class'], more: Partial<Contact> = {}): Contact => contact(kind, { channel: 'sms', ...more });

describe('a call through the emulator', () => {
  it('goes out as it would anywhere when nothing speaks against it', async () => {
    const asked = await ask(call, []);
    expect(codes(asked)).toEqual(['OK_SI']);
    expect(asked.violations).toEqual([]);
  });

  it('to a registered number is refused, as Exotel does, until the number is whitelisted', async () => {
    const refused = await ask(call, [DND]);
    expect(refused).toMatchObject({ verdict: { verdict: 'block', reasons: [{ code: 'DND_NOT_WHITELISTED' }] }, violations: [] });
    expect(refused.verdict.verdict !== 'allow' && isVendorRefusal(refused.verdict, call)).toBe(true);
    expect(codes(await ask(call, [DND, posted('2026-11-01')]))).toEqual(['OK_WHITELIST']);
    expect(codes(await ask(call, [DND, posted('2026-04-02')]))).toEqual(['DND_NOT_WHITELISTED']);
  });

  it('to somebody who unsubscribed from the whitelist is refused, registered or not', async () => {
    expect(codes(await ask(call, [posted('2026-11-01'), missedCall('2026-11-02')]))).toEqual(['WL_BLACKLIST']);
  });

  it('is refused with every reason, and is no violation, when our rules stop it as well', async () => {
    const asked = await ask(call, [DND, optOut('2026-11-01')]);
    expect(codes(asked)).toEqual(['OPTED_OUT', 'DND_NOT_WHITELISTED']);
    expect(asked.violations).toEqual([]);
  });

  it('to somebody on our own list goes out, and is a violation', async () => {
    const asked = await ask(call, [optOut('2026-11-01')]);
    expect(asked).toEqual({
      verdict: {
        verdict: 'allow',
        ground: {
          code: LET_THROUGH,
          says: expect.stringMatching(
            /^Exotel lets it through; by the rules it would be blocked: the number is on the do-not-call/,
          ),
          facts: [],
        },
        warnings: [expect.objectContaining({ code: 'OPTED_OUT', effect: 'block' })],
      },
      violations: [
        {
          id: 'violation-1',
          at: NOON,
          call: CALL,
          channel: 'voice',
          number: ASHA,
          verdict: 'block',
          reasons: [{ code: 'OPTED_OUT', says: expect.any(String), rule: expect.any(String), grade: expect.any(String) }],
        },
      ],
    });
  });

  it('in the night goes out, and is a violation that says when it might', async () => {
    const asked = await ask(call, [], { when: NIGHT });
    expect(asked.verdict).toMatchObject({
      ground: { code: LET_THROUGH, says: expect.stringContaining('it would wait until 2026-11-23 09:00:00 IST') },
    });
    expect(asked.violations).toMatchObject([{ verdict: 'defer', at: NIGHT, reasons: [{ rule: 'EXOTEL-HOURS', grade: 'SRC' }] }]);
  });

  it('for the fourth time in a day goes out, and is a violation', async () => {
    const before = ['2026-11-22T09:05', '2026-11-22T10:10', '2026-11-22T10:45'].map((when) => called(when));
    const asked = await ask(call, before);
    expect(codes(asked)).toEqual([LET_THROUGH]);
    expect(asked.violations[0]?.reasons.map(({ rule }) => rule)).toContain('EXOTEL-CAPS');
  });

  it('that promotes, without leave, goes out, and is a violation of each rule', async () => {
    const asked = await ask(contact('P', { mode: 'AUTO_PRERECORDED' }), []);
    expect(codes(asked)).toEqual([LET_THROUGH]);
    expect(broken(asked)).toEqual(expect.arrayContaining(['PROVIDER_NO_PROMO', 'CONSENT_MISSING']));
  });

  it('from a number that is none of ours goes out, and is a violation', async () => {
    const policy = { ...POLICY, exophones: [e164('+918047112345')] };
    const asked = await ask(contact('SI', { exophone: e164('+918047110000') }), [], { policy });
    expect(broken(asked)).toContain('CLI_UNREGISTERED');
  });

  it('is refused while nobody knows who is on the list', async () => {
    const about = async () => {
      throw new Error('the disk reports an error');
    };
    const violations: Violation[] = [];
    const gate = createVendorGate({ gate: createGuard({ about }), enforce: false, violated: (one) => violations.push(one) });
    for (const asked of [call, sms('P')]) {
      const verdict = await gate.ask(asked, NOON);
      expect(verdict).toMatchObject({ verdict: 'block', reasons: [{ code: 'STORE_UNREADABLE' }] });
      expect(verdict.verdict !== 'allow' && isVendorRefusal(verdict, asked)).toBe(false);
    }
    expect(violations).toEqual([]);
  });
});

describe('when our rules are enforced', () => {
  it('what they stop is refused, and is no violation', async () => {
    const asked = await ask(call, [optOut('2026-11-01')], { enforce: true });
    expect(asked).toMatchObject({ verdict: { verdict: 'block', reasons: [{ code: 'OPTED_OUT' }] }, violations: [] });
    expect(asked.verdict.verdict !== 'allow' && isVendorRefusal(asked.verdict, call)).toBe(false);
    expect((await ask(call, [], { when: NIGHT, enforce: true })).verdict.verdict).toBe('defer');
  });

  it('an SMS is refused for what is on our own list, and fails for what the register stops', async () => {
    expect((await ask(sms('SI'), [optOut('2026-11-01')], { enforce: true })).verdict.verdict).toBe('block');
    expect(codes(await ask(sms('P'), [DND], { enforce: true }))).toEqual([FAILS_LATER]);
  });
});

describe('an SMS through the emulator', () => {
  it('that the register stops is taken, fails later, and is no violation', async () => {
    const asked = await ask(sms('P', { category: 8 }), [DND]);
    expect(codes(asked)).toEqual([FAILS_LATER]);
    expect(asked.violations).toEqual([]);
    expect(endsAsDnd(asked.verdict, sms('P'))).toBe(true);
  });

  it('is a violation for what else speaks against it, though it fails', async () => {
    const asked = await ask(sms('P', { category: 8 }), [DND, optOut('2026-11-01')]);
    expect(codes(asked)).toEqual([LET_THROUGH]);
    expect(broken(asked)).toContain('OPTED_OUT');
    expect(broken(asked)).not.toContain('DND_FULL_BLOCK');
    expect(endsAsDnd(asked.verdict, sms('P'))).toBe(true);
  });

  it('to somebody who unsubscribed from the whitelist is taken, and is a violation', async () => {
    const asked = await ask(sms('SI'), [posted('2026-11-01'), missedCall('2026-11-02')]);
    expect([codes(asked), broken(asked)]).toEqual([[LET_THROUGH], ['WL_BLACKLIST']]);
  });

  it('that promotes is no violation by that alone', async () => {
    const asked = await ask(sms('P'), []);
    expect(codes(asked)).toEqual([LET_THROUGH]);
    expect(asked.violations).toEqual([]);
    expect(endsAsDnd(asked.verdict, sms('P'))).toBe(false);
  });

  it('that is called transactional and promotes is a violation, for the operator believes its sender', async () => {
    const promotes = sms('SI', { text: 'Flat 50% off, offer ends today' });
    const asked = await ask(promotes, [DND]);
    expect(broken(asked)).toContain('DND_FULL_BLOCK');
    expect(endsAsDnd(asked.verdict, promotes)).toBe(false);
  });
});

describe('whether an SMS to a registered number fails', () => {
  const fails = async (
    kind: Contact['class'],
    facts: readonly Fact[],
    reading?: 'promotional' | 'all',
    more: Partial<Contact> = {},
  ) => endsAsDnd((await ask(sms(kind, more), facts)).verdict, sms(kind), reading);

  it('depends on its class: transactional and service messages pass', async () => {
    expect(await Promise.all((['P', 'SE', 'SI', 'T', 'G'] as const).map((kind) => fails(kind, [DND])))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('depends on what is blocked', async () => {
    expect(await fails('P', [blockedFor('2026-01-01', 3)], 'promotional', { category: 3 })).toBe(true);
    expect(await fails('P', [blockedFor('2026-01-01', 3)], 'promotional', { category: 8 })).toBe(false);
    expect(await fails('P', [])).toBe(false);
  });

  it('does not depend on the whitelist, unless Exotel is read so', async () => {
    const whitelisted = [DND, posted('2026-11-01')];
    expect(await Promise.all([fails('SI', [DND]), fails('SI', [DND], 'all'), fails('T', [DND], 'all')])).toEqual([
      false,
      true,
      true,
    ]);
    expect([await fails('SI', whitelisted, 'all'), await fails('SI', [], 'all')]).toEqual([false, false]);
  });

  it('is the same asked of the rules themselves', async () => {
    const store = createMemoryStore(countingStamp());
    await store.facts.record([DND]);
    const verdict = await createGuard(store.facts, POLICY).ask(sms('P'), NOON);
    expect([endsAsDnd(verdict, sms('P')), endsAsDnd(verdict, sms('T'))]).toEqual([true, false]);
  });
});

it('tells the gate behind it what was made of a contact', () => {
  const made: Made[] = [];
  const inner = {
    ask: async (): Promise<Verdict> => Promise.reject(new Error('not asked')),
    made: (one: Made) => made.push(one),
  };
  const gate = createVendorGate({ gate: inner, enforce: false, violated: () => {} });
  const one: Made = { what: 'contacted', contact: call, at: NOON, call: CALL, flow: 'survey' };
  gate.made?.(one);
  expect(made).toEqual([one]);
});
