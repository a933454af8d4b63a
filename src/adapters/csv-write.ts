/** What a spreadsheet takes for a formula when a cell begins so. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const GUARDED = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Text that a spreadsheet leaves alone: an apostrophe before what would be a formula. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** What {@link guarded} was given. */
export const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);

const needsQuotes = (text: string): boolean => /[",\r\n]|^[\s#]|\s$/.test(text);

const cell = (text: string): string => (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line of CSV, separated by commas, with its line end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\n`;
