import type { Check, CheckOf } from '../packs/pack.ts';
import { bands } from './bands.ts';
import { consent } from './consent.ts';
import { classKnown, complaint, noPromo, offer, resolicit } from './contact.ts';
import { forbidden } from './forbidden.ts';
import { frequency } from './frequency.ts';
import { hours, ownHours } from './hours.ts';
import { list } from './list.ts';
import { number } from './number.ts';
import { mixing, transaction } from './reclass.ts';
import { register } from './register.ts';
import type { MakeJudge, MakeReclass } from './rule.ts';
import { barred, declared, exophone, registered, scrub, series } from './sender.ts';
import { unwanted } from './unwanted.ts';
import { blacklist, whitelist } from './whitelist.ts';

/** The kinds of rules that make a contact one of another class; they are asked first. */
export const RECLASSES = { mixing, transaction } satisfies { [Kind in Check['kind']]?: MakeReclass<Kind> };
export type ReclassKind = keyof typeof RECLASSES;
export type JudgedKind = Exclude<Check['kind'], ReclassKind>;

export const JUDGES: { [Kind in JudgedKind]: MakeJudge<Kind> } = {
  number,
  forbidden,
  list,
  blacklist,
  class: classKnown,
  'no-promo': noPromo,
  register,
  unwanted,
  bands,
  whitelist,
  consent,
  resolicit,
  registered,
  declared,
  series,
  exophone,
  offer,
  scrub,
  hours,
  'own-hours': ownHours,
  frequency,
  barred,
  complaint,
};

export const isReclass = (check: Check): check is CheckOf<ReclassKind> => check.kind in RECLASSES;

const OWN_ACTS: readonly Check['kind'][] = ['blacklist'];
/** The most telling first: why the number cannot be reached at all, what the person said, the law, the hours. */
const ROWS: readonly (readonly Check['kind'][])[] = [
  ['number'],
  ['forbidden'],
  ['list'],
  OWN_ACTS,
  ['class', 'mixing'],
  ['no-promo'],
  ['transaction'],
  ['register'],
  ['unwanted', 'bands'],
  ['whitelist'],
  ['consent'],
  ['resolicit'],
  ['registered', 'declared', 'series', 'exophone', 'offer'],
  ['scrub'],
  ['hours', 'own-hours'],
  ['frequency'],
  ['barred', 'complaint'],
];

/** Where the reasons of a rule stand among those of the same weight. */
export const rowOf = (check: Check): number =>
  check.kind === 'list' && check.own ? ROWS.indexOf(OWN_ACTS) : ROWS.findIndex((kinds) => kinds.includes(check.kind));
