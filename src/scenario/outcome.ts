import type { CallView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import type { Place } from '../core/problem.ts';
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
};

export type Outcome = {
  scenario: Scenario;
  failures: readonly Failure[];
  /** Empty for a call that was refused. */
  log: readonly Logged[];
  view: CallView;
};

export const passed = ({ failures }: Outcome): boolean => failures.length === 0;
