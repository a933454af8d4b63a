import type { CallView, WebRequest } from '../call/view.ts';
import { ms } from '../core/ids.ts';
import { showDuration } from '../core/time.ts';
import { fieldOf, lastNode, paramOf, sameFact, sameSms, sameValue, sentSms, type Traces, wild } from './expect.ts';
import type { Expectations } from './schema.ts';

type Value = string | null | number | readonly Value[] | { readonly [name: string]: Value };

/** A change of a scenario file: a new value at a path below `expect`, or without `value` nothing any more. */
export type Edit = { path: readonly (string | number)[]; value?: Value };

type Editors = {
  [K in keyof Expectations]-?: (expected: NonNullable<Expectations[K]>, traces: Traces) => readonly Edit[];
};

const set = (value: Value, ...path: (string | number)[]): Edit => ({ path, value });
/** What must be heard or never be visited is somebody's intention; nothing that happened can stand in for it. */
const byHand = (): readonly Edit[] => [];

/** How a missed expectation would have to read for this call. */
const editors: Editors = {
  status: (_, { view, refused }) =>
    refused !== undefined
      ? [set('refused', 'status')]
      : view.status.match(/queued|ringing|progress/)
        ? []
        : [set(view.status, 'status')],
  'ended at': (_, traces) => (traces.view.visited.length > 0 ? [set(lastNode(traces), 'ended at')] : []),
  'ended by': (_, { view }) => (view.ended ? [set(view.ended.by, 'ended by')] : []),
  duration: (_, { view }) => [set(showDuration(talked(view)), 'duration')],
  digits: (_, { view }) => [set(view.digits ?? null, 'digits')],
  saved: (expected, { view }) =>
    Object.keys(expected)
      .filter((name) => !sameValue(expected[name] ?? null, view.saved[name]))
      .map((name) => set(view.saved[name] ?? null, 'saved', name)),
  goals: (expected, { view }) => [set(replaceWords(expected, view.goals), 'goals')],
  visited: (expected, { view }) => {
    const nodes = view.visited.map(({ node }) => node);
    return [set(replaceWords(expected, nodes), 'visited')];
  },
  heard: byHand,
  'never heard': byHand,
  never: byHand,
  sms: (expected, { view }) => replaceItems('sms', expected, sentSms(view), sameSms, ({ to, text }) => ({ to, text })),
  dnc(expected, { facts }) {
    const out = facts.filter(({ kind }) => kind === 'opt-out');
    return replaceItems('dnc', expected, out, sameFact, ({ number, scope, key }) => ({ number, scope, ...(key && { key }) }));
  },
  requests: (expected, { view }) => expected.flatMap((one, i) => requestEdits(one, i, view.requests)),
  webhooks: (expected, { webhooks }) =>
    expected.flatMap(({ url, body = {} }, i): readonly Edit[] => {
      const there = webhooks.filter((post) => url === undefined || wild(url, post.url));
      const wrong = (post: { body: string }) =>
        Object.keys(body).filter((name) => !sameValue(body[name] ?? null, fieldOf(post.body, name)));
      if (there.some((post) => wrong(post).length === 0)) return [];
      const [post] = there;
      return post
        ? wrong(post).map((name) => set(fieldOf(post.body, name) ?? null, 'webhooks', i, 'body', name))
        : [{ path: ['webhooks', i] }];
    }),
  callbacks: (expected, { callbacks }) =>
    expected.flatMap((wanted, i): readonly Edit[] => {
      const posted = callbacks.map((fields) => Object.fromEntries(fields));
      const wrong = (fields: Record<string, string>) =>
        Object.keys(wanted).filter((name) => !sameValue(wanted[name] ?? null, fields[name]));
      if (posted.some((fields) => wrong(fields).length === 0)) return [];
      const last = posted.at(-1);
      return last ? wrong(last).map((name) => set(last[name] ?? null, 'callbacks', i, name)) : [{ path: ['callbacks', i] }];
    }),
};

/** Keeps the words that hold; the others become, in order, what happened and nobody expected. */
function replaceWords(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const open = [...new Set(actual)].filter((word) => !expected.includes(word));
  return expected.flatMap((word) => (actual.includes(word) ? [word] : (open.shift() ?? [])));
}

/** Keeps the items that hold; the others become, in order, what happened and nobody expected, field by field. */
function replaceItems<E extends object, A>(
  name: string,
  expected: readonly E[],
  actual: readonly A[],
  same: (expected: E, actual: A) => boolean,
  tell: (actual: A) => Readonly<Record<string, string>>,
): readonly Edit[] {
  const open = [...actual];
  const missed = expected.flatMap((one, i) => {
    const at = open.findIndex((candidate) => same(one, candidate));
    if (at >= 0) open.splice(at, 1);
    return at >= 0 ? [] : [i];
  });
  if (expected.length === 0) return [set(open.map(tell), name)];
  return missed.flatMap((i): readonly Edit[] => {
    const next = open.shift();
    if (next === undefined) return [{ path: [name, i] }];
    const told = tell(next);
    return Object.entries(expected[i] ?? {})
      .filter(([field, value]) => !same({ [field]: value } as E, next))
      .map(([field]) => (told[field] === undefined ? { path: [name, i, field] } : set(told[field], name, i, field)));
  });
}

function requestEdits(wanted: NonNullable<Expectations['requests']>[number], i: number, requests: readonly WebRequest[]): Edit[] {
  const { params = {}, times } = wanted;
  const there = requests.filter(
    ({ url, method }) => wild(wanted.url, url) && (wanted.method === undefined ? method !== 'HEAD' : wanted.method === method),
  );
  const wrong = ({ url }: WebRequest) =>
    Object.keys(params).filter((name) => !sameValue(params[name] ?? null, paramOf(url, name)));
  const fitting = there.filter((one) => wrong(one).length === 0).length;
  if (times !== undefined) return fitting === times ? [] : [set(fitting, 'requests', i, 'times')];
  if (fitting > 0) return [];
  const [first] = there;
  return first
    ? wrong(first).map((name) => set(paramOf(first.url, name) ?? null, 'requests', i, 'params', name))
    : [{ path: ['requests', i] }];
}

const talked = (view: CallView) => ms((view.endedAt ?? view.startedAt) - (view.answeredAt ?? view.endedAt ?? view.startedAt));

/** The changes that would make one expectation hold. */
export const editsFor = (name: keyof Expectations, expected: Expectations, traces: Traces): readonly Edit[] =>
  (editors[name] as (expected: unknown, traces: Traces) => readonly Edit[])(expected[name], traces);
