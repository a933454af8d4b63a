import type { E164 } from '../core/ids.ts';
import type { KeyScript, Phone } from './parts.ts';

/** What the person at a number does. */
export type Person = {
  /** E.164, or a beginning of it with a `*`. */
  number: string;
  /** When their phone rings; as everybody does when absent. */
  phone?: Phone;
  /** What they press once they have answered, or once their own call is taken. */
  keys?: KeyScript;
  /** What becomes of an SMS to them: the vendor's final detail code. */
  smsCode?: number;
  /** For number metadata. */
  circle?: string;
  operator?: string;
};

export type People = {
  /** What is known of a number: of equal fields those of the longest pattern that fits it. */
  of(number: string): Omit<Person, 'number'>;
  /** Replaces who has the same number or pattern. */
  put(person: Person): void;
  list(): readonly Person[];
  clear(): void;
};

export function createPeople(everybody: Omit<Person, 'number'> = {}): People {
  const exact = new Map<string, Person>();
  /** Longest first. */
  let patterns: readonly Person[] = [];

  return {
    of(number) {
      const own = exact.get(number);
      const fitting = patterns.length === 0 ? patterns : patterns.filter((one) => number.startsWith(one.number.slice(0, -1)));
      if (!own && fitting.length === 0) return everybody;
      return Object.assign({}, everybody, ...fitting.toReversed(), own);
    },
    put(person) {
      if (!person.number.endsWith('*')) {
        exact.set(person.number, person);
        return;
      }
      const others = patterns.filter(({ number }) => number !== person.number);
      patterns = [...others, person].toSorted((a, b) => b.number.length - a.number.length);
    },
    list: () => [...exact.values(), ...patterns],
    clear() {
      exact.clear();
      patterns = [];
    },
  };
}

/** A number or a beginning of one, as E.164: `98765*` is Indian. */
export function readPattern(text: string, normal: (text: string) => E164 | undefined): string | undefined {
  const bare = text.replace(/[\s-]/g, '');
  if (!bare.endsWith('*')) return normal(text);
  if (/^\+\d*\*$/.test(bare) || bare === '*') return bare.replace(/^\*$/, '+*');
  const digits = /^0?(\d+)\*$/.exec(bare)?.[1];
  return digits === undefined ? undefined : `+91${digits}*`;
}
