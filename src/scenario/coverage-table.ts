import { plainText } from '../core/plain-text.ts';
import { showPlace } from '../core/problem.ts';
import { type CoveredPoint, type FlowCoverage, isA, percentOf, tally } from './coverage.ts';

/** What `press9 test --coverage` prints: a row for each flow file, then the place of everything that was missed. */
export function showCoverage(flows: readonly FlowCoverage[]): string {
  if (flows.length === 0) return 'Coverage: no flow was tested.\n';
  const rows = [['coverage', 'applets', 'exits', '', 'hang-ups'], ...flows.map((flow) => rowOf(flow.file, [flow]))];
  if (flows.length > 1) rows.push(rowOf('all', flows));
  const missed = flows.flatMap(missedIn);
  return [...align(rows), ...(missed.length > 0 ? ['', ...missed] : []), ''].join('\n');
}

function rowOf(name: string, flows: readonly FlowCoverage[]): string[] {
  const [applets, exits, hangUps] = (['applets', 'exits', 'hangUps'] as const).map((what) => tally(flows, what));
  const share = (one: typeof exits) => `${one?.covered}/${one?.total}`;
  return [plainText(name), share(applets), share(exits), `${percentOf(exits ?? { covered: 0, total: 0 })} %`, share(hangUps)];
}

/** Names to the left, numbers to the right. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}

function missedIn({ file, points }: FlowCoverage): string[] {
  const unreached = new Set(points.filter((point) => isA(point, 'applets') && !isTouched(point)).map(({ applet }) => applet));
  const lines = points.toSorted(byPlace).flatMap((point): string[] => {
    if (point.passing > 0 || isA(point, 'hangUps')) return [];
    if (unreached.has(point.applet) && !isA(point, 'applets')) return [];
    return [`${plainText(showPlace({ ...point.at, file }))}: ${plainText(sentence(point, points))}`];
  });
  const waiting = points.filter((point) => isA(point, 'hangUps') && point.passing === 0 && !unreached.has(point.applet));
  if (waiting.length === 0) return lines;
  const places = waiting.map(({ applet, at }) => `${plainText(applet)} (line ${at.line})`).join(', ');
  return [...lines, `${plainText(file)}: nobody hung up at: ${places}`];
}

const byPlace = ({ at: a }: CoveredPoint, { at: b }: CoveredPoint): number => a.line - b.line || a.column - b.column;

const isTouched = ({ passing, failing }: CoveredPoint): boolean => passing + failing > 0;

const OUTCOMES: Readonly<Record<string, string>> = {
  'web:answered': 'its url never gave a usable answer',
  'web:fallback': 'its fallbackUrl was never the one that answered',
  'web:failed': 'its url never failed',
  'web:dropped': 'its url never failed, so that the call was dropped',
};

/** `menu: exit noInput was never taken`. */
function sentence(point: CoveredPoint, points: readonly CoveredPoint[]): string {
  const { kind, applet, name } = point;
  const only = isTouched(point);
  if (kind === 'web') return `${applet}: ${only ? `${name} happened only in scenarios that failed` : OUTCOMES[name]}`;
  if (kind === 'exit') return `${applet}: exit ${name} was ${only ? 'taken only in scenarios that failed' : 'never taken'}`;
  if (only) return `${applet}: was reached only by scenarios that failed`;
  const exits = points.filter((one) => one.applet === applet && isA(one, 'exits')).map((one) => one.name);
  return `${applet}: was never reached${exits.length > 0 ? `, nor its exits: ${exits.join(', ')}` : ''}`;
}
