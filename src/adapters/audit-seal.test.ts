import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditText } from '../core/audit.ts';
import type { Fact } from '../core/facts.ts';
import { e164, ms } from '../core/ids.ts';
import { createIdentity, createMac, createSeal, hashOf } from './audit-seal.ts';

const ASHA = e164('+919876543210');
const seal = createSeal({ id: 'a-store', salt: '07'.repeat(32) });
const entry = { action: 'add', at: ms(1.4), actor: 'asha', number: ASHA, note: 'asked', body: { fact: 'f1' } } as const;

describe('the salted hash', () => {
  it('is HMAC-SHA256, as everybody computes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: 'grapheme' }), (key, text) => {
        expect(createMac(key)(text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
      }),
    );
  });

  it('of a number is the same in one store, and another in the next', () => {
    expect(seal.who(ASHA)).toBe(createHmac('sha256', Buffer.alloc(32, 7)).update(ASHA).digest('hex').slice(0, 32));
    expect(createSeal(createIdentity()).who(ASHA)).not.toBe(createSeal(createIdentity()).who(ASHA));
  });
});

describe('an entry', () => {
  it('follows the one before, and its hash can be checked with a line of any language', () => {
    const first = seal.seal(entry, { seq: 0, hash: seal.genesis }, ms(10));
    const second = seal.seal({ ...entry, facts: { from: 1, to: 2 } }, first, ms(11));
    expect(second).toMatchObject({ seq: 2, prev: first.hash, at: 1, recordedAt: 11, facts: { from: 1, to: 2 } });
    const { prev, seq, at, recordedAt, actor, action, who, said, body } = second;
    expect(auditText(second)).toBe(JSON.stringify([prev, seq, at, recordedAt, actor, action, who, said, 1, 2, body]));
  });

  it('names nobody in what is hashed', () => {
    const sealed = seal.seal({ ...entry, actor: '+919876543210' }, { seq: 0, hash: seal.genesis }, ms(10));
    expect(auditText(sealed)).not.toMatch(/9876543210|asked/);
    const { number, note, ...bare } = sealed;
    expect([number, note, hashOf(bare)]).toEqual([ASHA, 'asked', sealed.hash]);
  });

  it('has the same hash when half a surrogate pair came back from a store as U+FFFD', () => {
    const sealed = seal.seal({ ...entry, actor: 'a\ud800b' }, { seq: 0, hash: seal.genesis }, ms(10));
    expect(hashOf({ ...sealed, actor: 'a\ufffdb' })).toBe(sealed.hash);
  });
});

describe('the digest of facts', () => {
  const known = { id: 'f1', number: ASHA, scope: 'all', source: 'web', at: ms(1), recordedAt: ms(2), actor: 'x' } as const;
  const fact = { ...known, kind: 'opt-out' } as const satisfies Fact;

  it('is of every field, and of none that is not there', () => {
    const digest = seal.digest([fact]);
    const consent = (text: string): Fact => ({ ...known, kind: 'consent', consent: { basis: 'explicit', text } });
    const others: readonly Fact[] = [
      ...[{ id: 'f2' }, { scope: 'sms' as const }, { reason: '' }, { expiresAt: ms(0) }, { supersedes: [] }].map((more) => ({
        ...fact,
        ...more,
      })),
      consent('a'),
      consent('b'),
    ];
    const digests = [digest, ...others.map((one) => seal.digest([one])), seal.digest([fact, fact]), seal.digest([])];
    expect(new Set(digests).size).toBe(digests.length);
    expect(seal.digest([{ ...fact, reason: undefined } as unknown as Fact])).toBe(digest);
  });
});
