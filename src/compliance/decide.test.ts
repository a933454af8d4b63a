import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contact, Fact } from '../core/facts.ts';
import { callId, e164, ms } from '../core/ids.ts';
import { parseInstant } from '../core/time.ts';
import { decide, listed } from './decide.ts';
import { RULES } from './rules/index.ts';

const ASHA = e164('+919876543210');
const AT = parseInstant('2026-11-22T10:00:05') ?? ms(0);
const CALL = callId('5f0c1d2e3a4b5c6d7e8f9a0b1c2d19co');

let n = 0;
const fact = (more: Partial<Fact> = {}): Fact => ({
  id: `f${++n}`,
  kind: 'opt-out',
  number: ASHA,
  scope: 'all',
  source: 'key-press',
  at: AT,
  recordedAt: AT,
  actor: 'caller',
  ...more,
});
const optIn = (...lifts: Fact[]) => fact({ kind: 'opt-in', source: 'manual', supersedes: lifts.map(({ id }) => id) });

const call: Contact = { number: ASHA, channel: 'voice', class: 'SI' };
const sms: Contact = { ...call, channel: 'sms' };
const codes = (contact: Contact, ...facts: Fact[]) => {
  const verdict = decide(contact, facts, AT);
  return verdict.verdict === 'allow' ? verdict.ground.code : verdict.reasons.map(({ code }) => code);
};

describe('what an opt-out stops', () => {
  it('all: calls and SMS of every campaign', () => {
    for (const contact of [call, sms, { ...call, campaign: 'diwali' }]) expect(codes(contact, fact())).toEqual(['OPTED_OUT']);
  });

  it('voice: calls; sms: messages', () => {
    expect([codes(call, fact({ scope: 'voice' })), codes(sms, fact({ scope: 'voice' }))]).toEqual([['OPTED_OUT'], 'NOT_LISTED']);
    expect([codes(call, fact({ scope: 'sms' })), codes(sms, fact({ scope: 'sms' }))]).toEqual(['NOT_LISTED', ['OPTED_OUT']]);
  });

  it('campaign: that one and no other', () => {
    const diwali = fact({ scope: 'campaign', campaign: 'diwali' });
    expect(codes({ ...call, campaign: 'diwali' }, diwali)).toEqual(['OPTED_OUT']);
    expect(codes({ ...call, campaign: 'holi' }, diwali)).toBe('NOT_LISTED');
    expect(codes(call, diwali)).toBe('NOT_LISTED');
  });

  it('a campaign nobody named: every one, for it may be meant', () => {
    expect(codes(call, fact({ scope: 'campaign' }))).toEqual(['OPTED_OUT']);
    expect(codes({ ...call, campaign: 'holi' }, fact({ scope: 'campaign' }))).toEqual(['OPTED_OUT']);
  });

  it('every class but government', () => {
    for (const kind of ['P', 'SE', 'SI', 'T'] as const)
      expect(codes({ ...call, class: kind }, fact()), kind).toEqual(['OPTED_OUT']);
    expect(decide({ ...call, class: 'G' }, [fact()], AT)).toMatchObject({ verdict: 'allow', ground: { code: 'OK_G' } });
  });

  it('no other number', () => {
    expect(codes({ ...call, number: e164('+919812345678') }, fact())).toBe('NOT_LISTED');
  });

  it('the same at any instant: a run in the past is refused too', () => {
    fc.assert(
      fc.property(fc.integer(), (instant) => {
        expect(decide(call, [fact()], ms(instant)).verdict).toBe('block');
      }),
    );
  });
});

describe('what an opt-in lifts', () => {
  it('the opt-outs it names', () => {
    const out = fact();
    expect(codes(call, out, optIn(out))).toBe('NOT_LISTED');
  });

  it('nothing else: not one recorded meanwhile, not a later one, not of another number', () => {
    const [first, meanwhile, later] = [fact(), fact(), fact()];
    expect(listed([first, meanwhile, optIn(first), later], call)).toEqual([meanwhile, later]);
    expect(listed([first, { ...optIn(first), number: e164('+919812345678') }], call)).toEqual([first]);
    expect(listed([first, optIn()], call)).toEqual([first]);
  });

  it('nothing by its date alone: a clock set back changes nobody’s list', () => {
    const out = fact({ recordedAt: ms(AT + 60_000) });
    expect(listed([optIn(out), out], call)).toEqual([]);
    expect(listed([{ ...optIn(), recordedAt: ms(AT + 1) }, fact()], call)).toHaveLength(1);
  });

  it('is undone by the next opt-out, however long the story', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 12 }), (acts) => {
        const story: Fact[] = [];
        for (const out of acts) story.push(out ? fact() : optIn(...listed(story, call)));
        expect(listed(story, call).length > 0).toBe(acts.at(-1) === true);
      }),
    );
  });
});

describe('the reasons', () => {
  it('name the rule: the person’s own act, the company’s list, its campaign, its channel', () => {
    expect(codes(call, fact({ source: 'sms-stop' }))).toEqual(['OPTED_OUT']);
    expect(codes(call, fact({ source: 'missed-call' }))).toEqual(['OPTED_OUT']);
    expect(codes(call, fact({ source: 'manual' }))).toEqual(['DNC_TENANT']);
    expect(codes(call, fact({ source: 'complaint' }))).toEqual(['DNC_TENANT']);
    expect(codes(call, fact({ source: 'api', scope: 'voice' }))).toEqual(['DNC_CHANNEL']);
    expect(codes(sms, fact({ source: 'csv', scope: 'sms' }))).toEqual(['DNC_CHANNEL']);
    expect(codes({ ...call, campaign: 'x' }, fact({ source: 'agent', scope: 'campaign', campaign: 'x' }))).toEqual([
      'DNC_CAMPAIGN',
    ]);
  });

  it('are all told, the person’s own first', () => {
    const facts = [fact({ source: 'manual', scope: 'voice' }), fact({ source: 'manual' }), fact()];
    expect(codes(call, ...facts)).toEqual(['OPTED_OUT', 'DNC_TENANT', 'DNC_CHANNEL']);
  });

  it('tell people since when, by which key, in which call and flow, and rest on the fact', () => {
    const out = fact({ key: '9', call: CALL, flow: 'appointment-reminder' });
    const verdict = decide(call, [out], AT);
    expect(verdict).toEqual({
      verdict: 'block',
      reasons: [
        {
          code: 'OPTED_OUT',
          says:
            'the number is on the do-not-call list since 2026-11-22 10:00:05 IST, for all calls and SMS: ' +
            `it pressed 9 in call ${CALL} (flow appointment-reminder)`,
          facts: [out],
        },
      ],
    });
  });

  it('give the words of whoever added it', () => {
    const says = decide(call, [fact({ source: 'agent', actor: 'ravi', scope: 'voice', reason: 'asked twice' })], AT);
    expect(says).toMatchObject({
      reasons: [{ says: expect.stringMatching(/for calls: it was added by the agent ravi, because "asked twice"$/) }],
    });
  });
});

describe('the rule book', () => {
  const later = (until?: number) => () => ({ code: 'X', says: 'x', facts: [], ...(until !== undefined && { until: ms(until) }) });

  it('defers to the latest instant when every finding can wait', () => {
    expect(decide(call, [], AT, [...RULES, later(5), later(9)])).toMatchObject({ verdict: 'defer', nextAllowedAt: 9 });
  });

  it('blocks when one cannot', () => {
    expect(decide(call, [], AT, [later(5), later()])).toMatchObject({ verdict: 'block', reasons: [{}, {}] });
    expect(decide(call, [fact()], AT, [...RULES, later(5)]).verdict).toBe('block');
  });
});
