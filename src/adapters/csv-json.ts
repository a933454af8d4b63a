import { cellsOfJson, OWN_COLUMNS, parseObject } from './csv-own.ts';
import type { CsvRow } from './csv-row.ts';

/** Turns lines with one cell, each an object of JSON, into rows with the columns of an export. */
export function jsonVisitor(visit: (row: CsvRow) => void): (line: CsvRow) => void {
  return (line) => {
    const text = line.text(0);
    if (line.trouble === undefined && (text.trim() === '' || isHead(text))) return;
    const cells = cellsOfJson(text);
    const { row, line: at, trouble } = line;
    visit({
      row,
      line: at,
      count: cells ? OWN_COLUMNS.length : 1,
      trouble: trouble ?? (cells ? undefined : 'it is no JSON of a fact'),
      text: (cell) => cells?.[OWN_COLUMNS[cell] ?? 'number'] ?? (cell === 0 ? text : ''),
      quick: () => 0,
    });
  };
}

/** The last line of an export: where the audit ended. */
const isHead = (text: string): boolean => text.startsWith('{"head"') && parseObject(text)?.['head'] !== undefined;
