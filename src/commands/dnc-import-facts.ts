import { parsePreference } from '../compliance/preference.ts';
import type { Category, Consent, FactSource, NewFact, Preference } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { ImportKind, Texts } from './dnc-import-fields.ts';
import { type About, leaveOut, no, type ReadLike, SOURCES } from './dnc-import-like.ts';
import { readOwn } from './dnc-import-own.ts';
import { type ReadDate, readDate } from './read-date.ts';

/** What a row tells, as a fact. `why` completes "row 5: ". */
export function readLike(kind: ImportKind | 'own', texts: Texts, about: About): ReadLike {
  if (kind === 'own') return readOwn(texts, about);
  const times = readTimes(texts, about, kind);
  if (typeof times === 'string') return no(times);
  return READERS[kind](texts, { ...about, ...times });
}

type Timed = About & Times;
type Times = { at: Ms; dated: boolean; expiresAt?: Ms };

const DAY = 24 * 60 * 60_000;

/** A day that is named as the end of a block is part of it; one that is named as the end of leave is not. */
function readTimes({ date, expires }: Texts, { now, country }: About, kind: ImportKind): Times | string {
  const at = date === undefined ? undefined : readDate(date, country === 'US');
  if (date !== undefined && !at) return `"${date}" is no date`;
  if (at && at.at > now) return `"${date}" lies in the future`;
  const end = expires === undefined ? undefined : readDate(expires, country === 'US');
  if (expires !== undefined && !end) return `"${expires}" is no date`;
  const expiresAt = end && endOf(end, kind);
  return { at: at?.at ?? now, dated: at !== undefined, ...(expiresAt !== undefined && { expiresAt }) };
}

const endOf = ({ at, wholeDay }: ReadDate, kind: ImportKind): Ms => (wholeDay && kind !== 'consent' ? ms(at + DAY) : at);

const READERS: Readonly<Record<ImportKind, (texts: Texts, timed: Timed) => ReadLike>> = {
  dnc: readOptOut,
  registry: readListing,
  consent: readConsent,
};

const base = ({ reason, evidence }: Texts, { at, expiresAt, actor, file }: Timed) => ({
  at,
  actor,
  ...(reason !== undefined && { reason }),
  evidence: evidence ?? file,
  ...(expiresAt !== undefined && { expiresAt }),
});

function readOptOut(texts: Texts, timed: Timed): ReadLike {
  if (timed.expiresAt !== undefined && timed.expiresAt <= timed.now) return leaveOut('it has expired');
  const scoped = readScope(texts);
  if (typeof scoped === 'string') return no(scoped);
  const { source, evidence } = readSource(texts, 'csv');
  const fact = { kind: 'opt-out' as const, ...scoped, source, ...base({ ...texts, ...evidence }, timed) };
  return { ok: true, like: { fact, dated: timed.dated } };
}

const SCOPES: Readonly<Record<string, 'all' | 'voice' | 'sms' | 'campaign'>> = {
  all: 'all',
  both: 'all',
  everything: 'all',
  voice: 'voice',
  call: 'voice',
  calls: 'voice',
  sms: 'sms',
  text: 'sms',
  texts: 'sms',
  campaign: 'campaign',
};

function readScope({ scope, campaign }: Texts): Pick<NewFact, 'scope' | 'campaign'> | string {
  const named = scope === undefined ? (campaign === undefined ? 'all' : 'campaign') : SCOPES[scope.toLowerCase()];
  if (named === undefined) return `"${scope}" is no scope: all, voice, sms or campaign`;
  if (named !== 'campaign') return { scope: named };
  return campaign === undefined ? 'its scope is a campaign, and none is named' : { scope: named, campaign };
}

/** How else people call the sources. */
const OTHER_NAMES: Readonly<Record<string, FactSource>> = {
  website: 'web',
  online: 'web',
  paper: 'form',
  phone: 'call',
  ivr: 'key-press',
  'missed call': 'missed-call',
  stop: 'sms-stop',
  start: 'sms-start',
};

/** An opt-out is not lost over its source: words that are none become its evidence. */
function readSource({ source, evidence }: Texts, preset: FactSource): { source: FactSource; evidence: Texts } {
  if (source === undefined) return { source: preset, evidence: {} };
  const name = source.toLowerCase();
  const known = SOURCES.find((one) => one === name) ?? OTHER_NAMES[name];
  if (known) return { source: known, evidence: {} };
  return { source: preset, evidence: { evidence: [source, evidence].filter(Boolean).join('; ') } };
}

function readListing(texts: Texts, timed: Timed): ReadLike {
  if (texts.preference === undefined) return no('it tells no preference');
  const parsed = parsePreference(command(texts.preference));
  if (!parsed.ok) return no(`"${texts.preference}" is no preference: ${parsed.why}`);
  return { ok: true, like: { fact: listing(parsed.preference, texts, timed), dated: timed.dated } };
}

const listing = (preference: Preference, texts: Texts, timed: Timed) =>
  ({ kind: 'listing', preference, scope: 'all', source: 'registry', ...base(texts, timed) }) as const;

/** Lists write `1,4` or `Fully Blocked` where an SMS to 1909 says `BLOCK 1,4` or `FULLY BLOCK`. */
function command(text: string): string {
  if (/^[\d\s,;#/]+$/.test(text)) return `BLOCK ${text.split(/\D+/).filter(Boolean).join(',')}`;
  const words = text.toUpperCase().replace(/\s+/g, ' ');
  if (/^FULL(Y|)( DND| BLOCKED| BLOCK)?$/.test(words)) return 'FULLY BLOCK';
  if (/^(PROMO|PROMOTIONAL)( BLOCKED| BLOCK)?$/.test(words)) return 'BLOCK PROMO';
  return /^(NONE|NOT REGISTERED|NO)$/.test(words) ? 'UNBLOCK ALL' : text.replace(/[;#/]/g, ',');
}

const BASES: readonly Consent['basis'][] = ['explicit', 'inquiry', 'contract'];

/** Without its date and source, leave proves nothing. */
function readConsent(texts: Texts, timed: Timed): ReadLike {
  if (!timed.dated) return no('it tells no date of the consent');
  if (texts.source === undefined) return no('it tells no source of the consent');
  const scoped = readScope(texts);
  if (typeof scoped === 'string') return no(scoped);
  const basis = BASES.find((one) => one === (texts.basis ?? 'explicit').toLowerCase());
  if (!basis) return no(`"${texts.basis}" is no basis: ${BASES.join(', ')}`);
  const category = texts.category === undefined ? undefined : readCategory(texts.category);
  if (texts.category !== undefined && category === undefined) return no(`"${texts.category}" is no category: 1 to 8`);
  const { purpose, text, ip } = texts;
  const consent: Consent = {
    basis,
    ...(purpose && { purpose }),
    ...(category && { category }),
    ...(text && { text }),
    ...(ip && { ip }),
  };
  const { source, evidence } = readSource(texts, 'csv');
  const fact = { kind: 'consent' as const, consent, ...scoped, source, ...base({ ...texts, ...evidence }, timed) };
  return { ok: true, like: { fact, dated: true } };
}

const readCategory = (text: string): Category | undefined => (/^[1-8]$/.test(text) ? (Number(text) as Category) : undefined);
