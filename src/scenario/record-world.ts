import type { CallView, WebRequest } from '../call/view.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import type { Leg } from '../core/stage.ts';
import { isoIst, showDuration } from '../core/time.ts';
import { addressPattern } from '../exotel/app-params.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Story } from './record-story.ts';

/** What a scenario takes for granted; only what differs is written. */
const USUAL_RING = 3000;
const USUAL_TALK = 30_000;
const USUAL_RING_FOR = 30_000;

const some = <T extends object>(fields: T): T | undefined => (Object.keys(fields).length > 0 ? fields : undefined);

/** The facts of a recorded call as a scenario's `call`. @param usual the ExoPhone of scenarios that name none. */
export function callOf({ log }: Story, facts: CallFacts, set: FlowSet, usual: E164 | undefined) {
  const inbound = facts.direction === 'inbound';
  const { customer, exophone, contact, variables, customField, campaign, ringFor, timeLimit } = facts;
  const root = set.flows.get(set.root);
  const clockDecides = log.some(({ e }) => e.type === 'input' && e.input.type === 'hours.answered');
  return {
    ...(inbound ? { inbound, from: customer } : { to: customer }),
    ...(exophone !== usual && { exophone }),
    ...(some(contact) && { contact }),
    ...(some(variables) && { set: variables }),
    ...(customField !== undefined && { customField }),
    ...(campaign !== undefined && { campaign }),
    ...(clockDecides && { at: shortIst(log[0]?.at ?? ms(0)) }),
    ...(ringFor !== USUAL_RING_FOR && { ringFor: showDuration(ringFor) }),
    ...(timeLimit !== root?.timeLimit && { timeLimit: showDuration(timeLimit) }),
  };
}

/** Indian time, without the parts that are nought. */
const shortIst = (at: Ms): string =>
  isoIst(at)
    .slice(0, 23)
    .replace(/\.000$/, '')
    .replace(/:00$/, '');

/** What the people, servers and stores of a recorded call did, as a scenario's `world`. */
export function worldOf({ view, log }: Story, facts: CallFacts) {
  const callee = facts.direction === 'inbound' ? undefined : calleeOf(view);
  const agents = agentsOf(view, log);
  const http = httpOf(view, log, facts);
  return some({
    ...(callee !== undefined && { callee }),
    ...(agents.length > 0 && { agents: agents.length === 1 ? agents[0] : agents }),
    ...(http.length > 0 && { http }),
    ...(view.optOuts.some(({ result }) => result && 'failed' in result) && { store: 'failing' }),
  });
}

function calleeOf({ startedAt, answeredAt, status, legs }: CallView): string | undefined {
  if (answeredAt === undefined) return status === 'busy' || status === 'failed' ? status : 'no-answer';
  const does = legs.find(({ leg }) => leg === 1)?.by ?? 'answer';
  const rang = ms(answeredAt - startedAt);
  if (rang === USUAL_RING) return does === 'answer' ? undefined : does;
  return `${does}:${showDuration(rang)}`;
}

/** One for each phone that rang, in order; the last stands for those that follow. */
function agentsOf({ legs, endedAt }: CallView, log: readonly Logged[]): string[] {
  const hungUp = new Set(
    log.flatMap(({ e }) =>
      e.type === 'input' && e.input.type === 'leg.changed' && e.input.to === 'completed' ? [e.input.leg] : [],
    ),
  );
  const agents = legs.filter(({ leg }) => leg > 1).map((leg) => agentOf(leg, hungUp.has(leg.leg), endedAt));
  while (agents.length > 1 && agents.at(-1) === agents.at(-2)) agents.pop();
  return agents;
}

const LONGER = [60_000, 300_000, 1_800_000, 7_200_000, 86_400_000];

function agentOf({ state, answeredAt, endedAt }: Leg, hungUp: boolean, over: Ms | undefined): string {
  if (answeredAt === undefined) return state === 'busy' || state === 'failed' ? state : 'no-answer';
  const talked = (endedAt ?? over ?? answeredAt) - answeredAt;
  // Whoever did not hang up talks for longer than the call lasted.
  const talks = hungUp ? talked : talked < USUAL_TALK ? USUAL_TALK : (LONGER.find((one) => one > talked) ?? talked + 1);
  return talks === USUAL_TALK ? 'answer' : `answer:${showDuration(ms(talks))}`;
}

type Answer = { status?: number; json?: unknown; body?: string; type?: string; after?: string; fail?: 'timeout' | 'refused' };
type Rule = { url: string; method?: string } & Answer & { 'in order'?: Answer[] };

/** A rule for every address that was asked, with the answers that it really gave. */
function httpOf(view: CallView, log: readonly Logged[], facts: CallFacts): Rule[] {
  const asked = new Map<string, { head: WebRequest[]; get: WebRequest[] }>();
  for (const request of view.requests) {
    const url = addressPattern(request.url, facts.call);
    const one = asked.get(url) ?? { head: [], get: [] };
    asked.set(url, one);
    one[request.method === 'HEAD' ? 'head' : 'get'].push(request);
  }
  const failures = new Map(
    log.flatMap(({ e }) => (e.type === 'input' && e.input.type === 'fetch.failed' ? [[e.input.id, e.input.why] as const] : [])),
  );
  const answers = (requests: readonly WebRequest[]) => distinct(requests.map((one) => answerOf(one, failures.get(one.id))));
  const urls = [...asked].sort(([a], [b]) => Number(b.includes('?')) - Number(a.includes('?')));
  return urls.flatMap(([url, { head, get }]) => {
    const [heads, gets] = [answers(head), answers(get)];
    const method = { ...(get.length === 0 && { method: 'HEAD' }) };
    if (get.length === 0 || head.length === 0 || same(heads, gets)) return [ruleOf(url, get.length === 0 ? heads : gets, method)];
    return [ruleOf(url, heads, { method: 'HEAD' }), ruleOf(url, gets, {})];
  });
}

/** Answers, one for each request; of those that only repeat the last, none. */
function distinct(answers: Answer[]): Answer[] {
  while (answers.length > 1 && JSON.stringify(answers.at(-1)) === JSON.stringify(answers.at(-2))) answers.pop();
  return answers;
}

/** A HEAD has no body: apart from that, do both say the same? */
function same(heads: readonly Answer[], gets: readonly Answer[]): boolean {
  const [head, get] = [heads[0], gets[0]];
  if (!head || !get || heads.length > 1 || gets.length > 1) return false;
  const plain = (answer: Answer) => [answer.status ?? 200, typeOf(answer), answer.after, answer.fail];
  return JSON.stringify(plain(head)) === JSON.stringify(plain(get));
}

const typeOf = ({ type, json }: Answer): string => type ?? (json === undefined ? 'text/plain' : 'application/json');

const ruleOf = (url: string, answers: readonly Answer[], method: { method?: string }): Rule =>
  answers.length === 1 ? { url, ...method, ...answers[0] } : { url, ...method, 'in order': [...answers] };

function answerOf({ at, answer }: WebRequest, why: string | undefined): Answer {
  // What never answered while the call lasted may as well be too late.
  if (!answer) return { fail: 'timeout' };
  if ('failed' in answer) return { fail: why === 'timeout' ? 'timeout' : 'refused' };
  const { status, body, contentType } = answer;
  const json = contentType === 'application/json' ? jsonIn(body) : undefined;
  const usual = json !== undefined || (contentType === 'text/plain' && !/^\s*[{[]/.test(body));
  return {
    ...(status !== 200 && { status }),
    ...(json !== undefined ? { json } : body !== '' && { body }),
    ...(!usual && { type: contentType }),
    ...(answer.at > at && { after: showDuration(ms(answer.at - at)) }),
  };
}

/** The object or list that a body is, when it would be written again letter by letter. */
function jsonIn(body: string): unknown {
  if (!/^[{[]/.test(body)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return JSON.stringify(value) === body ? value : undefined;
  } catch {
    return undefined;
  }
}
