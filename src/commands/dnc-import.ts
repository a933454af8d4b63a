import { basename, resolve } from 'node:path';
import { delimiterName } from '../adapters/csv-dialect.ts';
import { type CsvFile, openCsv } from '../adapters/csv-read.ts';
import { stopwatch } from '../adapters/stopwatch.ts';
import type { Ms } from '../core/ids.ts';
import type { FactChunk } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { type Columns, findColumns, type ImportKind, type Texts } from './dnc-import-fields.ts';
import { createProgress } from './dnc-import-progress.ts';
import { createReport, type Report } from './dnc-import-report.ts';
import { createRowReader } from './dnc-import-rows.ts';
import { createSeen } from './dnc-import-seen.ts';
import { settle } from './dnc-import-settle.ts';
import { createWindow, factsIn, WINDOW } from './dnc-import-window.ts';
import { type DncOptions, type List, printJson, trimmed, withList } from './dnc-list.ts';
import type { Io } from './io.ts';

export type FileOptions = DncOptions & {
  /** A name, or a number from 1. */
  column?: string;
  /** False when the first row is none. */
  header?: boolean;
  delimiter?: string;
};

export type ImportOptions = FileOptions & {
  as: ImportKind;
  map?: readonly string[];
  scope?: string;
  campaign?: string;
  source?: string;
  reason?: string;
  preference?: string;
  split?: boolean;
  report?: string;
  dryRun?: boolean;
  allOrNothing?: boolean;
};

/** Why an import ends without recording anything. */
class Withdrawn extends Error {
  override name = 'Withdrawn' as const;
  readonly because: 'dry run' | 'refused' | 'interrupted';
  constructor(because: Withdrawn['because']) {
    super(because);
    this.because = because;
  }
}

/** `press9 dnc import FILE`: all of its rows that can be read, or none. */
export async function importFile(io: Io, file: string, options: ImportOptions): Promise<void> {
  const csv = await openFile(io, file, options);
  const columns = columnsOf(csv, options);
  io.err(`reading: ${describe(csv)}\n`);
  await withList(io, options, async (list) => {
    const report = createReport(csv.path, options.report === undefined ? undefined : resolve(io.cwd, options.report));
    try {
      const withdrawn = await run(io, csv, columns, list, report, options);
      report.finish(withdrawn && `Nothing was recorded: ${withdrawn}.`);
      tell(io, file, report, options, withdrawn);
    } finally {
      report.drop();
    }
  });
}

export async function openFile(io: Io, file: string, options: FileOptions): Promise<CsvFile> {
  const { country, column, header, delimiter } = options;
  return openCsv(resolve(io.cwd, file), {
    country,
    ...(column !== undefined && { column }),
    ...(header === false && { header }),
    ...(delimiter !== undefined && { delimiter: readDelimiter(delimiter) }),
  });
}

function readDelimiter(text: string): number {
  const sign = text.toLowerCase() === 'tab' || text === '\\t' ? '\t' : text;
  if (sign.length === 1 && /^[^\p{L}\p{N}"\r\n]$/u.test(sign) && sign.charCodeAt(0) < 128) return sign.charCodeAt(0);
  throw new UserError(`--delimiter "${text}" is none.`, { advice: 'It is one sign, such as ";", or tab.' });
}

/** How a file is read, and how that is known. */
export function describe({ encoding, dialect, layout }: CsvFile): string {
  if (layout.own) return `${encoding}, an export of press9`;
  const { header, phone, others, why } = layout;
  const name = (column: number) => `${column + 1}${header?.[column] ? ` "${header[column].slice(0, 40)}"` : ''}`;
  const where = 'column' in phone ? `column ${name(phone.column)}` : 'columns 1 and 2';
  const parts = [
    encoding,
    `${delimiterName(dialect?.delimiter)} (${dialect?.why ?? ''})`,
    header ? 'a header' : 'no header',
    `numbers in ${where} (${why})`,
    ...others.map((column) => `column ${name(column)} holds numbers too: --column`),
  ];
  return parts.join(', ');
}

function columnsOf(csv: CsvFile, options: ImportOptions): Columns {
  const { as, map = [] } = options;
  const { scope, campaign, source, reason, preference } = trimmed(options);
  const given = Object.entries({ scope, campaign, source, reason, preference }).filter(([, text]) => text !== undefined);
  if (csv.layout.own && (map.length > 0 || given.length > 0))
    throw new UserError('An export of press9 tells everything itself: leave the options for its columns out.');
  const columns = findColumns(csv.layout, as, map, Object.fromEntries(given) as Texts);
  const told = new Set([...columns.fields.map(([field]) => field), ...given.map(([field]) => field)]);
  const needed = { dnc: [], registry: ['preference'], consent: ['date', 'source'] }[as];
  const missing = csv.layout.own ? undefined : needed.find((field) => !told.has(field));
  if (missing === undefined) return columns;
  const option = missing === 'date' ? '' : `, or for all rows with --${missing}`;
  throw new UserError(`--as ${as} needs a column with the ${missing}: --map ${missing}=COLUMN${option}.`);
}

/** @returns why nothing was recorded, as a sentence's end. */
async function run(
  io: Io,
  csv: CsvFile,
  columns: Columns,
  list: List,
  report: Report,
  options: ImportOptions,
): Promise<string | undefined> {
  const { store, now, actor } = list;
  let interrupted = false;
  const unhook = io.onInterrupt?.(() => {
    interrupted = true;
  });
  const at = now();
  const chunks = readChunks(io, csv, columns, list, report, { ...options, at, isStopped: () => interrupted });
  try {
    await store.recordMany(chunks, { at, actor });
    return undefined;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof UserError) throw cause;
    const withdrawn = [error, cause].find((one) => one instanceof Withdrawn);
    if (!withdrawn) throw error;
    if (withdrawn.because === 'interrupted') io.exitCode = 130;
    return REASONS[withdrawn.because];
  } finally {
    unhook?.();
  }
}

const REASONS: Readonly<Record<Withdrawn['because'], string>> = {
  'dry run': 'it was tried only',
  refused: 'rows were refused, and it was to be all or nothing',
  interrupted: 'it was interrupted',
};

type Running = ImportOptions & { at: Ms; isStopped: () => boolean };

/** Read inside the transaction, so that nobody records anything in between. */
async function* readChunks(
  io: Io,
  csv: CsvFile,
  columns: Columns,
  { store, now, actor }: List,
  report: Report,
  options: Running,
): AsyncIterable<FactChunk> {
  const { at, as, split = false, country } = options;
  const file = basename(csv.path);
  const window = createWindow();
  const about = { now: at, actor, file, country };
  const kind = csv.layout.own ? 'own' : as;
  const visit = createRowReader(csv, { kind, columns, about, split, keepCells: report.whole }, window);
  const filled = (await store.facts.list({ limit: 1 })).length > 0;
  const settling = { store, seen: createSeen(), filled, now: at, since: now() };
  const progress = createProgress(io, csv.size, stopwatch);

  async function* settled(): AsyncIterable<FactChunk> {
    const accepted = await settle(window, settling);
    for (const facts of factsIn(window, accepted)) yield { ...facts, body: { file } };
    report.tell(window);
    window.clear();
  }

  try {
    let rows = 0;
    for await (const bytes of csv.rows(visit)) {
      if (options.isStopped()) throw new Withdrawn('interrupted');
      progress.tell(bytes, rows + window.count);
      if (window.count < WINDOW) continue;
      rows += window.count;
      yield* settled();
    }
    yield* settled();
  } finally {
    progress.clear();
  }
  if (options.allOrNothing && report.counts.refused > 0) throw new Withdrawn('refused');
  if (options.dryRun) throw new Withdrawn('dry run');
}

function tell(
  io: Io,
  file: string,
  { counts, path, whole }: Report,
  options: ImportOptions,
  withdrawn: string | undefined,
): void {
  const { undecided: _, ...told } = counts;
  const rows = Object.values(told).reduce((sum, n) => sum + n, 0);
  const reported = whole || counts.refused > 0;
  if (counts.refused > 0 && io.exitCode === 0) io.exitCode = 1;
  if (options.json) {
    const { added, duplicate, refused } = counts;
    const recorded = withdrawn === undefined ? added : 0;
    printJson(io, {
      file,
      rows,
      added,
      alreadyThere: counts['already there'],
      duplicate,
      refused,
      leftOut: counts['left out'],
      recorded,
      ...(reported && { report: path }),
    });
    return;
  }
  io.out(`${file}: ${count(rows)} ${rows === 1 ? 'row' : 'rows'}\n`);
  for (const [outcome, n] of Object.entries(told)) {
    const name = outcome === 'added' && withdrawn !== undefined ? 'to be added' : outcome;
    if (n > 0 || outcome === 'added') io.out(`  ${name.padEnd(13)} ${count(n).padStart(10)}\n`);
  }
  if (withdrawn !== undefined) io.out(`Nothing was recorded: ${withdrawn}.\n`);
  if (reported) io.err(`report: ${path}\n`);
}

const count = (n: number): string => n.toLocaleString('en-US');
