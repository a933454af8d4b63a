import type { ImportOptions } from './dnc-import-options.ts';
import type { Report } from './dnc-import-report.ts';
import { printJson } from './dnc-list.ts';
import type { Io } from './io.ts';

/** What became of a file, in a few lines. */
export function tellImport(
  io: Io,
  file: string,
  { counts, path, whole, trouble }: Report,
  options: ImportOptions,
  withdrawn: string | undefined,
): void {
  const { undecided: _, ...told } = counts;
  const rows = Object.values(told).reduce((sum, n) => sum + n, 0);
  const reported = trouble === undefined && (whole || counts.refused > 0);
  if (trouble !== undefined) io.err(`warning: ${trouble} Name another place with --report.\n`);
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
