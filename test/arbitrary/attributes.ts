import fc from 'fast-check';
import type { AttributeSpec } from '../../src/flow/elements.ts';

/** Words as people write them, with what XML must escape, other scripts and a character beyond 16 bits. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom('ok', 'Tom & Jerry', '<b>', 'a "quote"', "it's", 'नमस्ते', '😀', '{{name}}', ']]>', '50%', 'x=y', '&amp;'),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((words) => words.join(' '));

/** Candidates by the name of the type; those that the attribute itself refuses are left out. */
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  Accept: ['1-24', '0,5', '/[1-9]+/', '1-3,9'],
  Assignment: ['answer=yes', 'a=', 'b=1 & 2', 'language=hi-IN'],
  Count: ['1', '2', '3', '4', '7', '60', '200'],
  Date: ['2026-01-26', '2026-12-25'],
  Days: ['mon-fri', 'sat,sun', 'daily', 'fri-mon'],
  Digit: ['0', '1', '2', '5', '9', '*', '#'],
  Duration: ['5s', '500ms', '1.5s', '2m', '30s', '1234ms'],
  FinishKey: ['#', '*', '', '9'],
  Language: ['en-IN', 'hi', 'ta-IN'],
  Number: ['1', '-2.5', '100'],
  TimeOfDay: ['00:00', '09:00', '13:30', '18:05', '24:00'],
  Url: ['https://example.com/a?b=1&c={{name}}', 'http://localhost:8080', '{{url}}'],
  Variable: ['answer', 'plan', '_x9', 'pin'],
};

function candidates({ schema, mark }: AttributeSpec): readonly string[] {
  const all = mark.values ?? CANDIDATES[mark.xml] ?? ['Asia/Kolkata', 'UTC'];
  return all.filter((text) => schema.safeParse(text).success);
}

/** Attributes as written: the required ones, and some of the others. */
export function arbitraryAttributes(specs: readonly AttributeSpec[]): fc.Arbitrary<Record<string, string>> {
  const entries = specs.map((spec) => {
    const known = candidates(spec);
    const text = fc.constantFrom(...known);
    const value = spec.mark.xml === 'Text' && spec.schema.safeParse('any text').success ? arbitraryText : text;
    return [spec.name, value] as const;
  });
  const requiredKeys = specs.flatMap(({ name, required }) => (required ? [name] : []));
  return fc.record(Object.fromEntries(entries), { requiredKeys }) as fc.Arbitrary<Record<string, string>>;
}
