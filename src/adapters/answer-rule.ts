import { type Gives, typeOf } from '../core/gives.ts';
import { ms } from '../core/ids.ts';
import type { HttpRequest } from '../core/ports.ts';
import { parseDuration } from '../core/time.ts';
import { fitsPattern } from '../core/wildcard.ts';

/** What a web server of a script answers to which requests. */
export type AnswerRule = {
  method: HttpRequest['method'] | '*';
  pattern: string;
  gives: Gives;
  /** How many requests it answers; all of them unless told. A HEAD counts for rules of HEAD only. */
  times?: number;
  /** Instead of `gives`: one answer after the other, the last one for good. */
  inOrder?: readonly Gives[];
};

export type ParsedRule = { ok: true; rule: AnswerRule } | { ok: false; problem: string };

const SHAPE = 'METHOD URL => STATUS BODY, such as: GET https://clinic.example/slots* => 200 Monday at 3';
const refuse = (problem: string): ParsedRule => ({ ok: false, problem });

/**
 * Reads a rule as it is typed after `--answer`:
 *
 * ```
 * METHOD URL => STATUS [content-type:TYPE] [after DURATION] [BODY]
 * METHOD URL => timeout
 * METHOD URL => refused
 * ```
 *
 * - METHOD is GET (which answers HEAD too, without a body), HEAD, POST, or `*` for any.
 * - URL is compared letter by letter, `*` stands for any text. It is compared without the query unless it has a `?`.
 *   A URL that begins with `/` fits that path on every server.
 * - `content-type:` is `application/json` for a body that is a JSON object or list, else `text/plain`. The type has no spaces.
 * - `after 2s` answers so much later; at or past the request's time-out it is a time-out.
 * - BODY is everything that is left, as it is.
 *
 * `GET *\/balance => 200 Your balance is 500`, `* *://crm.example/* => 302`, `GET /menu => 200 after 1500ms {"select":"gold"}`
 */
export function parseAnswerRule(text: string): ParsedRule {
  const sides = /^\s*(\S+)\s+(\S+)\s*=>\s*([\s\S]*)$/.exec(text);
  if (!sides) return refuse(`an answer is written ${SHAPE}`);
  const [, verb = '', pattern = '', outcome = ''] = sides;
  const method = readMethod(verb);
  if (method === undefined) return refuse(`"${verb}" is not GET, HEAD, POST or *; an answer is written ${SHAPE}`);
  if (!/^(?:https?:\/\/|\/|\*)/.test(pattern)) {
    return refuse(`"${pattern}" fits no address: begin with http://, https://, / or *, for example *${pattern}`);
  }
  const gives = readOutcome(outcome);
  return typeof gives === 'string' ? refuse(gives) : { ok: true, rule: { method, pattern, gives } };
}

function readMethod(verb: string): AnswerRule['method'] | undefined {
  return (['GET', 'HEAD', 'POST', '*'] as const).find((known) => known === verb.toUpperCase());
}

/** The outcome, or what is wrong with it. */
function readOutcome(text: string): Gives | string {
  const word = text.trim();
  if (word === 'timeout' || word === 'refused') return { type: word };
  const match = /^(\S+)(?:\s+content-type:(\S*))?(?:\s+after\s+(\d\S*))?(?:\s([\s\S]*))?$/i.exec(text);
  const status = match?.[1] ?? '';
  if (!/^[1-5]\d\d$/.test(status) || Number(status) < 200) {
    return `after => comes a status from 200 to 599, timeout or refused, not "${status}"`;
  }
  const [, , type, wait, body = ''] = match ?? [];
  if (type === '') return 'content-type: wants a type right behind it, such as content-type:text/html';
  const after = wait === undefined ? ms(0) : parseDuration(wait);
  if (after === undefined) return `"after ${wait}" wants a duration with its unit, such as after 2s or after 500ms`;
  return { type: 'answer', status: Number(status), contentType: type ?? typeOf(body), after, body };
}

/** The first rule that fits a request, of those that are `left`. */
export function ruleFor(
  rules: readonly AnswerRule[],
  method: HttpRequest['method'],
  url: string,
  left: (rule: AnswerRule) => boolean = () => true,
): AnswerRule | undefined {
  return rules.find((rule) => fitsMethod(rule, method) && fitsUrl(rule, url) && left(rule));
}

const fitsMethod = (rule: AnswerRule, method: string): boolean =>
  rule.method === '*' || rule.method === method || (rule.method === 'GET' && method === 'HEAD');

const fitsUrl = (rule: AnswerRule, url: string): boolean => fitsPattern(rule.pattern, comparable(rule, url));

/** The part of an address that a rule looks at. */
function comparable(rule: AnswerRule, url: string): string {
  const bare = rule.pattern.includes('?') ? url : url.replace(/[?#].*$/s, '');
  return rule.pattern.startsWith('/') ? bare.replace(/^https?:\/\/[^/?#]*/i, '') || '/' : bare;
}

/** The rule whose pattern shares most with an address, for a hint. */
export function closestRule(rules: readonly AnswerRule[], url: string): AnswerRule | undefined {
  const shared = (rule: AnswerRule) => {
    const pattern = rule.pattern.replaceAll('*', '');
    const text = comparable(rule, url);
    return Math.max(common(pattern, text), common([...pattern].reverse().join(''), [...text].reverse().join('')));
  };
  let best: AnswerRule | undefined;
  let most = -1;
  for (const rule of rules) {
    const score = shared(rule);
    if (score > most) [best, most] = [rule, score];
  }
  return best;
}

function common(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}
