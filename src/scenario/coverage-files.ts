import { type CoveredPoint, type FlowCoverage, isA, percentOf, tally } from './coverage.ts';

/** The object that `--coverage-json` writes; its shape is in docs/coverage.md. */
export function toCoverageJson(flows: readonly FlowCoverage[]): unknown {
  return {
    flows: flows.map((flow) => ({
      file: flow.file,
      name: flow.name,
      ...totals([flow]),
      points: flow.points.map(({ kind, applet, name, at, passing, failing }) => ({
        kind,
        applet,
        ...(name !== kind && { name }),
        line: at.line,
        column: at.column,
        passing,
        failing,
      })),
    })),
    summary: totals(flows),
  };
}

function totals(flows: readonly FlowCoverage[]) {
  const exits = tally(flows, 'exits');
  return { applets: tally(flows, 'applets'), exits: { ...exits, percent: percentOf(exits) }, hangUps: tally(flows, 'hangUps') };
}

/**
 * The tracefile that lcov's genhtml and editors read: functions are applets, branches are exits and web outcomes, lines are
 * those on which one of them stands. Counts are those of scenarios that passed; hang-ups are left out, as in the percentage.
 */
export const toLcov = (flows: readonly FlowCoverage[]): string => flows.map(recordOf).join('');

function recordOf({ file, points }: FlowCoverage): string {
  const applets = points.filter((point) => isA(point, 'applets'));
  const exits = points.filter((point) => isA(point, 'exits'));
  const lines = linesOf([...applets, ...exits]);
  return [
    'TN:',
    `SF:${file}`,
    ...applets.map(({ at, applet }) => `FN:${at.line},${applet}`),
    ...applets.map(({ applet, passing }) => `FNDA:${passing},${applet}`),
    `FNF:${applets.length}`,
    `FNH:${covered(applets)}`,
    ...branches(applets, exits, lines),
    `BRF:${exits.length}`,
    `BRH:${covered(exits)}`,
    ...[...lines].map(([line, count]) => `DA:${line},${count}`),
    `LF:${lines.size}`,
    `LH:${[...lines.values()].filter((count) => count > 0).length}`,
    'end_of_record\n',
  ].join('\n');
}

const covered = (points: readonly CoveredPoint[]): number => points.filter(({ passing }) => passing > 0).length;

/** A line counts as often as the point on it that was come by most. */
function linesOf(points: readonly CoveredPoint[]): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  for (const { at, passing } of points) lines.set(at.line, Math.max(lines.get(at.line) ?? 0, passing));
  return new Map([...lines].toSorted(([a], [b]) => a - b));
}

/** Each applet is a block. On a line that nobody came by, a branch was not decided, which lcov writes as a dash. */
function branches(
  applets: readonly CoveredPoint[],
  exits: readonly CoveredPoint[],
  lines: ReadonlyMap<number, number>,
): string[] {
  return applets.flatMap(({ applet }, block) =>
    exits
      .filter((exit) => exit.applet === applet)
      .map(({ at, passing }, i) => `BRDA:${at.line},${block},${i},${lines.get(at.line) ? passing : '-'}`),
  );
}
