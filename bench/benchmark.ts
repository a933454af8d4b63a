/** A speed must be at least so many times the baseline's, a cost at most. */
export type Goal = { ratio: number; sense: 'at-least' | 'at-most' };

/** Two medians of one run. Without `judged` the comparison is for information: no goal applies. */
export type Measured = { against: string; unit: string; ours: number; theirs: number; judged: boolean };

/** What a file in bench/benchmarks exports. Its name is the file's. */
export type Benchmark = {
  name: string;
  goal: Goal;
  run(): Promise<readonly Measured[]>;
};

/** Something the benchmark needs is not there: said plainly, and no figure is made up. */
export class CannotMeasure extends Error {
  override name = 'CannotMeasure' as const;
}
