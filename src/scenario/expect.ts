import { sayEnd } from '../call/fold.ts';
import type { CallView, SentSms, WebRequest } from '../call/view.ts';
import type { Fact } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import type { Post } from '../core/ports.ts';
import { showClock, showDuration } from '../core/time.ts';
import { fitsPattern } from '../core/wildcard.ts';
import type { CallbackOptions } from '../exotel/callback.ts';
import { everHeard, fits, sayMatch, textOf } from './hearing.ts';
import type { Expectations } from './schema.ts';

/** What was left behind by a call, besides its log. */
export type Traces = {
  view: CallView;
  /** True when the gate refused the call. */
  refused?: string;
  webhooks: readonly Post[];
  callbacks: readonly (readonly (readonly [name: string, value: string])[])[];
  facts: readonly Fact[];
};

/** What callbacks a scenario's expectations speak of: the short one at the end. */
export const CALLBACKS: CallbackOptions = { profile: 'automated-calls', events: [] };

/** An expectation that does not hold. */
export type Miss = { name: keyof Expectations; expected: string; instead: string };

type Check<K extends keyof Expectations> = (
  expected: NonNullable<Expectations[K]>,
  traces: Traces,
) => readonly (string | [expected: string, instead: string])[] | string | undefined;
type Checks = { [K in keyof Expectations]-?: Check<K> };

export const sameValue = (expected: string | null, actual: string | undefined): boolean =>
  expected === null ? actual === undefined : expected === actual;
const show = (value: unknown): string => (value === null || value === undefined ? 'nothing' : JSON.stringify(value));
const list = (names: readonly string[]): string => names.join(', ') || 'none';
const endOf = ({ view, refused }: Traces): string =>
  refused !== undefined ? `the call was refused: ${refused}` : view.ended ? sayEnd(view.ended) : 'the call never ended';
const pathOf = ({ view }: Traces): string => view.visited.map(({ node }) => node).join(' > ') || 'no applet';
/** Where the caller was when the call ended. */
export const lastNode = ({ view }: Traces): string => view.visited.at(-1)?.node ?? 'no applet';

const checks: Checks = {
  status: (expected, traces) => {
    const actual = traces.refused === undefined ? traces.view.status : 'refused';
    return actual === expected ? undefined : `${actual}: ${endOf(traces)}`;
  },
  'ended at': (expected, traces) =>
    lastNode(traces) === expected ? undefined : `the caller ended at ${lastNode(traces)}, by ${pathOf(traces)}`,
  'ended by': (expected, traces) => (traces.view.ended?.by === expected ? undefined : endOf(traces)),
  duration: ({ least, most }, { view }) => {
    const took = ms((view.endedAt ?? view.startedAt) - (view.answeredAt ?? view.endedAt ?? view.startedAt));
    return took >= least && took <= most ? undefined : `it took ${showDuration(took)} from the answer to the end`;
  },
  digits: (expected, { view }) => (sameValue(expected, view.digits) ? undefined : `the digits were ${show(view.digits)}`),
  saved: (expected, { view }) =>
    Object.entries(expected).flatMap(([name, value]) =>
      sameValue(value, view.saved[name])
        ? []
        : [
            [`saved ${name} = ${show(value)}`, `it was ${show(view.saved[name])}; saved: ${list(Object.keys(view.saved))}`] as [
              string,
              string,
            ],
          ],
    ),
  goals: (expected, { view }) =>
    expected.length === 0 && view.goals.length > 0
      ? [['no goal reached', `reached: ${list(view.goals)}`]]
      : missing(expected, view.goals, 'goal', 'reached'),
  heard: (expected, { view }) =>
    expected
      .filter((match) => !everHeard(view, match))
      .map((match): [string, string] => [
        `heard ${sayMatch(match)}`,
        `it was never heard; the last words were "${lastWords(view)}"`,
      ]),
  'never heard': (expected, { view }) =>
    expected
      .filter((match) => everHeard(view, match))
      .map((match): [string, string] => [`never heard ${sayMatch(match)}`, 'it was heard']),
  sms: (expected, { view }) => {
    const sent = sentSms(view);
    const open = [...sent];
    const missed = expected.flatMap((wanted): [string, string][] => {
      const i = open.findIndex((one) => sameSms(wanted, one));
      if (i >= 0) open.splice(i, 1);
      return i >= 0 ? [] : [[saySms(wanted), `sent: ${list(sent.map((one) => `"${one.text}" to ${one.to}`))}`]];
    });
    return expected.length === 0 && sent.length > 0 ? [['no SMS', `sent: ${list(sent.map((one) => `"${one.text}"`))}`]] : missed;
  },
  requests: (expected, { view }) => expected.flatMap((one) => requestMiss(one, view.requests)),
  webhooks: (expected, { webhooks }) => {
    if (expected.length === 0 && webhooks.length > 0)
      return [['no webhook', `posted: ${list(webhooks.map((post) => post.url))}`]];
    return expected.flatMap(({ url, body }): [string, string][] => {
      const found = webhooks.some(
        (post) =>
          (url === undefined || wild(url, post.url)) &&
          Object.entries(body ?? {}).every(([name, value]) => sameValue(value, fieldOf(post.body, name))),
      );
      return found
        ? []
        : [[`webhook ${url ?? ''} ${show(body ?? {})}`, `posted: ${list(webhooks.map((post) => `${post.url} ${post.body}`))}`]];
    });
  },
  callbacks: (expected, { callbacks }) => {
    if (expected.length === 0 && callbacks.length > 0) return [['no callback', `${callbacks.length} were due`]];
    return expected.flatMap((wanted): [string, string][] => {
      const found = callbacks.some((fields) =>
        Object.entries(wanted).every(([name, value]) => sameValue(value, fields.find(([field]) => field === name)?.[1])),
      );
      return found
        ? []
        : [[`callback ${show(wanted)}`, `posted: ${list(callbacks.map((fields) => show(Object.fromEntries(fields))))}`]];
    });
  },
  dnc: (expected, { facts }) => {
    const out = facts.filter(({ kind }) => kind === 'opt-out');
    if (expected.length === 0)
      return out.length === 0
        ? []
        : [['nothing on the DNC list', `${out.length} opt-out of ${out[0]?.number}, scope ${out[0]?.scope}`]];
    const recorded = out.map((fact) => `${fact.number} ${fact.scope}${fact.key ? ` by key ${fact.key}` : ''}`);
    return expected.flatMap((wanted): [string, string][] =>
      out.some((fact) => sameFact(wanted, fact))
        ? []
        : [[`DNC ${show(wanted)}`, out.length === 0 ? 'no opt-out was recorded' : `recorded: ${list(recorded)}`]],
    );
  },
  visited: (expected, traces) =>
    missing(
      expected,
      traces.view.visited.map(({ node }) => node),
      'applet',
      'visited',
      pathOf(traces),
    ),
  never: (expected, traces) =>
    expected
      .filter((node) => traces.view.visited.some((one) => one.node === node))
      .map((node): [string, string] => [`never at ${node}`, `the caller was there: ${pathOf(traces)}`]),
};

function missing(
  expected: readonly string[],
  actual: readonly string[],
  what: string,
  how: string,
  instead = list(actual),
): [string, string][] {
  return expected.filter((one) => !actual.includes(one)).map((one) => [`${what} ${one} ${how}`, `${how}: ${instead}`]);
}

function lastWords(view: CallView): string {
  const speech = view.speeches.at(-1);
  return speech ? textOf(speech.sounds) : '';
}

type WantedSms = NonNullable<Expectations['sms']>[number];
type WantedFact = NonNullable<Expectations['dnc']>[number];

/** Texts that really went out. */
export const sentSms = (view: CallView): readonly SentSms[] => view.sms.filter(({ result }) => result && 'sid' in result);

export const sameSms = ({ to, text }: WantedSms, sent: SentSms): boolean =>
  (to === undefined || sameNumber(to, sent.to)) && (text === undefined || fits(text, sent.text));

const saySms = ({ to, text }: WantedSms): string => `SMS${to ? ` to ${to}` : ''}${text ? ` ${sayMatch(text)}` : ''}`;

export const sameFact = ({ number, scope, key }: WantedFact, fact: Fact): boolean =>
  (number === undefined || sameNumber(number, fact.number)) &&
  (scope === undefined || scope === fact.scope) &&
  (key === undefined || key === fact.key);

const sameNumber = (a: string, b: string): boolean => {
  const [one, two] = [normalise(a), normalise(b)];
  return one.ok && two.ok ? one.number === two.number : a === b;
};

/** `*` stands for anything; without a `?` the query does not count. */
export const wild = (pattern: string, url: string): boolean =>
  fitsPattern(pattern, pattern.includes('?') ? url : url.replace(/[?#].*$/s, ''));

function requestMiss(wanted: NonNullable<Expectations['requests']>[number], requests: readonly WebRequest[]): [string, string][] {
  const there = requests.filter(
    ({ url, method }) => wild(wanted.url, url) && (wanted.method === undefined ? method !== 'HEAD' : wanted.method === method),
  );
  const fitting = there.filter(({ url }) =>
    Object.entries(wanted.params ?? {}).every(([name, value]) => sameValue(value, paramOf(url, name))),
  );
  const named = `request ${wanted.method ?? ''} ${wanted.url}${wanted.params ? ` with ${show(wanted.params)}` : ''}`.replace(
    / {2,}/g,
    ' ',
  );
  if (wanted.times !== undefined)
    return fitting.length === wanted.times ? [] : [[`${named}, ${wanted.times} times`, `it was made ${fitting.length} times`]];
  if (fitting.length > 0) return [];
  if (there.length > 0) {
    const sent = Object.keys(wanted.params ?? {}).map((name) => `${name}=${show(paramOf(there[0]?.url ?? '', name))}`);
    return [[named, `it was made, with ${sent.join(', ')}`]];
  }
  return [[named, `requested: ${list(requests.map(({ method, url }) => `${method} ${url.replace(/[?#].*$/s, '')}`))}`]];
}

/** A parameter of a request; undefined without it, and when the address is none. */
export const paramOf = (url: string, name: string): string | undefined =>
  URL.canParse(url) ? (new URL(url).searchParams.get(name) ?? undefined) : undefined;

export function fieldOf(body: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(body) as Record<string, unknown>)[name];
    return value === undefined ? undefined : String(value);
  } catch {
    return undefined;
  }
}

/** Every expectation that does not hold, in the order of the file. */
export function missesOf(expected: Expectations, traces: Traces): Miss[] {
  return (Object.keys(expected) as (keyof Expectations)[]).flatMap((name): Miss[] => {
    const wanted = expected[name];
    if (wanted === undefined) return [];
    const found = (checks[name] as (wanted: unknown, traces: Traces) => ReturnType<Check<'status'>>)(wanted, traces);
    if (found === undefined) return [];
    if (typeof found === 'string') return [{ name, expected: `${name}: ${sayValue(name, wanted)}`, instead: found }];
    return found.map((one) =>
      typeof one === 'string' ? { name, expected: name, instead: one } : { name, expected: one[0], instead: one[1] },
    );
  });
}

function sayValue(name: string, value: unknown): string {
  if (name !== 'duration') return typeof value === 'string' ? value : show(value);
  const { least, most } = value as { least: Ms; most: Ms };
  return most === Number.POSITIVE_INFINITY
    ? `${showDuration(least)}..`
    : least === most
      ? showDuration(least)
      : `${showDuration(least)}..${showDuration(most)}`;
}

export const momentOf = ({ view }: Traces): string => showClock((view.endedAt ?? view.startedAt) - view.startedAt);
