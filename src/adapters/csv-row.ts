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
  /** As {@link quickNumber} reads the cell. */
  quick(cell: number, country: string): number;
};

export const isBlank = (row: CsvRow): boolean => row.count === 1 && row.trouble === undefined && row.text(0).trim() === '';

/** Every cell of a row. */
export const cellsOf = (row: CsvRow): readonly string[] => Array.from({ length: row.count }, (_, i) => row.text(i));
