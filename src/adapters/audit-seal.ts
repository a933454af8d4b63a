import { createHash, hash, randomBytes } from 'node:crypto';
import {
  type AuditEntry,
  auditText,
  bodyText,
  type FactRange,
  factText,
  type NewAuditEntry,
  withoutNumbers,
} from '../core/audit.ts';
import type { Fact, Subject } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';

/** Made once for each store: its name in anchors, and the salt of its hashes, in hexadecimal digits. */
export type Identity = { id: string; salt: string };

export const createIdentity = (): Identity => ({ id: randomBytes(8).toString('hex'), salt: randomBytes(32).toString('hex') });

/** An entry before it is part of the chain, with the facts that it recorded. */
export type Unsealed = NewAuditEntry & { facts?: FactRange };

/** Everything of a chain that depends on its store's identity. */
export type Seal = {
  store: string;
  /** What the first entry follows. */
  genesis: string;
  /** Salted hash of a number or note: the first half of an HMAC-SHA256. */
  who(text: string): string;
  /** What an erased number is replaced with. */
  hide(number: string): Subject;
  digest(facts: readonly Fact[]): string;
  /** As {@link Seal.digest}, of what `factText` gives for each. */
  digestTexts(texts: readonly string[]): string;
  seal(entry: Unsealed, after: { seq: number; hash: string }, recordedAt: Ms): AuditEntry;
};

/** A verdict and what follows from it ask for the same number several times in a row. */
const MOST_KNOWN = 256;

export function createSeal({ id, salt }: Identity): Seal {
  const mac = createMac(Buffer.from(salt, 'hex'));
  const known = new Map<string, string>();
  const who = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MOST_KNOWN) known.clear();
    const hashed = mac(text).slice(0, 32);
    known.set(text, hashed);
    return hashed;
  };
  const digestTexts = (texts: readonly string[]): string => mac(texts.join('\n'));
  return {
    store: id,
    genesis: sha256(`press9 audit chain ${id}`),
    who,
    hide: (number) => `erased:${who(number)}` as Subject,
    digest: (facts) => digestTexts(facts.map(factText)),
    digestTexts,
    seal({ action, at, actor, number, note, facts, body }, { seq, hash: prev }, recordedAt) {
      const entry = {
        seq: seq + 1,
        at: ms(Math.round(at)),
        recordedAt,
        actor: withoutNumbers(actor),
        action,
        ...(number !== undefined && { who: who(number), number }),
        ...(note !== undefined && { said: who(note.toWellFormed()), note: note.toWellFormed() }),
        ...(facts && { facts }),
        body: bodyText(body),
        prev,
      };
      return { ...entry, hash: hashOf(entry) };
    },
  };
}

export const hashOf = (entry: Omit<AuditEntry, 'hash'>): string => sha256(auditText(entry));

const sha256 = (text: string): string => hash('sha256', text);

/** Longer texts are not copied once more. */
const LONG = 10_000;

/** HMAC-SHA256 by its definition: for short texts several times as fast as an Hmac object for each. */
export function createMac(key: Uint8Array): (text: string) => string {
  const pad = (byte: number) => Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ byte);
  const [inner, outer] = [pad(0x36), pad(0x5c)];
  return (text) => {
    const digest =
      text.length > LONG
        ? createHash('sha256').update(inner).update(text).digest()
        : hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer');
    return hash('sha256', Buffer.concat([outer, digest]));
  };
}
