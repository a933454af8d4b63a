/** One row of a table of texts. The object is used again for the next one: what is kept must be copied. */
export type CsvRow = {
  /** As a spreadsheet counts them: from 1, the header and empty rows included. */
  row: number;
  /** Of the file, from 1. */
  line: number;
  /** How many cells it has; an empty row has one empty cell. */
  count: number;
  /** Why nothing of it can be used, as a sentence's end. */
  trouble?: string | undefined;
  /** Empty where there is no such cell. Counts from 0. */
  text(cell: number): string;
  /** As {@link quickNumber} reads the cell; 0 in what may be a comment. */
  quick(cell: number, country: string): number;
};

/** Every cell of a row. */
export const cellsOf = (row: CsvRow): readonly string[] => Array.from({ length: row.count }, (_, i) => row.text(i));

/** An empty row, or a comment: `# …`. A cell with a mere `#` is none, but may head a column of row numbers. */
export function isIdle(row: CsvRow): boolean {
  if (row.trouble !== undefined) return false;
  return /^#\s/.test(row.text(0)) || cellsOf(row).every((cell, i) => cell.trim() === '' || (i === 0 && cell === '#'));
}
