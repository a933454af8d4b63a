import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { FOR_MACHINES, isReporterName, REPORTERS, type ReporterName } from '../scenario/reporters/index.ts';
import type { CoverageOptions } from './test-coverage.ts';

export type ReporterChoice = { name: ReporterName; file?: string };

/** The options of `press9 test`, read. */
export type TestOptions = Omit<CoverageOptions, 'reporter'> & {
  filter?: (title: string) => boolean;
  /** After how many failures to stop; `true` is one. */
  bail?: number | true;
  seed?: number;
  update?: boolean;
  watch?: boolean;
  reporter?: readonly ReporterChoice[];
  allowNone?: boolean;
  /** Random callers for each flow, in place of scenarios. */
  monkey?: number;
};

const refuse = (says: string): never => {
  throw new InvalidArgumentError(says);
};

/** Part of a title, whatever its case, or a /regex/. */
function filter(text: string): (title: string) => boolean {
  const regex = /^\/(.+)\/([iu]*)$/s.exec(text);
  if (!regex) {
    const wanted = text.toLowerCase();
    return (title) => title.toLowerCase().includes(wanted);
  }
  try {
    const pattern = new RegExp(regex[1] ?? '', regex[2]);
    return (title) => pattern.test(title);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function reporter(text: string, before: readonly ReporterChoice[] = []): readonly ReporterChoice[] {
  const [name = '', ...rest] = text.split('=');
  const file = rest.join('=');
  if (!isReporterName(name)) return refuse(didYouMean(name, Object.keys(REPORTERS)));
  if (rest.length > 0 && file === '') return refuse(`Name a file: ${name}=FILE.`);
  return [...before, { name, ...(file !== '' && { file }) }];
}

const whole = (least: number) => (text: string) =>
  /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : refuse(`Use a whole number from ${least}.`);

export const addTestOptions = (command: Command): Command =>
  command
    .option('--filter <text>', 'only scenarios whose title has this in it, or fits a /regex/', filter)
    .option('--bail [n]', 'stop after n failures (default: the first)', whole(1))
    .option('--seed <n>', 'other ids and other chance; the same again with the same number', whole(0))
    .option('--update', 'change the expectations that do not hold in the files, after showing the difference')
    .option('--watch', 'run again what a change touches; q or Ctrl-C ends')
    .option('--reporter <name[=file]>', `${Object.keys(REPORTERS).join(', ')}; repeatable (default: pretty)`, reporter)
    .option('--allow-none', 'having found no scenario is fine');

/** The reporters of a run: what stands on standard output, and files. @throws UserError for two that would mix there. */
export function reportersOf({ reporter: chosen = [] }: TestOptions): readonly ReporterChoice[] {
  const loud = chosen.filter(({ file }) => file === undefined).map(({ name }) => name);
  const machine = loud.find((name) => FOR_MACHINES.includes(name));
  if (machine !== undefined && loud.length > 1)
    throw new UserError(`The reporters ${loud.join(' and ')} would both write to standard output.`, {
      advice: `Give one a file: --reporter ${machine}=FILE.`,
    });
  const files = chosen.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined) throw new UserError(`Two reporters would write to ${twice}.`);
  return loud.length > 0 ? chosen : [{ name: 'pretty' }, ...chosen];
}
