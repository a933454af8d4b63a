import type { AuditAction, AuditEntry, AuditHead, AuditProblem, AuditReport, FactRange } from '../core/audit.ts';
import type { Fact } from '../core/facts.ts';
import { hashOf, type Seal } from './audit-seal.ts';

/** A chain and the facts it tells of, in their order, at one moment. */
export type ChainSource = {
  entries(action?: AuditAction): Iterable<AuditEntry>;
  facts(range: FactRange): readonly Fact[];
  /** The store's count of every fact. */
  factNumbers(): Iterable<number>;
  /** How many entries of the list of lifted opt-outs are not as the opt-ins tell, where there is such a list. */
  wrongLifts(): number;
};

/** So many problems are told, and those with heads that were kept; where there are more, one would do. */
const ENOUGH = 100;

type Tell = (what: AuditProblem['what'], seq: number, says: string) => void;

type Check = { source: ChainSource; seal: Seal; erased: Erasures; tell: Tell };

/** Checks every entry, that each follows the one before, that facts are as they were recorded, and that no end is missing. */
export function verifyChain(source: ChainSource, seal: Seal, kept: readonly AuditHead[]): AuditReport {
  const problems: AuditProblem[] = [];
  const tell: Tell = (what, seq, says) => problems.length < ENOUGH && problems.push({ what, seq, says });
  const heads = new Map<number, string>(kept.map(({ seq }) => [seq, seq === 0 ? seal.genesis : '']));
  const { entries, last, covered } = walk({ source, seal, erased: readErasures(source.entries('erase')), tell }, heads);
  for (const range of uncovered(source.factNumbers(), covered)) tell('facts', 0, sayUncovered(range));
  const lifts = source.wrongLifts();
  if (lifts > 0) tell('list', 0, `${lifts} of the lifted opt-outs are not as the facts tell`);
  const always: Tell = (what, seq, says) => problems.push({ what, seq, says });
  for (const head of kept) checkHead(head, heads.get(head.seq), last.seq, seal, always);
  const head = { store: seal.store, seq: last.seq, hash: last.hash };
  const against = [...new Set(kept.map(({ seq }) => seq))];
  return { entries, head, against, problems: problems.toSorted((a, b) => a.seq - b.seq) };
}

type Last = { seq: number; hash: string; sound: boolean };

/** @param heads gets the hash of each entry that it asks for. */
function walk(check: Check, heads: Map<number, string>): { entries: number; last: Last; covered: readonly FactRange[] } {
  const covered: FactRange[] = [];
  const broken: AuditEntry[] = [];
  let last = { seq: 0, hash: check.seal.genesis, sound: true };
  let entries = 0;
  for (const entry of check.source.entries()) {
    const sound = hashOf(entry) === entry.hash;
    if (entry.seq > last.seq + 1) check.tell('missing', last.seq + 1, sayMissing(last.seq + 1, entry.seq - 1));
    if (sound) checkEntry(entry, last, check);
    else broken.push(entry);
    if (entry.facts) covered.push(entry.facts);
    if (heads.has(entry.seq)) heads.set(entry.seq, entry.hash);
    last = { seq: entry.seq, hash: entry.hash, sound };
    entries++;
  }
  tellBroken(broken, check.tell);
  return { entries, last, covered };
}

function checkEntry(entry: AuditEntry, last: Last, check: Check): void {
  if (last.sound && entry.seq === last.seq + 1 && entry.prev !== last.hash) {
    check.tell('rewritten', last.seq, 'was written anew: the entry behind it does not follow');
  }
  checkOpen(entry, check);
  if (entry.facts) checkFacts(entry, entry.facts, check);
}

const sayMissing = (from: number, to: number): string => (from === to ? 'is missing' : `to ${to} are missing`);

/** What erasures changed, by their own account. */
export type Erasures = { who: ReadonlySet<string>; notes: ReadonlySet<number>; digests: ReadonlyMap<number, string> };

export function readErasures(entries: Iterable<AuditEntry>): Erasures {
  const who = new Set<string>();
  const notes = new Set<number>();
  const digests = new Map<number, string>();
  for (const entry of entries) {
    if (hashOf(entry) !== entry.hash) continue;
    const { erased, notes: without, digests: renewed } = readBody(entry.body);
    for (const one of listOf(erased)) who.add(String(one));
    for (const seq of listOf(without)) notes.add(Number(seq));
    for (const [from, digest] of Object.entries(renewed ?? {})) digests.set(Number(from), String(digest));
  }
  return { who, notes, digests };
}

/** What the facts of an entry must have as their digest. */
export const digestOf = ({ facts, body }: AuditEntry, erased: Erasures): unknown =>
  erased.digests.get(facts?.from ?? 0) ?? readBody(body).digest;

/** What verification needs of a body; it may hold anything. */
type ChainBody = { digest?: unknown; erased?: unknown; notes?: unknown; digests?: object };

function readBody(body: string): ChainBody {
  try {
    return (JSON.parse(body) as ChainBody | null) ?? {};
  } catch {
    return {};
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The fields that the hash does not cover. */
function checkOpen({ seq, who, number, said, note, action }: AuditEntry, { seal, erased, tell }: Check): void {
  const mayBeGone = action === 'erase' || (who !== undefined && erased.who.has(who));
  if (number === undefined ? who !== undefined && !mayBeGone : seal.who(number) !== who) {
    tell('changed', seq, number === undefined ? 'has lost its number' : 'has another number');
  }
  if (note === undefined ? said !== undefined && !mayBeGone && !erased.notes.has(seq) : seal.who(note) !== said) {
    tell('changed', seq, note === undefined ? 'has lost its note' : 'has another note');
  }
}

function checkFacts(entry: AuditEntry, range: FactRange, { source, seal, erased, tell }: Check): void {
  const facts = source.facts(range);
  if (seal.digest(facts) === digestOf(entry, erased)) return;
  const many = range.to > range.from;
  if (facts.length === 0) tell('facts', entry.seq, many ? 'has lost its facts' : 'has lost its fact');
  else
    tell('facts', entry.seq, many ? 'recorded other facts than the store holds' : 'recorded another fact than the store holds');
}

/** Entries whose hash is wrong: two that carry each other's hash have changed places. */
function tellBroken(broken: readonly AuditEntry[], tell: Tell): void {
  for (const entry of broken.slice(0, ENOUGH)) {
    const place = broken.slice(0, ENOUGH).find(({ seq }) => seq !== entry.seq && hashOf({ ...entry, seq }) === entry.hash)?.seq;
    if (place === undefined) tell('changed', entry.seq, 'was changed');
    else tell('moved', entry.seq, `was moved: it was entry ${place}`);
  }
}

/** Those that follow each other are one range. */
function* uncovered(numbers: Iterable<number>, covered: readonly FactRange[]): Iterable<FactRange> {
  const ranges = covered.toSorted((a, b) => a.from - b.from);
  let at = 0;
  let open: FactRange | undefined;
  for (const seq of numbers) {
    while (at < ranges.length && (ranges[at]?.to ?? 0) < seq) at++;
    if ((ranges[at]?.from ?? Number.POSITIVE_INFINITY) <= seq) continue;
    if (open && open.to + 1 < seq) yield open;
    open = { from: open && open.to + 1 === seq ? open.from : seq, to: seq };
  }
  if (open) yield open;
}

const sayUncovered = ({ from, to }: FactRange): string =>
  from === to ? `fact ${from} of the store is in no entry` : `facts ${from} to ${to} of the store are in no entry`;

function checkHead(head: AuditHead, found: string | undefined, last: number, seal: Seal, tell: Tell): void {
  if (head.store !== seal.store) tell('head', 0, 'the head that was kept is of another store: this one has taken its place');
  else if (head.seq > last) tell('cut', last + 1, `${sayMissing(last + 1, head.seq)}: the end was cut off`);
  else if (found !== '' && found !== head.hash) tell('rewritten', head.seq, 'is another than when the head was kept');
}
