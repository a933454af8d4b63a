import { factText } from '../core/audit.ts';
import type { Fact } from '../core/facts.ts';

/** In these alone the facts of one file usually differ. */
const OWN: ReadonlySet<string> = new Set(['id', 'number', 'evidence'] satisfies (keyof Fact)[]);

/** Are two facts the same, but for id, number and the words of their evidence? */
export function areAlike(a: Fact, b: Fact): boolean {
  let fields = 0;
  for (const field in a) {
    fields++;
    if (OWN.has(field)) continue;
    if (a[field as keyof Fact] !== b[field as keyof Fact]) return false;
  }
  for (const _ in b) fields--;
  return fields === 0 && (a.evidence === undefined) === (b.evidence === undefined);
}

/** Facts that follow each other and are alike, together. */
export function* runsOf(facts: readonly Fact[]): Iterable<readonly [first: Fact, ...others: Fact[]]> {
  for (let from = 0; from < facts.length; ) {
    const first = facts[from] as Fact;
    let to = from + 1;
    while (to < facts.length && areAlike(first, facts[to] as Fact)) to++;
    yield [first, ...facts.slice(from + 1, to)];
    from = to;
  }
}

/** The {@link factText} of each. What alike facts share is written once: an import would spend most of its time on it. */
export const factTexts = (facts: readonly Fact[]): readonly string[] =>
  [...runsOf(facts)].flatMap((run) => (run.length > 1 && textsOfRun(run)) || run.map(factText));

const GAP = '\u0000gap';

/** Undefined when something else is spelled like the gaps. */
function textsOfRun(run: readonly [first: Fact, ...others: Fact[]]): readonly string[] | undefined {
  const [first] = run;
  const hasEvidence = first.evidence !== undefined;
  const gaps = { id: GAP, number: GAP as Fact['number'], ...(hasEvidence && { evidence: GAP }) };
  const [a, b, c, d, more] = factText({ ...first, ...gaps }).split(JSON.stringify(GAP));
  if (more !== undefined || (d !== undefined) !== hasEvidence) return undefined;
  const quoted = (text = ''): string => JSON.stringify(text.toWellFormed());
  return run.map(({ id, number, evidence }) => a + quoted(id) + b + quoted(number) + c + (hasEvidence ? quoted(evidence) + d : ''));
}
