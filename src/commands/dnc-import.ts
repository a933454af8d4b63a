import { basename, resolve } from 'node:path';
import type { CsvFile } from '../adapters/csv-read.ts';
import { stopwatch } from '../adapters/stopwatch.ts';
import type { Ms } from '../core/ids.ts';
import type { FactChunk } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { type Columns, findColumns, type Texts } from './dnc-import-fields.ts';
import type { ImportOptions } from './dnc-import-options.ts';
import { createProgress } from './dnc-import-progress.ts';
import { createReport, type Report } from './dnc-import-report.ts';
import { createRowReader } from './dnc-import-rows.ts';
import { createSeen } from './dnc-import-seen.ts';
import { settle } from './dnc-import-settle.ts';
import { tellImport } from './dnc-import-tell.ts';
import { createWindow, factsIn, WINDOW } from './dnc-import-window.ts';
import { type List, trimmed, withList } from './dnc-list.ts';
import { openFile } from './dnc-open-file.ts';
import type { Io } from './io.ts';

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
  await withList(io, options, async (list) => {
    const report = createReport(csv.path, reportPath(io, csv, options));
    try {
      const withdrawn = await run(io, csv, columns, list, report, options);
      report.finish(withdrawn && `Nothing was recorded: ${withdrawn}.`);
      tellImport(io, file, report, options, withdrawn);
    } finally {
      report.drop();
    }
  });
}

function reportPath({ cwd }: Io, { path }: CsvFile, { report }: ImportOptions): string | undefined {
  const wanted = report === undefined ? undefined : resolve(cwd, report);
  if (wanted === path) throw new UserError(`--report ${wanted} is the file that is read.`, { advice: 'Name another one.' });
  return wanted;
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
    if (cause instanceof UserError || cause instanceof TypeError) throw cause;
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
    report.flush();
  } finally {
    progress.clear();
  }
  if (options.allOrNothing && report.counts.refused > 0) throw new Withdrawn('refused');
  if (options.dryRun) throw new Withdrawn('dry run');
}
