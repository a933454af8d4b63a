import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotMeasure, type Goal, type Measured } from '../benchmark.ts';
import { builtProgram } from '../built.ts';
import { ROWS, type Shape, writeList } from '../csv-file.ts';
import { interleaved } from '../measure.ts';

/*
 * `press9 dnc import` of 1,000,000 rows into a new store, as a whole process: every number read, looked up, recorded as a
 * fact and audited, durable at the end. Against SQLite's own program, which takes the same file as text into a table and
 * puts an index on the numbers; where it is not installed, a program of Node that does the same. A table with five columns
 * is judged; a number a line, of which SQLite has next to nothing to keep, is for information.
 */
export const name = 'csv-import';
export const goal: Goal = { ratio: 3, sense: 'at-most' };

const plainImport = fileURLToPath(new URL('../children/plain-import.ts', import.meta.url));
const hasSqlite = spawnSync('sqlite3', ['--version']).status === 0;

export async function run(): Promise<readonly Measured[]> {
  const bin = builtProgram();
  return [await compare(bin, 'columns', true), await compare(bin, 'lines', false)];
}

async function compare(bin: string, shape: Shape, judged: boolean): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'press9-bench-'));
  const [file, store, database] = ['list.csv', 'store.db', 'plain.db'].map((one) => join(folder, one)) as [
    string,
    string,
    string,
  ];
  const column = shape === 'columns' ? 1 : 0;
  const theirs = hasSqlite
    ? [
        'sqlite3',
        database,
        '.mode csv',
        ...importInto(shape, file),
        `CREATE INDEX by_number ON list (${shape === 'columns' ? 'phone' : 'number'})`,
      ]
    : [process.execPath, plainImport, file, database, String(column)];
  const ours = [process.execPath, bin, 'dnc', 'import', file, '--store', store];
  try {
    writeList(file, shape);
    const measured = await interleaved(['ours', 'sqlite'], async (program) => {
      for (const one of [store, database])
        for (const end of ['', '-wal', '-shm', '.head']) rmSync(`${one}${end}`, { force: true });
      return program === 'ours' ? timed(ours, ROWS.toLocaleString('en-US')) : timed(theirs, '');
    });
    const against = `${hasSqlite ? 'sqlite3 .import' : 'node:sqlite'} and an index, ${shape === 'columns' ? 'five columns' : 'a number a line'}`;
    return { against, unit: 'ms', ours: measured.ours, theirs: measured.sqlite, judged };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file without a header needs its table first. */
const importInto = (shape: Shape, file: string): readonly string[] =>
  shape === 'columns' ? [`.import ${file} list`] : ['CREATE TABLE list (number TEXT)', `.import ${file} list`];

async function timed([program = '', ...args]: readonly string[], proof: string): Promise<number> {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const took = performance.now() - begun;
  if (status !== 0 || !stdout.includes(proof))
    throw new CannotMeasure(`"${program} ${args.join(' ')}" ended with ${status}: ${stderr.trim()}`);
  return took;
}
