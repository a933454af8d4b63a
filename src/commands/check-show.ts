import { plainText } from '../core/plain-text.ts';
import { type Problem, type Severity, showPlace } from '../core/problem.ts';
import type { PortabilityItem } from '../flow/portability.ts';

export type Checked = {
  /** The flow files that were asked for. */
  files: readonly string[];
  problems: readonly Problem[];
  /** With `--target`. */
  portability?: readonly PortabilityItem[];
};

const COLOURS: Readonly<Record<Severity | 'quiet', number>> = { error: 31, warning: 33, info: 36, quiet: 2 };
type Paint = (text: string, as: Severity | 'quiet') => string;

/** What `press9 check` prints for people. Colour repeats what the words say. */
export function showChecked(checked: Checked, colour: boolean): string {
  const paint: Paint = (text, as) => (colour ? `\u001b[${COLOURS[as]}m${text}\u001b[0m` : text);
  const lines = checked.problems.flatMap(({ at, severity, code, says, try: advice }) => [
    `${plainText(showPlace(at))}: ${paint(severity, severity)} ${code} ${plainText(says)}`,
    ...(advice === undefined ? [] : [paint(`    ${plainText(advice)}`, 'quiet')]),
  ]);
  const ported = (checked.portability ?? []).flatMap((item) => showItem(item, paint));
  if (lines.length > 0 && ported.length > 0) lines.push('');
  return [...lines, ...ported, ...summary(checked), ''].join('\n');
}

const LEVELS = { 'as-is': 'as is', 'needs-server': 'needs your server', 'not-possible': 'not possible' } as const;
const GRAVITY = { 'as-is': 'info', 'needs-server': 'warning', 'not-possible': 'error' } as const;

function showItem(item: PortabilityItem, paint: Paint): readonly string[] {
  const how = item.level === 'as-is' ? item.note : item.rewrite;
  return [
    `${plainText(showPlace(item.at))}: ${paint(LEVELS[item.level], GRAVITY[item.level])}: ${plainText(item.construct)}`,
    ...(how === undefined ? [] : [paint(`    ${plainText(how)}`, 'quiet')]),
  ];
}

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

export function countsOf({ files, problems, portability }: Checked) {
  const of = (severity: Severity) => problems.filter((one) => one.severity === severity).length;
  const at = (level: PortabilityItem['level']) => portability?.filter((one) => one.level === level).length ?? 0;
  return {
    flows: files.length,
    errors: of('error'),
    warnings: of('warning'),
    infos: of('info'),
    ...(portability && { asIs: at('as-is'), needsServer: at('needs-server'), notPossible: at('not-possible') }),
  };
}

function summary(checked: Checked): readonly string[] {
  const { flows, errors, warnings, infos, asIs, needsServer, notPossible } = countsOf(checked);
  const found = [counted(errors, 'error'), counted(warnings, 'warning'), ...(infos > 0 ? [counted(infos, 'remark')] : [])].join(
    ', ',
  );
  const clean = errors + warnings + infos === 0;
  return [
    ...(asIs === undefined
      ? []
      : ['', `On Exotel: ${asIs} as is, ${needsServer} need your server, ${notPossible} not possible.`]),
    `${counted(flows, 'flow')} checked: ${clean ? 'no problems' : found}.`,
  ];
}

/** The object that `--json` prints; its shape is in the help text. */
export function toJson(checked: Checked): unknown {
  const { files, problems, portability } = checked;
  return {
    files,
    problems: problems.map(({ at, severity, code, says, try: advice }) => ({
      ...at,
      severity,
      code,
      message: says,
      ...(advice !== undefined && { try: advice }),
    })),
    ...(portability && { portability: portability.map(({ at, ...item }) => ({ ...at, ...item })) }),
    summary: countsOf(checked),
  };
}
