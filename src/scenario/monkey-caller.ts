import fc from 'fast-check';
import { DIGITS, type Digit } from '../core/input.ts';
import { appletFor } from '../flow/graph.ts';
import type { FlowSet } from '../flow/model.ts';

/** A step of a scenario, as it is written. */
export type Move = { press: string } | { wait: string } | { 'keep pressing': string } | 'hang up';

/** What a random caller and their world do. */
export type Caller = {
  moves: readonly Move[];
  /** After these: nothing, hang up, or press on, each offered key in turn. */
  last: 'stays silent' | 'hangs up' | 'keeps pressing';
  /** What servers answer, in the order of the requests; the last one stays. */
  http: readonly object[];
  agents: readonly string[];
  store: 'working' | 'failing';
};

const ANSWERS: readonly object[] = [
  { body: 'Hello.' },
  { status: 302 },
  { status: 500, body: 'Internal Server Error', type: 'text/html' },
  { body: '' },
  { json: { select: '1' } },
  { fail: 'timeout' },
  { fail: 'refused' },
  { body: 'Hello.', after: '4s' },
  { json: { gather_prompt: { text: 'Type it.' }, max_input_digits: 2 } },
  { json: { destination: { numbers: ['+918011111111'] } } },
];

const WAITS = ['500ms', '2s', '6s', '20s'];
const AGENTS = ['answer:10s', 'busy', 'no-answer', 'failed', 'answer:2m'];

/** Callers who behave like people: early keys, wrong keys, silence, hanging up; slow and failing servers, busy agents. */
export function arbitraryCaller(set: FlowSet): fc.Arbitrary<Caller> {
  const offered = offeredKeys(set);
  const key = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...offered) }, fc.constantFrom(...DIGITS));
  const number = fc.array(key, { minLength: 1, maxLength: 6 }).map((keys) => keys.join(''));
  const move: fc.Arbitrary<Move> = fc.oneof(
    { weight: 6, arbitrary: key.map((press) => ({ press })) },
    { weight: 2, arbitrary: key.map((digit) => ({ press: `!${digit}` })) },
    { weight: 1, arbitrary: number.map((press) => ({ press })) },
    { weight: 2, arbitrary: fc.constantFrom(...WAITS).map((wait) => ({ wait })) },
  );
  return fc.record({
    moves: fc.array(move, { maxLength: 10 }),
    last: fc.constantFrom('stays silent', 'hangs up', 'keeps pressing'),
    http: fc.array(fc.oneof(fc.constantFrom(...ANSWERS, ...answersFor(set))), { minLength: 1, maxLength: 4 }),
    agents: fc.array(fc.constantFrom(...AGENTS), { minLength: 1, maxLength: 3 }),
    store: fc.oneof({ weight: 4, arbitrary: fc.constant('working' as const) }, fc.constant('failing' as const)),
  });
}

function offeredKeys(set: FlowSet): readonly Digit[] {
  const keys = nodesOf(set).flatMap(
    (node) =>
      appletFor(node)
        .offers?.(node.settings)
        .keys.map(({ digit }) => digit) ?? [],
  );
  const known = DIGITS.filter((digit) => keys.includes(digit));
  return known.length > 0 ? known : DIGITS;
}

/** Answers that the flow's own applets tell apart. */
function answersFor(set: FlowSet): readonly object[] {
  const probes = nodesOf(set).flatMap((node) => appletFor(node).probes?.(node.settings) ?? []);
  const found = probes.flatMap((probe): object[] => {
    if (probe.type === 'case.answered') return [{ json: { select: probe.value } }];
    if (probe.type === 'fetch.answered') return [{ status: probe.status, body: probe.body, type: probe.contentType }];
    return [];
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

const nodesOf = (set: FlowSet) => [...set.flows.values()].flatMap(({ nodes }) => [...nodes.values()]);

/** The steps of a caller, as a scenario writes them. */
export const stepsOf = ({ moves, last }: Caller): readonly Move[] => (last === 'hangs up' ? [...moves, 'hang up'] : moves);

/** The one rule by which servers answer, as a scenario writes it. */
export const ruleFor = ({ http }: Caller): object =>
  http.length === 1 ? { url: '*', method: '*', ...http[0] } : { url: '*', method: '*', 'in order': http };

/** What a caller does, in a line. */
export function sayCaller({ moves, last }: Caller): string {
  const said = moves.map((move) => {
    if (move === 'hang up') return move;
    if ('press' in move) return move.press;
    return 'wait' in move ? `wait ${move.wait}` : `${[...move['keep pressing']].join(' ')}, over and over`;
  });
  const over = moves.some((move) => typeof move === 'object' && 'keep pressing' in move);
  const end = {
    'stays silent': over ? [] : [moves.length > 0 ? 'then silence' : 'silence'],
    'hangs up': ['hang up'],
    'keeps pressing': ['any key'],
  }[last];
  return [...said, ...end].join(', ');
}
