import type * as z from 'zod';
import { parseAnswerRule } from '../adapters/answer-rule.ts';
import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { showDuration } from '../core/time.ts';
import type { Scenario } from '../scenario/read.ts';
import { type httpRule, scenarioFile } from '../scenario/schema.ts';

type Written = z.input<typeof scenarioFile>;

/** What is known of a call before it begins, and what the world does: as under `call` and `world` of a scenario. */
export type CallOptions = NonNullable<Written['call']> &
  NonNullable<Written['world']> & {
    /** Web answers as after `--answer`: `GET https://crm.example/* => 200 gold`. They come after those of `http`. */
    answers?: readonly string[];
    /** Moves ids and chance; the same again with the same number. */
    seed?: number;
  };

const NOWHERE = { line: 1, column: 1 };

/** A scenario without steps, for a call that a test drives. @throws UserError for options that mean nothing. */
export function scenarioFor(file: string, cwd: string, options: CallOptions): Scenario {
  const {
    callee,
    agents,
    http = [],
    dnc,
    store,
    rules,
    dnd,
    consent,
    'called us': called,
    answers = [],
    seed: _,
    ...call
  } = options;
  const given = { callee, agents, dnc, store, rules, dnd, consent, 'called us': called };
  const world = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const answered = [...http, ...answers.map(ruleOf)];
  const parsed = scenarioFile.safeParse({
    flow: file,
    call,
    world: { ...world, ...(answered.length > 0 && { http: answered }) },
  });
  if (!parsed.success) throw new UserError(`call: ${parsed.error.issues.map(sayIssue).join('; ')}`);
  const place = { file, ...NOWHERE };
  return { ...parsed.data, title: file, file: `${cwd}/call.yaml`, places: { steps: [], expect: {}, file: place } };
}

/** An answer as it is typed, as a scenario writes it. */
function ruleOf(text: string): z.input<typeof httpRule> {
  const parsed = parseAnswerRule(text);
  if (!parsed.ok) throw new UserError(`answers: "${text}": ${parsed.problem}`);
  const { method, pattern, gives } = parsed.rule;
  const rule = { url: pattern, method };
  if (gives.type !== 'answer') return { ...rule, fail: gives.type };
  const { status, body, contentType, after } = gives;
  return { ...rule, status, body, type: contentType, ...(after > 0 && { after: showDuration(after) }) };
}

const KNOWN = [
  ...['to', 'from', 'exophone', 'inbound', 'contact', 'set', 'customField', 'campaign', 'at', 'timeLimit', 'ringFor'],
  ...['callee', 'agents', 'http', 'answers', 'dnc', 'store', 'rules', 'dnd', 'consent', 'called us', 'seed'],
];

function sayIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.slice(1).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .map((key) => `${where ? `${where}: ` : ''}there is no option "${key}". ${didYouMean(key, KNOWN)}`)
      .join('; ');
  if (issue.code === 'invalid_union') {
    const [first] = issue.errors.flat();
    return first ? sayIssue({ ...first, path: [...issue.path, ...first.path] }) : `${where}: ${issue.message}`;
  }
  return `${where}: ${issue.message}`;
}
