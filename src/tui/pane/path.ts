import type { KeyNow } from '../../call/next.ts';
import { standOf } from '../../call/runtime.ts';
import type { Logged } from '../../core/event.ts';
import { type NodeId, nodeId } from '../../core/ids.ts';
import type { Flow } from '../../flow/model.ts';
import type { Shown } from '../phone-state.ts';
import { BOLD, cutRow, DIM, type Row, row, type Span, span } from '../rows.ts';
import { placeOf } from '../words.ts';
import { digitsOf } from './keypad.ts';
import { tellTry } from './tries.ts';

/** An applet that the caller was in; it has no exit yet while they are. */
type Visit = { readonly flow: string; readonly node: string; exit?: string };
/** Visits in a row that came several times. */
type Round = { readonly visits: readonly Visit[]; readonly times: number };

/** More than a screen has rows. */
const MOST_ROUNDS = 100;
const LONGEST_ROUND = 4;
const LONGEST_CHAIN = 4;
/** So much of the way stays in view above what the keys lead to. */
const LEAST_WAY = 2;

type Way = { read: number; readonly visits: Visit[]; rounds: readonly Round[] };
const remembered = new WeakMap<readonly Logged[], Way>();

/** The applets of a call, in order. A log that has grown is read on where it was left. */
function wayOf(log: readonly Logged[]): readonly Round[] {
  const known: Way = remembered.get(log) ?? { read: 0, visits: [], rounds: [] };
  if (known.read === log.length) return known.rounds;
  for (; known.read < log.length; known.read++) {
    const e = log[known.read]?.e;
    if (e?.type === 'applet.entered') known.visits.push({ flow: e.flow, node: e.node });
    if (e?.type !== 'applet.left') continue;
    const visit = known.visits.findLast(({ node, flow, exit }) => node === e.node && flow === e.flow && exit === undefined);
    if (visit) visit.exit = e.exit;
  }
  known.rounds = roundsOf(known.visits);
  remembered.set(log, known);
  return known.rounds;
}

const same = (a: Visit | undefined, b: Visit | undefined): boolean =>
  a !== undefined && b !== undefined && a.node === b.node && a.flow === b.flow && a.exit === b.exit;

/** The longest round that ends there. */
function roundBefore(visits: readonly Visit[], end: number): Round {
  let best: Round = { visits: visits.slice(end - 1, end), times: 1 };
  for (let size = 1; size <= LONGEST_ROUND; size++) {
    let length = size;
    while (same(visits[end - length - 1], visits[end - length - 1 + size])) length++;
    const times = Math.floor(length / size);
    if (times > 1 && times * size > best.times * best.visits.length) best = { visits: visits.slice(end - size, end), times };
  }
  return best;
}

/** Folded from the end, so that the newest rounds are whole. */
function roundsOf(visits: readonly Visit[]): readonly Round[] {
  const rounds: Round[] = [];
  for (let end = visits.length; end > 0 && rounds.length < MOST_ROUNDS; ) {
    const round = roundBefore(visits, end);
    rounds.push(round);
    end -= round.visits.length * round.times;
  }
  return rounds.reverse();
}

/** `key:9` is `key 9`, `on:200` is `200`. */
const tellExit = (exit: string): string => exit.replace(/^key:/, 'key ').replace(/^on:/, '');

/** The way the caller went, newest last, and what the keys lead to from there. */
export function pathPane(shown: Shown, keys: readonly KeyNow[], width: number, height: number): readonly Row[] {
  const rounds = wayOf(shown.log);
  if (height < 1 || rounds.length === 0) return [];
  const leads = leadRows(keys, shown.state.flow, height - Math.min(rounds.length, LEAST_WAY));
  const way = rounds.slice(-Math.max(1, height - leads.length)).map((round) => roundRow(round, shown));
  return [...way, ...leads].slice(0, height).map((spans) => cutRow(spans, width));
}

function roundRow({ visits, times }: Round, shown: Shown): Row {
  const root = shown.facts.flow;
  const last = visits.at(-1);
  const here = last !== undefined && last.exit === undefined && shown.state.stand?.node.id === last.node;
  const first = visits[0]?.flow ?? root;
  const names = visits.map(({ node }) => (here ? node.toUpperCase() : node)).join(' > ');
  return [
    span(first === root ? '' : `${first} / `, DIM),
    span(names, here ? BOLD : undefined),
    span(times > 1 ? ` x${times}` : '', BOLD),
    span(last?.exit === undefined ? (here ? tryOf(shown, last.node) : '') : `  ${tellExit(last.exit)}`, DIM),
  ];
}

/** Which try of a menu it is, as its prompt says. */
function tryOf(shown: Shown, node: string): string {
  const said = shown.view.lines.findLast(({ type }) => type === 'said');
  const nth = said?.node === node ? tellTry(shown, said.seq) : '';
  return nth === '' ? '' : `  try ${nth}`;
}

function leadRows(keys: readonly KeyNow[], flow: Flow, height: number): Row[] {
  const groups = new Map<string, KeyNow[]>();
  for (const key of keys) if (key.lead) groups.set(placeOf(key.lead), [...(groups.get(placeOf(key.lead)) ?? []), key]);
  const rows = [...groups].map(([place, group]) => ({ place, group }));
  const kept = rows.length <= height ? rows : rows.slice(0, Math.max(0, height - 1));
  const left = rows.length - kept.length;
  const shown = kept.map(({ place, group }, i): Row => {
    const end = i === rows.length - 1 ? '└' : '├';
    const [only] = group;
    const click = group.length === 1 && only ? { press: only.digit } : undefined;
    const after = chainFrom(flow, place).map((id): Span => span(` ─ ${id}`, DIM));
    return [span(`${end} `, DIM), span(`${digitsOf(group)} `, BOLD, click), span(place, undefined, click), ...after];
  });
  return left > 0 && height > 0 ? [...shown, row(`└ … ${left} more`, DIM)] : shown;
}

/** The applets that follow by themselves: each left by `next`, until keys count. */
function chainFrom(flow: Flow, place: string): string[] {
  const chain: string[] = [];
  let node = flow.nodes.get(nodeId(place));
  while (node && chain.length < LONGEST_CHAIN && !standOf(flow, node).applet.takesKeys) {
    node = flow.nodes.get(node.wires['next'] as NodeId);
    if (!node || chain.includes(node.id)) break;
    chain.push(node.id);
  }
  return chain;
}
