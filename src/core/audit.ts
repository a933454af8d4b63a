import type { Contact, Fact, Reason, Subject, Verdict, WhitelistEvent } from './facts.ts';
import type { CallId, Ms } from './ids.ts';

/** What was done. `adopt` takes facts in that an older store kept without a chain. */
export type AuditAction =
  | 'add'
  | 'remove'
  | 'import'
  | 'export'
  | 'adopt'
  | 'erase'
  | 'decide'
  | 'listing'
  | 'complaint'
  | 'inbound'
  | 'contacted'
  | 'consent.grant'
  | 'consent.revoke'
  | `whitelist.${string}`;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
/** Says what was done, without whole numbers and without texts that could name a person. */
export type AuditBody = { readonly [key: string]: Json | undefined };

export type NewAuditEntry = {
  action: AuditAction;
  /** When it happened, on the clock of the call or of the person. */
  at: Ms;
  actor: string;
  /** In the open until the person is erased. */
  number?: Subject;
  /** Free text, such as a reason; in the open until the person is erased. */
  note?: string;
  body: AuditBody;
};

/** An entry of the chain. `number` and `note` are not part of the hash; their salted hashes `who` and `said` are. */
export type AuditEntry = {
  /** Counts from 1, without gaps. */
  seq: number;
  at: Ms;
  /** On the clock of the machine. */
  recordedAt: Ms;
  actor: string;
  action: AuditAction;
  who?: string;
  number?: Subject;
  said?: string;
  note?: string;
  /** The first and last fact, in the store's count, that this entry recorded. */
  facts?: FactRange;
  /** JSON, as it was hashed. */
  body: string;
  /** The hash of the entry before. */
  prev: string;
  hash: string;
};

export type FactRange = { from: number; to: number };

/** The end of a chain. Kept elsewhere, it shows later that the end was cut off. */
export type AuditHead = {
  /** Which store's chain. */
  store: string;
  /** Its last entry; 0 when it is empty. */
  seq: number;
  hash: string;
};

/** What is wrong with a chain, and at which entry. Of facts that are in no entry, `seq` is 0. */
export type AuditProblem = {
  what: 'changed' | 'missing' | 'moved' | 'rewritten' | 'cut' | 'facts' | 'list' | 'head';
  seq: number;
  /** A sentence's end, after "entry 5": `was changed`. */
  says: string;
};

export type AuditReport = {
  entries: number;
  head: AuditHead;
  /** The entries whose hash had been kept elsewhere; without any, an end that was cut off cannot be seen. */
  against: readonly number[];
  problems: readonly AuditProblem[];
};

/** `entry 5 was changed`, `entries 5 to 7 are missing`. */
export const sayAuditProblem = ({ seq, says }: AuditProblem): string =>
  seq === 0 ? says : `${says.startsWith('to ') ? 'entries' : 'entry'} ${seq} ${says}`;

/** What an entry's hash is taken of. */
export function auditText(entry: Omit<AuditEntry, 'hash'>): string {
  const { prev, seq, at, recordedAt, actor, action, who, said, facts, body } = entry;
  return wellFormed(JSON.stringify([prev, seq, at, recordedAt, actor, action, who, said, facts?.from, facts?.to, body]));
}

/** Half a surrogate pair does not survive a store; neither may it change a hash. */
const wellFormed = (json: string): string => (json.includes('\\ud') ? json.replace(/\\ud[89a-f]../g, '\ufffd') : json);

/** The fields that facts of every kind may have. */
export const COMMON_FIELDS = [
  'id',
  'kind',
  'number',
  'scope',
  'source',
  'at',
  'recordedAt',
  'actor',
  'call',
  'flow',
  'node',
  'key',
  'campaign',
  'reason',
  'evidence',
  'supersedes',
  'expiresAt',
] as const satisfies readonly (keyof Fact)[];

const COMMON = new Set<string>(COMMON_FIELDS);

/** The fields that only facts of its kind have; undefined when there are none. */
export function detailOf(fact: Fact): Record<string, unknown> | undefined {
  let detail: Record<string, unknown> | undefined;
  for (const field in fact) {
    const value = COMMON.has(field) ? undefined : (fact as Record<string, unknown>)[field];
    if (value !== undefined) detail = { ...detail, [field]: value };
  }
  return detail;
}

/** What a fact's digest is taken of: every field of it. */
export const factText = (fact: Fact): string =>
  wellFormed(JSON.stringify([...COMMON_FIELDS.map((field) => fact[field]), Object.entries(detailOf(fact) ?? {}).toSorted()]));

/**
 * The entry that goes with a fact.
 * @param standing the opt-outs of its number in force before and after it, by their ids.
 */
export function auditOfFact(fact: Fact, standing?: { before: readonly string[]; after: readonly string[] }): NewAuditEntry {
  const { id, kind, number, scope, source, at, actor, call, flow, node, key, campaign, expiresAt, supersedes } = fact;
  const note = [fact.reason, fact.evidence && `evidence: ${fact.evidence}`].filter(Boolean).join('; ');
  const common = { fact: id, kind, scope, source, campaign, call, flow, node, key, expiresAt, lifts: supersedes };
  return {
    action: actionOf(fact),
    at,
    actor,
    number,
    ...(note && { note }),
    body: { ...common, ...detailBody(fact), ...standing },
  };
}

const ACTIONS = {
  'opt-out': 'add',
  'opt-in': 'remove',
  revocation: 'consent.revoke',
  consent: 'consent.grant',
  complaint: 'complaint',
  listing: 'listing',
  inbound: 'inbound',
  contacted: 'contacted',
} as const satisfies Partial<Record<Fact['kind'], AuditAction>>;

function actionOf(fact: Fact): AuditAction {
  if (fact.kind === 'whitelist') return `whitelist.${fact.whitelist.event satisfies WhitelistEvent['event']}`;
  return fact.kind === 'opt-out' && fact.source === 'csv' ? 'import' : ACTIONS[fact.kind];
}

/** What the person was shown, and from where they answered, stays with the fact. */
function detailBody(fact: Fact): AuditBody {
  if (fact.kind === 'listing') return { preference: fact.preference };
  if (fact.kind === 'consent')
    return { basis: fact.consent.basis, purpose: fact.consent.purpose, category: fact.consent.category };
  if (fact.kind === 'whitelist') return fact.whitelist;
  if (fact.kind === 'inbound') return { channel: fact.channel };
  return fact.kind === 'contacted' ? { channel: fact.channel, class: fact.class } : {};
}

/** The entry of a verdict that let something out or held it back. `rules` names the rule packs that were asked. */
export function auditOfVerdict(
  contact: Contact,
  verdict: Verdict,
  on: { at: Ms; actor: string; call?: CallId; rules?: readonly string[] },
): NewAuditEntry {
  const { number, channel, class: kind, campaign, category, mode, purpose } = contact;
  const reasons = verdict.verdict === 'allow' ? [verdict.ground] : verdict.reasons;
  const body = {
    verdict: verdict.verdict,
    channel,
    class: kind,
    campaign,
    category,
    mode,
    purpose,
    reasons: reasons.map(reasonBody),
    warnings: verdict.warnings.length > 0 ? verdict.warnings.map(reasonBody) : undefined,
    until: verdict.verdict === 'defer' ? verdict.nextAllowedAt : undefined,
    call: on.call,
    rules: on.rules,
  };
  return { action: 'decide', at: on.at, actor: on.actor, number, body };
}

const reasonBody = ({ code, rule, facts }: Reason): AuditBody => ({
  code,
  rule: rule?.id,
  facts: facts.length > 0 ? facts.map(({ id }) => id) : undefined,
});

/** Ids may look like numbers and are none. */
const IDS = new Set(['fact', 'facts', 'lifts', 'before', 'after', 'call']);
const NUMBERS = /(?<![\da-z])\+?\d{9,15}(?![\da-z])/gi;

/** Leaves out what looks like a phone number. */
export const withoutNumbers = (text: string): string => (/\d{9}/.test(text) ? text.replace(NUMBERS, '(number)') : text);

/** The body as JSON, every phone number in its texts left out. */
export const bodyText = (body: AuditBody): string => JSON.stringify(cleaned(body));

function cleaned(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return withoutNumbers(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((one) => cleaned(one) ?? null);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, IDS.has(key) ? one : cleaned(one)]));
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);
