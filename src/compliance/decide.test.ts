import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASHA, at, BINA, called, consented, contact, NOON, optIn, optOut as optOutAt, revocation } from '../../test/kit/facts.ts';
import type { Contact, Fact } from '../core/facts.ts';
import { callId, e164, ms } from '../core/ids.ts';
import { decide } from './decide.ts';
import { listed } from './known.ts';
import { LIST_ONLY, type Policy } from './policy.ts';
import { PROFILES } from './profiles.ts';

const AT = at('2026-11-22T10:00:05');
const CALL = callId('5f0c1d2e3a4b5c6d7e8f9a0b1c2d19co');
const TCCCPR: Policy = { profile: PROFILES['IN-TCCCPR'], strict: false };

const optOut = (more: Parameters<typeof optOutAt>[1] = {}) => optOutAt(AT, more);
const lift = (...lifts: Fact[]) => optIn(AT, lifts);
const call = contact('SI');
const sms: Contact = { ...call, channel: 'sms' };
const codes = (asked: Contact, ...facts: Fact[]) => {
  const verdict = decide(asked, facts, AT, LIST_ONLY);
  return verdict.verdict === 'allow' ? verdict.ground.code : verdict.reasons.map(({ code }) => code);
};

describe('what an opt-out stops', () => {
  it('all: calls and SMS of every campaign', () => {
    for (const asked of [call, sms, { ...call, campaign: 'diwali' }]) expect(codes(asked, optOut())).toEqual(['OPTED_OUT']);
  });

  it('voice: calls; sms: messages', () => {
    const [voice, written] = [optOut({ scope: 'voice' }), optOut({ scope: 'sms' })];
    expect([codes(call, voice), codes(sms, voice)]).toEqual([['OPTED_OUT'], 'NOT_LISTED']);
    expect([codes(call, written), codes(sms, written)]).toEqual(['NOT_LISTED', ['OPTED_OUT']]);
  });

  it('campaign: that one and no other', () => {
    const diwali = optOut({ scope: 'campaign', campaign: 'diwali' });
    expect(codes({ ...call, campaign: 'diwali' }, diwali)).toEqual(['OPTED_OUT']);
    expect(codes({ ...call, campaign: 'holi' }, diwali)).toBe('NOT_LISTED');
    expect(codes(call, diwali)).toBe('NOT_LISTED');
  });

  it('a campaign nobody named: every one, for it may be meant', () => {
    expect(codes(call, optOut({ scope: 'campaign' }))).toEqual(['OPTED_OUT']);
    expect(codes({ ...call, campaign: 'holi' }, optOut({ scope: 'campaign' }))).toEqual(['OPTED_OUT']);
  });

  it('every class but government, which passes with a warning', () => {
    for (const kind of ['P', 'SE', 'SI', 'T'] as const) expect(codes(contact(kind), optOut()), kind).toEqual(['OPTED_OUT']);
    expect(decide(contact('G'), [optOut()], AT, LIST_ONLY)).toMatchObject({
      verdict: 'allow',
      ground: { code: 'OK_G' },
      warnings: [{ code: 'OPTED_OUT', effect: 'warn', says: expect.stringContaining('all the same') }],
    });
  });

  it("but no answer to the customer's own transaction, for thirty minutes", () => {
    const otp = (ago: number) => decide(contact('T', { transactionAt: ms(AT - ago) }), [optOut()], AT, TCCCPR);
    for (const ago of [0, 30 * 60_000]) {
      expect(otp(ago)).toMatchObject({ verdict: 'allow', ground: { code: 'OK_T' }, warnings: [{ code: 'OPTED_OUT' }] });
    }
    for (const ago of [-1, 30 * 60_000 + 1]) {
      const late = { verdict: 'block', reasons: [{ code: 'OPTED_OUT' }], warnings: [{ code: 'TXN_WINDOW_EXCEEDED' }] };
      expect(otp(ago), `${ago}`).toMatchObject(late);
    }
  });

  it('everything, when its scope is none that is known: it is no reason to call', () => {
    const unknown = optOut({ source: 'manual', scope: 'email' as 'sms' });
    for (const asked of [call, sms]) expect(codes(asked, unknown)).toEqual(['DNC_TENANT']);
    const foreign = optOut({ source: 'carrier' as 'api' });
    expect(decide(call, [foreign], AT, LIST_ONLY)).toMatchObject({
      reasons: [{ says: expect.stringMatching(/it was added \(carrier\)$/) }],
    });
  });

  it('no other number; all that begin with a prefix', () => {
    const series = optOut({ source: 'manual', number: '+9198765*' });
    expect(codes({ ...call, number: BINA }, optOut())).toBe('NOT_LISTED');
    expect(codes(call, series)).toEqual(['DNC_TENANT']);
    expect(codes({ ...call, number: e164('+919876600000') }, series)).toBe('NOT_LISTED');
  });

  it('the same at any instant: a run in the past is refused too', () => {
    fc.assert(
      fc.property(fc.integer(), (instant) => {
        expect(decide(call, [optOut()], ms(instant)).verdict).toBe('block');
      }),
    );
  });

  it('up to its end, when it has one, and the verdict tells it', () => {
    const holiday = optOut({ source: 'manual', expiresAt: at('2026-12-01') });
    const asked = (when: string) => decide(call, [holiday], at(when), LIST_ONLY);
    expect(asked('2026-11-30T23:59:59.999')).toMatchObject({ verdict: 'block', reasons: [{ until: at('2026-12-01') }] });
    expect(asked('2026-12-01')).toMatchObject({ verdict: 'allow' });
    expect(decide(call, [holiday, optOut()], AT, LIST_ONLY)).not.toHaveProperty('reasons.1.until');
  });
});

describe('what an opt-in lifts', () => {
  it('the opt-outs it names', () => {
    const out = optOut();
    expect(codes(call, out, lift(out))).toBe('NOT_LISTED');
  });

  it('nothing else: not one recorded meanwhile, not a later one, not of another number', () => {
    const [first, meanwhile, later] = [optOut(), optOut(), optOut()];
    expect(listed([first, meanwhile, lift(first), later], call)).toEqual([meanwhile, later]);
    expect(listed([first, { ...lift(first), number: BINA }], call)).toEqual([first]);
    expect(listed([first, lift()], call)).toEqual([first]);
  });

  it('nothing by its date alone: a clock set back changes nobody’s list', () => {
    const out = optOut({ recordedAt: ms(AT + 60_000) });
    expect(listed([lift(out), out], call)).toEqual([]);
    expect(listed([{ ...lift(), recordedAt: ms(AT + 1) }, optOut()], call)).toHaveLength(1);
  });

  it('one number out of a prefix, with evidence, and leaves the others listed', () => {
    const series = optOut({ source: 'manual', number: '+9198765*' });
    const asked = optIn(AT, [series], { evidence: 'ticket 4711' });
    expect(listed([series, optIn(AT, [series])], call)).toEqual([series]);
    expect(listed([series, asked], call)).toEqual([]);
    expect(listed([series, asked], { ...call, number: e164('+919876543211') })).toEqual([series]);
  });

  it('is undone by the next opt-out, however long the story', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 12 }), (acts) => {
        const story: Fact[] = [];
        for (const out of acts) story.push(out ? optOut() : lift(...listed(story, call)));
        expect(listed(story, call).length > 0).toBe(acts.at(-1) === true);
      }),
    );
  });
});

describe('leave given after an opt-out', () => {
  const before = optOutAt('2026-11-01');
  const verdict = (...facts: Fact[]) => decide(call, [before, ...facts], AT, LIST_ONLY);

  it('is stronger when it is explicit and the person’s own', () => {
    expect(verdict(consented('2026-11-10'))).toMatchObject({
      verdict: 'allow',
      ground: { code: 'OK_CONSENT' },
      warnings: [{ code: 'OPTED_OUT', says: expect.stringMatching(/gave leave itself on 2026-11-10/) }],
    });
    expect(verdict(consented('2026-11-10', {}, { source: 'csv' })).verdict).toBe('block');
    expect(verdict(consented('2026-11-10', { basis: 'contract' })).verdict).toBe('block');
  });

  it('is not when it was earlier, is yet to come, was taken back or is for something else', () => {
    expect(verdict(consented('2026-10-31')).verdict).toBe('block');
    expect(verdict(consented('2026-11-23')).verdict).toBe('block');
    expect(verdict(consented('2026-11-10'), revocation('2026-11-11')).verdict).toBe('block');
    expect(verdict(consented('2026-11-10', { purpose: 'survey' })).verdict).toBe('block');
    expect(verdict(consented('2026-11-10', {}, { scope: 'sms' })).verdict).toBe('block');
  });
});

describe('the reasons', () => {
  it('name the rule: the person’s own act, the company’s list, its campaign, its channel', () => {
    expect(codes(call, optOut({ source: 'sms-stop' }))).toEqual(['OPTED_OUT']);
    expect(codes(call, optOut({ source: 'missed-call' }))).toEqual(['OPTED_OUT']);
    expect(codes(call, optOut({ source: 'manual' }))).toEqual(['DNC_TENANT']);
    expect(codes(call, optOut({ source: 'complaint' }))).toEqual(['DNC_TENANT']);
    expect(codes(call, optOut({ source: 'api', scope: 'voice' }))).toEqual(['DNC_CHANNEL']);
    expect(codes(sms, optOut({ source: 'csv', scope: 'sms' }))).toEqual(['DNC_CHANNEL']);
    const campaign = optOut({ source: 'agent', scope: 'campaign', campaign: 'x' });
    expect(codes({ ...call, campaign: 'x' }, campaign)).toEqual(['DNC_CAMPAIGN']);
  });

  it('are all told, the company’s list first, then the person’s own word', () => {
    const facts = [optOut({ source: 'manual', scope: 'voice' }), optOut(), optOut({ source: 'manual' })];
    expect(codes(call, ...facts)).toEqual(['DNC_TENANT', 'DNC_CHANNEL', 'OPTED_OUT']);
  });

  it('put blocks before what only waits, and repeat nothing as a warning', () => {
    const night = at('2026-11-22T23:00');
    const verdict = decide(contact('P'), [optOut(), called('2026-11-22T22:30')], night);
    expect(verdict).toMatchObject({
      verdict: 'block',
      reasons: [
        { code: 'OPTED_OUT', effect: 'block' },
        { code: 'PROVIDER_NO_PROMO' },
        { code: 'CONSENT_MISSING' },
        { code: 'DND_BAND_ix', effect: 'defer', until: at('2026-11-23T10:00') },
        { code: 'OUTSIDE_HOURS', until: at('2026-11-23T09:00') },
        { code: 'FREQ_GAP', until: at('2026-11-22T23:30') },
      ],
      warnings: [],
    });
  });

  it('tell people since when, by which key, in which call and flow, and rest on the fact and the rule', () => {
    const out = optOut({ key: '9', call: CALL, flow: 'appointment-reminder' });
    expect(decide(call, [out], AT, LIST_ONLY)).toEqual({
      verdict: 'block',
      reasons: [
        {
          code: 'OPTED_OUT',
          says:
            'the number is on the do-not-call list since 2026-11-22 10:00:05 IST, for all calls and SMS: ' +
            `it pressed 9 in call ${CALL} (flow appointment-reminder)`,
          facts: [out],
          rule: { id: 'HOUSE-OPT-OUT', source: { grade: 'SRC', title: 'Exotel, "Automated Calls"' } },
          effect: 'block',
        },
      ],
      warnings: [],
    });
  });

  it('give the words of whoever added it', () => {
    const says = (more: Parameters<typeof optOut>[0]) => decide(call, [optOut(more)], AT, LIST_ONLY);
    expect(says({ source: 'agent', actor: 'ravi', scope: 'voice', reason: 'asked twice' })).toMatchObject({
      reasons: [{ says: expect.stringMatching(/for calls: it was added by the agent ravi, because "asked twice"$/) }],
    });
    expect(says({ source: 'csv', number: '+9198765*', expiresAt: at('2027-01-01') })).toMatchObject({
      reasons: [
        { says: expect.stringMatching(/with all that begin with \+9198765, since .* until 2027-01-01 00:00:00 IST, for all/) },
      ],
    });
  });
});

describe('a contact that cannot be judged', () => {
  it('is stopped: no number, no class, one’s own number, a service number', () => {
    const verdict = (asked: Contact) => codes(asked);
    expect(verdict({ ...call, number: e164('9876543210') })).toEqual(['NUMBER_INVALID']);
    expect(verdict({ ...call, number: e164('+9198765') })).toEqual(['NUMBER_INVALID']);
    expect(verdict({ ...call, exophone: ASHA })).toEqual(['NUMBER_INVALID']);
    expect(verdict({ ...call, class: 'X' as 'SI' })).toEqual(['CLASS_UNKNOWN']);
    for (const number of ['+911409876543', '+911600123456', '+911800123456', '+91127123', '+91112', '+911909']) {
      const reasons = decide({ ...call, number: e164(number) }, [], NOON);
      expect(reasons, number).toMatchObject({
        verdict: 'block',
        reasons: expect.arrayContaining([expect.objectContaining({ code: 'NUMBER_FORBIDDEN' })]),
      });
    }
    expect(decide({ ...call, number: e164('+911127123456') }, [], NOON).verdict).toBe('allow');
  });

  it('passes with a warning where no rules are known, or the number looks made up', () => {
    const abroad = decide({ ...call, number: e164('+4915123456789') }, [], NOON);
    expect(abroad).toMatchObject({ verdict: 'allow', ground: { code: 'NOT_LISTED' }, warnings: [{ code: 'NO_RULES' }] });
    expect(decide({ ...call, number: e164('+919999999999') }, [], NOON)).toMatchObject({ warnings: [{ code: 'NUMBER_ODD' }] });
  });
});
