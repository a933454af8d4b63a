import type { Gives } from '../core/gives.ts';
import { type Ms, ms } from '../core/ids.ts';
import { maskText } from '../core/phone.ts';
import type { Clock, HttpAnswer, HttpClient, HttpRequest } from '../core/ports.ts';
import { showDuration } from '../core/time.ts';
import { type AnswerRule, closestRule, ruleFor } from './answer-rule.ts';

/**
 * Web servers as a script: each request gets the answer of the first rule that fits it, when the clock says so.
 * @param fallback who is asked when no rule fits; without one such a request is refused, and the nearest rule named.
 */
export function createScriptedClient(clock: Clock, rules: readonly AnswerRule[], fallback?: HttpClient): HttpClient {
  const used = new Map<AnswerRule, number>();
  const timesUsed = (rule: AnswerRule) => used.get(rule) ?? 0;
  const left = (rule: AnswerRule) => rule.times === undefined || timesUsed(rule) < rule.times;
  const take = (rule: AnswerRule, { method }: HttpRequest): Gives => {
    const before = timesUsed(rule);
    if (method !== 'HEAD' || rule.method === 'HEAD') used.set(rule, before + 1);
    return rule.inOrder?.[Math.min(before, rule.inOrder.length - 1)] ?? rule.gives;
  };
  return {
    send(request, done) {
      const rule = ruleFor(rules, request.method, request.url, left);
      if (rule === undefined && fallback !== undefined) {
        fallback.send(request, done);
        return;
      }
      const { answer, after } =
        rule === undefined ? { answer: unmatched(rules, request), after: ms(0) } : outcomeOf(take(rule, request), request);
      clock.alarm(ms(clock.now() + after), () => done(answer));
    },
  };
}

/** What somebody decided that a request gets, as its answer, and how long it takes. */
export function outcomeOf(gives: Gives, request: HttpRequest, because = 'as its rule says'): { answer: HttpAnswer; after: Ms } {
  if (gives.type === 'refused') return { answer: refused(request, because), after: ms(0) };
  if (gives.type === 'timeout' || gives.after >= request.timeout) return { answer: tooLate(request), after: request.timeout };
  const whole = request.method === 'HEAD' ? '' : gives.body;
  const body = request.firstBytes === undefined ? whole : Buffer.from(whole).toString('latin1').slice(0, request.firstBytes);
  return { answer: { ok: true, status: gives.status, contentType: gives.contentType, body }, after: gives.after };
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? 'the server';

const refused = ({ url }: HttpRequest, because: string): HttpAnswer => ({
  ok: false,
  why: 'refused',
  says: `${hostOf(url)} refused the connection, ${because}`,
});

const tooLate = ({ url, timeout }: HttpRequest): HttpAnswer => ({
  ok: false,
  why: 'timeout',
  says: `${hostOf(url)} did not answer within ${showDuration(timeout)}`,
});

function unmatched(rules: readonly AnswerRule[], { method, url }: HttpRequest): HttpAnswer {
  const near = closestRule(rules, url);
  const asked = `${method} ${bareUrl(url)}`;
  const says = near
    ? `no rule answers ${asked}; the closest is "${near.method} ${near.pattern}"`
    : `no rule answers ${asked}: there are none`;
  return { ok: false, why: 'refused', says };
}

/** Without the query, which holds phone numbers, and without credentials. */
function bareUrl(text: string): string {
  const url = URL.parse(text);
  return url === null ? 'this address' : `${url.origin}${maskText(url.pathname)}`;
}
