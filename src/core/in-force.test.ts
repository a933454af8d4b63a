import { describe, expect, it } from 'vitest';
import type { Fact } from './facts.ts';
import { e164, ms } from './ids.ts';
import { inForce } from './in-force.ts';

const fact = (id: string, more: Partial<Fact> = {}): Fact => ({
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
});
