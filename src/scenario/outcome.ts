import type { CallView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import type { Place } from '../core/problem.ts';
import type { Edit } from './edits.ts';
import type { Scenario } from './read.ts';

/** Why a scenario failed: what was expected, where that is written, and the nearest thing that did happen. */
export type Failure = {
  /** The step or expectation as it stands in the file: `hear "press 9"`, `digits: 9`. */
  expected: string;
  at: Place;
  /** What happened instead. */
  instead: string;
  /** The transcript up to the moment, with times. */
  transcript: readonly string[];
  /** For a step: which one, from 1, and how many lines of the transcript were there when its turn came. */
  step?: { number: number; since: number };
};

export type Outcome = {
  scenario: Scenario;
  failures: readonly Failure[];
  /** Empty for a call that was refused. */
  log: readonly Logged[];
  view: CallView;
  /** What would make the missed expectations hold; none when more than expectations failed. */
  edits?: readonly Edit[];
};

export const passed = ({ failures }: Outcome): boolean => failures.length === 0;
