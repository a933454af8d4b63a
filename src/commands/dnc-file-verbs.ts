import { type Command, Option } from 'commander';
import type { ExportOptions } from './dnc-export.ts';
import type { ImportOptions } from './dnc-import-options.ts';
import type { Io } from './io.ts';

/** Of every command that reads a table of numbers. */
export const addFileOptions = (command: Command): Command =>
  command
    .option('--column <column>', 'the one with the phone numbers: its name, or its number from 1 (default: found out)')
    .option('--delimiter <sign>', 'what divides the cells, or tab (default: found out)')
    .option('--no-header', 'the first row is no header (default: found out)');

/** What people did themselves, and where lists come from. */
const ROW_SOURCES = ['csv', 'manual', 'api', 'agent', 'complaint', 'registry', 'sms-stop', 'missed-call', 'web', 'form', 'call'];

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** `press9 dnc import` and `export`. */
export function addFileVerbs(verb: (name: string, about: string) => Command, io: Io): void {
  addFileOptions(
    verb('import', 'take a list in: CSV in any dialect, one number a line, the FTC’s format, or an export; all rows or none'),
  )
    .argument('<file>')
    .addOption(new Option('--as <what>', 'what its rows are').choices(['dnc', 'registry', 'consent']).default('dnc'))
    .option('--map <fields>', 'what other columns tell: reason=Why,date=3 (may be given again)', collect)
    .addOption(new Option('--scope <what>', 'what all rows stop (default: all)').choices(['all', 'campaign', 'voice', 'sms']))
    .option('--campaign <name>', 'the campaign that all rows stop; means --scope campaign')
    .addOption(new Option('--source <who>', 'where all rows come from (default: csv)').choices(ROW_SOURCES))
    .option('--reason <text>', 'why, for all rows')
    .option('--preference <text>', 'with --as registry: what all rows registered, such as "FULLY BLOCK"')
    .option('--split', 'take every number of a cell that holds several')
    .option('--report <file>', 'a CSV of what became of every row (default: of those refused, beside the file)')
    .option('--dry-run', 'report, and record nothing')
    .option('--all-or-nothing', 'record nothing when a row is refused')
    .action(async (file: string, options: ImportOptions) => (await import('./dnc-import.ts')).importFile(io, file, options));

  verb('export', 'who is on the list, as CSV or JSON lines that import takes back; the head of the audit is the last line')
    .argument('[file]', 'where to (default: standard output)')
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'ndjson']).default('csv'))
    .option('--all', 'everything on record: the register, leave, what was lifted and what lifted it')
    .option('--plain', 'no apostrophe before what a spreadsheet would take for a formula')
    .action(async (file: string | undefined, options: ExportOptions) =>
      (await import('./dnc-export.ts')).exportList(io, file, options),
    );
}
