import { posix } from 'node:path';
import { BrokenInvariant } from '../core/problem.ts';
import type { Flow, FlowSet } from '../flow/model.ts';
import { type Point, type PointKind, pointsOf } from './coverage-points.ts';
import { type Touch, touchesOf } from './coverage-trace.ts';
import type { Outcome } from './outcome.ts';

/** How often calls of scenarios that passed, and of scenarios that failed, came by a point. Only the first cover it. */
export type CoveredPoint = Point & { passing: number; failing: number };

/** What scenarios cover of one flow file. */
export type FlowCoverage = { file: string; name: string; points: readonly CoveredPoint[] };

export type Tally = { covered: number; total: number };

/** The logs a coverage is folded from. */
export type CoverageOutcome = Pick<Outcome, 'failures' | 'log'>;

/**
 * Folds the logs of scenarios into what they cover of each flow file, by file. Flows are those in `sets`: the ones that
 * scenarios are about, and all that these lead to by Transfer and Subflow, reached or not.
 * @param sets by flow file, spelled as in the facts of the calls.
 */
export function coverageOf(outcomes: readonly CoverageOutcome[], sets: ReadonlyMap<string, FlowSet>): readonly FlowCoverage[] {
  const files = new Map<string, { flow: Flow; points: Map<string, CoveredPoint> }>();
  for (const flow of [...sets.values()].flatMap((set) => [...set.flows.values()])) {
    const file = posix.normalize(flow.file);
    if (files.has(file)) continue;
    const points = pointsOf(flow).map((point) => [nameOf(point), { ...point, passing: 0, failing: 0 }] as const);
    files.set(file, { flow, points: new Map(points) });
  }
  for (const outcome of outcomes) {
    const set = setOf(outcome, sets);
    for (const touch of set ? touchesOf(outcome.log, set) : []) {
      const file = posix.normalize(set?.flows.get(touch.flow)?.file ?? '');
      const point = files.get(file)?.points.get(nameOf(touch));
      if (point) point[outcome.failures.length === 0 ? 'passing' : 'failing']++;
    }
  }
  return [...files]
    .map(([file, { flow, points }]): FlowCoverage => ({ file, name: flow.name, points: [...points.values()] }))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

const nameOf = ({ kind, applet, name }: Pick<Touch, 'kind' | 'applet' | 'name'>): string => JSON.stringify([applet, kind, name]);

/** The flows that a call ran in; none for a call that was refused. */
function setOf({ log }: CoverageOutcome, sets: ReadonlyMap<string, FlowSet>): FlowSet | undefined {
  const first = log[0]?.e;
  if (first?.type !== 'started') return undefined;
  const { file } = first.facts;
  const set = sets.get(file) ?? [...sets.values()].find((one) => one.flows.get(one.root)?.file === file);
  if (!set) throw new BrokenInvariant(`coverage: a call ran in ${file}, which is not among the flows`);
  return set;
}

/** Exits are the declared ones and the web outcomes; hang-ups are counted apart, outside of every percentage. */
const COUNTED = { applets: ['applet'], exits: ['exit', 'web'], hangUps: ['hang-up'] } as const satisfies Record<
  string,
  readonly PointKind[]
>;
export type Counted = keyof typeof COUNTED;

export const isA = ({ kind }: Pick<Point, 'kind'>, what: Counted): boolean =>
  (COUNTED[what] as readonly PointKind[]).includes(kind);

/** What passing scenarios cover of one sort of points, in one flow or in several. */
export function tally(flows: readonly Pick<FlowCoverage, 'points'>[], what: Counted): Tally {
  const points = flows.flatMap((flow) => flow.points.filter((point) => isA(point, what)));
  return { covered: points.filter(({ passing }) => passing > 0).length, total: points.length };
}

/** In percent, to one decimal and never rounded up: 100 is all of it. A flow without exits has none that is missed. */
export const percentOf = ({ covered, total }: Tally): number => (total === 0 ? 100 : Math.floor((covered * 1000) / total) / 10);

/** The flows whose exits are covered less than `least` percent. */
export const below = (flows: readonly FlowCoverage[], least: number): readonly FlowCoverage[] =>
  flows.filter((flow) => {
    const { covered, total } = tally([flow], 'exits');
    return covered * 100 < least * total;
  });
