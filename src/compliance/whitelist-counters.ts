import type { E164 } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';

/** How the numbers of a request fared. Total = Duplicate + Processed, Processed = Succeeded + Redundant + Failed. */
export type Counters = Record<'Total' | 'Duplicate' | 'Processed' | 'Succeeded' | 'Redundant' | 'Failed', number>;

/** What became of one number as it was given. `why` completes "… because ". */
export type NumberResult = {
  given: string;
  number?: E164;
  became: 'duplicate' | 'succeeded' | 'redundant' | 'failed';
  why?: string;
};

/** What becomes of a number that is well formed and comes for the first time. */
export type Handle = (number: E164, kind: 'mobile' | 'landline' | 'other') => Pick<NumberResult, 'became' | 'why'>;

/** Every number as given, the first of equal ones counting. */
export function handleEach(given: readonly string[], country: string, handle: Handle): readonly NumberResult[] {
  const seen = new Set<string>();
  return given.map((text): NumberResult => {
    const normal = normalise(text, country);
    const name = normal.ok ? normal.number : text.trim();
    if (seen.has(name)) return { given: text, ...(normal.ok && { number: normal.number }), became: 'duplicate' };
    seen.add(name);
    if (!normal.ok) return { given: text, became: 'failed', why: normal.why };
    return { given: text, number: normal.number, ...handle(normal.number, normal.kind) };
  });
}

export const succeededIn = (results: readonly NumberResult[]): readonly E164[] =>
  results.flatMap(({ became, number }) => (became === 'succeeded' && number ? [number] : []));

export function countersOf(results: readonly NumberResult[]): Counters {
  const count = (became: NumberResult['became']) => results.filter((one) => one.became === became).length;
  const [Duplicate, Succeeded, Redundant, Failed] = [count('duplicate'), count('succeeded'), count('redundant'), count('failed')];
  return { Total: results.length, Duplicate, Processed: Succeeded + Redundant + Failed, Succeeded, Redundant, Failed };
}
