import type { CallClass } from '../core/event.ts';
import type { Channel, Contact } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { HOUSE } from './packs/house.ts';
import type { Check, CheckOf, RulePack } from './packs/pack.ts';
import type { Policy } from './policy.ts';
import { isOfKind, type Ruled, ruledBy } from './ruled.ts';

export type RuledOf<Kind extends Check['kind']> = Ruled & { data: { check: CheckOf<Kind> } };

/** The rules about contacts with one number on one channel at one time, the most telling first. */
export type Page = {
  reclasses: readonly Ruled[];
  judges(of: CallClass): readonly Ruled[];
  /** The first rule of a kind that is about the class. */
  find<Kind extends Check['kind']>(kind: Kind, of: CallClass): RuledOf<Kind> | undefined;
  /** Rules of a country or provider are among them. */
  covered: boolean;
  /** The vendor's whitelist matters to one of them. */
  asksStanding: boolean;
  resolicitDays: number | undefined;
};

/** All rules of a policy. */
export type Book = { page(contact: Contact, at: Ms): Page };

const books = new WeakMap<Policy, Book>();

export function bookOf(policy: Policy): Book {
  const known = books.get(policy);
  if (known) return known;
  const book = makeBook(policy);
  books.set(policy, book);
  return book;
}

function makeBook(policy: Policy): Book {
  const { packs } = policy.profile;
  const rules = ruledBy(policy);
  const changes = [...new Set(rules.flatMap(({ from, until }) => [from, until]))].toSorted((a, b) => b - a);
  const pages = new Map<number, Page>();
  return {
    page({ number, channel }, at) {
      let era = 0;
      while (era < changes.length && at < (changes[era] ?? 0)) era++;
      let covering = 0;
      for (let i = 0; i < packs.length; i++) if (covers(packs[i] as RulePack, number)) covering |= 1 << i;
      const key = (covering * (changes.length + 1) + era) * 2 + (channel === 'sms' ? 1 : 0);
      let page = pages.get(key);
      if (page === undefined) {
        page = makePage(rules.filter((rule) => isOn(rule, channel, at) && covers(rule.pack, number)));
        pages.set(key, page);
      }
      return page;
    },
  };
}

function covers({ numbers }: RulePack, number: E164): boolean {
  for (const prefix of numbers) if (number.startsWith(prefix)) return true;
  return false;
}

const isOn = ({ from, until, data }: Ruled, channel: Channel, at: Ms): boolean =>
  at >= from && at < until && (data.channels === undefined || data.channels.includes(channel));

const isAbout = ({ data: { classes } }: Ruled, kind: CallClass): boolean => classes === undefined || classes.includes(kind);

function makePage(rules: readonly Ruled[]): Page {
  const judging = rules.filter(({ judge }) => judge !== undefined);
  const byClass = new Map<CallClass, readonly Ruled[]>();
  const resolicit = rules.find((rule) => isOfKind(rule, 'resolicit'));
  return {
    reclasses: rules.filter(({ reclass }) => reclass !== undefined),
    judges(of) {
      let judges = byClass.get(of);
      if (judges === undefined) {
        judges = judging.filter((rule) => isAbout(rule, of));
        byClass.set(of, judges);
      }
      return judges;
    },
    find: <Kind extends Check['kind']>(kind: Kind, of: CallClass) =>
      rules.find((rule): rule is RuledOf<Kind> => isOfKind(rule, kind) && isAbout(rule, of)),
    covered: rules.some(({ pack }) => pack !== HOUSE),
    asksStanding: rules.some((rule) => isOfKind(rule, 'whitelist') || isOfKind(rule, 'blacklist')),
    resolicitDays: resolicit && isOfKind(resolicit, 'resolicit') ? resolicit.data.check.days : undefined,
  };
}
