import type { NewFact } from '../core/facts.ts';
import type { FactChunk } from '../core/ports.ts';

/** The facts of a chunk, each for itself. */
export const factsOf = (chunk: FactChunk): readonly NewFact[] =>
  'facts' in chunk ? chunk.facts : chunk.numbers.map((number): NewFact => ({ ...chunk.alike, number }));
