import { type Problem, showPlace } from '../../core/problem.ts';
import { BAD, DIM, EMPTY, type Row, rowsOf, WARN } from '../rows.ts';

/** Problems of a flow: where, what, and what to try. */
export const problemRows = (problems: readonly Problem[], width: number): Row[] =>
  problems.flatMap(({ at, says, severity, try: advice }, i) => [
    ...(i > 0 ? [EMPTY] : []),
    ...rowsOf(showPlace(at), width, DIM),
    ...rowsOf(says, width, severity === 'error' ? BAD : WARN, 2),
    ...(advice === undefined ? [] : rowsOf(advice, width, undefined, 2)),
  ]);
