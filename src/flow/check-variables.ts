import type { Place, Problem, Severity } from '../core/problem.ts';
import { suggest } from '../core/suggest.ts';
import type { CheckOptions } from './check-options.ts';
import { quote } from './fault.ts';
import { placeIn } from './graph.ts';
import type { Flow, FlowSet } from './model.ts';
import { CALL_VARIABLES, keepsAnswers, savedIn, templatesIn, textsOf } from './variables.ts';

/** Variables that nothing fills. What nobody fills is spoken as nothing. */
export function checkVariables(set: FlowSet, flow: Flow, options: CheckOptions): readonly Problem[] {
  const known = new Set<string>([...CALL_VARIABLES, ...savedIn(set), ...(options.variables ?? []), ...(options.contacts ?? [])]);
  const answers = keepsAnswers(set);
  const texts = textsOf(flow).map(({ node, path, text }) => ({ at: placeIn(node, path), text }));
  if (flow.unanswered) texts.push({ at: flow.unanswered.at, text: flow.unanswered.sms });
  return texts.flatMap(({ at, text }) => {
    const templates = templatesIn(text);
    const names = new Set(templates.flatMap(({ name }) => name ?? []));
    return [
      ...templates.flatMap((one) => (one.name === undefined ? [malformed(at, one.written)] : [])),
      ...[...names].flatMap((name) => (known.has(name) ? [] : (unknown(at, name, known, answers, options) ?? []))),
    ];
  });
}

const malformed = (at: Place, written: string): Problem => ({
  code: 'FLOW_BAD_TEMPLATE',
  severity: 'error',
  at,
  says: `${quote(written)} is no variable.`,
  try: 'A variable is written {{name}}.',
});

function unknown(
  at: Place,
  name: string,
  known: ReadonlySet<string>,
  answers: boolean,
  { contacts }: CheckOptions,
): Problem | undefined {
  const problem = (severity: Severity, says: string, advice: string): Problem => ({
    code: 'FLOW_UNKNOWN_VARIABLE',
    severity,
    at,
    says: `{{${name}}} ${says}`,
    try: advice,
  });
  if (name.startsWith('passthru.')) {
    if (answers) return undefined;
    return problem('warning', 'is part of an answer that no Passthru here waits for.', 'Put a <Passthru url="…"> before it.');
  }
  const near = suggest(name, [...known].slice(0, 100));
  const hint = near ? `Did you mean "${near}"? ` : '';
  if (answers) {
    const source = contacts ? 'is no column of the contacts and saved nowhere' : 'is saved nowhere';
    const advice = `${hint}If the server answers it, write {{passthru.${name}}} to make that plain.`;
    return problem('warning', `${source}: only the JSON answer of a Passthru, --contact or --set can fill it.`, advice);
  }
  if (!contacts) {
    const advice = `${hint}Give a contact that has it, or save="${name}" in an applet before.`;
    return problem('warning', 'is saved nowhere: only --contact or --set can fill it.', advice);
  }
  const columns = contacts.length > 12 ? `${contacts.slice(0, 12).join(', ')}, …` : contacts.join(', ');
  return problem('error', 'is no column of the contacts and saved nowhere.', `${hint}The columns are: ${columns}.`);
}
