import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, guarded, unguarded } from './csv-write.ts';

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', '"', ',', '＝') }),
);

describe('cells for a spreadsheet', () => {
  it('begin with no formula, and come back as they were', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(guarded(text)).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(unguarded(guarded(text))).toBe(text);
      }),
    );
    expect(guarded('+919876543210')).toBe("'+919876543210");
    expect(guarded('=HYPERLINK("x")')).toBe('\'=HYPERLINK("x")');
    expect(guarded("'=1")).toBe("''=1");
    expect(guarded("don't")).toBe("don't");
  });

  it('are written so that any reader of CSV gets them back', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 2 }), (cells) => {
        const wellFormed = cells.map((cell) => cell.toWellFormed());
        expect(parse(csvLine(wellFormed), { record_delimiter: '\n' })).toEqual([wellFormed]);
      }),
    );
  });
});
