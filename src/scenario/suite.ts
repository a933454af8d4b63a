import { type Ms, ms } from '../core/ids.ts';
import { type Problem, UserError } from '../core/problem.ts';
import { type Outcome, passed } from './outcome.ts';
import { readScenario, type Scenario } from './read.ts';
import { runScenario } from './run.ts';
import { CannotRun, type OpenWorld } from './world.ts';

/** What became of a scenario, or of a file that holds none that could run. */
export type Result = {
  title: string;
  file: string;
  /** Real time, in milliseconds. */
  took: Ms;
} & ({ type: 'ran'; outcome: Outcome } | { type: 'broken'; problems: readonly Problem[] });

/** Results in the order of the files. `stopped` tells why they are not all there. */
export type Report = { results: readonly Result[]; took: Ms; stopped?: 'bail' | 'interrupted' };

export type SuitePorts = {
  /** The text of a scenario file. @throws UserError */
  read(file: string): string;
  open: OpenWorld;
  /** Real time. */
  now(): Ms;
  breathe(): Promise<void>;
};

export type SuiteOptions = {
  /** Which titles to run; all of them unless told. */
  wanted?: (title: string) => boolean;
  /** Stop after so many failures. */
  bail?: number;
  /** Stops at once, with what there is. */
  signal?: AbortSignal;
  heard?: (result: Result) => void;
};

export const held = (result: Result): boolean => result.type === 'ran' && passed(result.outcome);

/** How long to work without a look at signals and keys. */
const BREATH = 20;

/** Runs scenario files one after the other. A file that is broken is a failure; the others still run. */
export async function runSuite(files: readonly string[], ports: SuitePorts, options: SuiteOptions = {}): Promise<Report> {
  const { signal, bail = Number.POSITIVE_INFINITY } = options;
  const began = ports.now();
  const results: Result[] = [];
  let failed = 0;
  let bailed = false;
  const take = (result: Result): void => {
    results.push(result);
    if (!held(result)) failed++;
    options.heard?.(result);
  };
  const work = async (): Promise<void> => {
    let breathed = began;
    for (const file of files) {
      for (const job of jobsOf(file, ports, options)) {
        bailed = failed >= bail;
        if (signal?.aborted || bailed) return;
        const result = await job();
        if (signal?.aborted) return;
        take(result);
        if (ports.now() - breathed < BREATH) continue;
        await ports.breathe();
        breathed = ports.now();
      }
    }
  };
  // A scenario that never ends must not keep Ctrl-C waiting.
  await Promise.race([work(), ...(signal ? [abortOf(signal)] : [])]);
  const stopped = signal?.aborted ? 'interrupted' : bailed ? 'bail' : undefined;
  return { results: [...results], took: since(ports, began), ...(stopped && { stopped }) };
}

const since = ({ now }: SuitePorts, began: Ms): Ms => ms(now() - began);

const abortOf = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });

type Job = () => Promise<Result>;

function jobsOf(file: string, ports: SuitePorts, { wanted = () => true }: SuiteOptions): readonly Job[] {
  const began = ports.now();
  const broken = (problems: readonly Problem[]): readonly Job[] =>
    wanted(file) ? [async () => ({ type: 'broken', title: file, file, problems, took: since(ports, began) })] : [];
  try {
    const read = readScenario(ports.read(file), file);
    if (!read.ok) return broken(read.problems);
    return read.scenarios.filter(({ title }) => wanted(title)).map((one) => () => runOne(one, ports));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return broken([problemOf(error, { file, line: 1, column: 1 })]);
  }
}

async function runOne(scenario: Scenario, ports: SuitePorts): Promise<Result> {
  const { title, file, places } = scenario;
  const began = ports.now();
  try {
    const outcome = await runScenario(scenario, ports.open);
    return { type: 'ran', title, file, outcome, took: since(ports, began) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problems = error instanceof CannotRun ? error.problems : [problemOf(error, places.file)];
    return { type: 'broken', title, file, problems, took: since(ports, began) };
  }
}

const problemOf = ({ message, advice }: UserError, at: Problem['at']): Problem => ({
  code: 'SCENARIO_CANNOT_RUN',
  severity: 'error',
  at,
  says: message,
  ...(advice !== undefined && { try: advice }),
});
