import { describe, expect, it } from 'vitest';
import type { Fact, PlainFact } from './facts.ts';
import { e164, ms } from './ids.ts';
import { inForce } from './in-force.ts';

const fact = (id: string, more: Partial<PlainFact> = {}): Fact => ({
  id,
  kind: 'opt-out',
  number: e164('+919876543210'),
  scope: 'all',
  source: 'manual',
  at: ms(0),
  recordedAt: ms(0),
  actor: 'x',
  ...more,
});

describe('opt-outs in force', () => {
  it('are those that no opt-in of their number names, in their order', () => {
    const [a, b, c] = [fact('a'), fact('b', { number: e164('+919812345678') }), fact('c')];
    const lift = fact('d', { kind: 'opt-in', supersedes: ['a', 'b'] });
    expect(inForce([a, b, c])).toEqual([a, b, c]);
    expect(inForce([a, b, c, lift])).toEqual([b, c]);
    expect(inForce([lift, fact('e', { kind: 'opt-in' })])).toEqual([]);
  });

  it('of a number are also those of prefixes it begins with; an opt-in of the number lifts one only with evidence', () => {
    const number = e164('+919876543210');
    const [series, other] = [fact('a', { number: '+9198765*' }), fact('b', { number: '+9198766*' })];
    const lift = fact('c', { kind: 'opt-in', supersedes: ['a'] });
    expect(inForce([series, other], { number })).toEqual([series]);
    expect(inForce([series, lift], { number })).toEqual([series]);
    expect(inForce([series, { ...lift, evidence: 'ticket 4711' }], { number })).toEqual([]);
    expect(inForce([series, { ...lift, evidence: 'ticket 4711' }])).toEqual([series]);
    expect(inForce([series, { ...lift, number: '+9198765*' }], { number })).toEqual([]);
  });

  it('end when they say so, where an instant is asked for', () => {
    const ends = fact('a', { expiresAt: ms(1000) });
    expect(inForce([ends], { at: ms(999) })).toEqual([ends]);
    expect(inForce([ends], { at: ms(1000) })).toEqual([]);
    expect(inForce([ends])).toEqual([ends]);
  });
});
