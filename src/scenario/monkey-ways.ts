import { standOf } from '../call/runtime.ts';
import type { Logged } from '../core/event.ts';
import { appletFor, successors } from '../flow/graph.ts';
import type { Flow, FlowNode, FlowSet, Target } from '../flow/model.ts';

/** An applet and the flow it stands in. */
export type Spot = { flow: Flow; node: FlowNode };

export function spotAt(set: FlowSet, flow: string, node: string): Spot | undefined {
  const found = set.flows.get(flow);
  const there = found?.nodes.get(node as never);
  return found && there && { flow: found, node: there };
}

/** Does entering it record an opt-out? */
export const recordsOptOut = ({ flow, node }: Spot): boolean =>
  standOf(flow, node)
    .memo.start()
    .commands.some(({ type }) => type === 'optOut');

/** The applets that follow by some exits, and those that other flows begin with; undefined where a way leads out. */
function following(set: FlowSet, { flow, node }: Spot, allowed: (exit: string) => boolean): readonly (Spot | undefined)[] {
  const linked = (appletFor(node).flows?.(node.settings) ?? []).map(({ flow: written }): Spot | undefined => {
    const other = set.flows.get(set.links.get(flow.name)?.get(written) ?? '');
    const start = other?.nodes.get(other.start);
    return other && start && { flow: other, node: start };
  });
  const targets = successors(node)
    .filter(({ exit }) => allowed(exit))
    .map(({ target }) => spotOf(flow, target));
  return [...linked, ...targets];
}

function spotOf(flow: Flow, target: Target | undefined): Spot | undefined {
  const node = target === undefined ? undefined : flow.nodes.get(target as never);
  return node && { flow, node };
}

/** Can an opt-out still be recorded from here on, without going back to `without`? */
export function leadsToOptOut(set: FlowSet, from: Spot, without: FlowNode): boolean {
  const seen = new Set<FlowNode>([without]);
  const open = [from];
  for (let spot = open.pop(); spot; spot = open.pop()) {
    if (seen.has(spot.node)) continue;
    seen.add(spot.node);
    if (recordsOptOut(spot)) return true;
    open.push(...following(set, spot, () => true).filter((next) => next !== undefined));
  }
  return false;
}

/**
 * Does any key lead out of a round of applets? Where the caller is asked, every offered key counts, and a typed number may
 * be any; what servers and people decide counts as it went in this call.
 */
export function keysLeadOut(set: FlowSet, log: readonly Logged[], round: readonly Spot[]): boolean {
  const went = waysTaken(log);
  const seen = new Set<FlowNode>();
  const open = [...round];
  for (let spot = open.pop(); spot; spot = open.pop()) {
    const { node } = spot;
    if (seen.has(node)) continue;
    seen.add(node);
    const nexts = following(set, spot, allowedIn(node, went.get(node.id)));
    if (nexts.length === 0 || nexts.includes(undefined)) return true;
    open.push(...nexts.filter((next) => next !== undefined));
  }
  return false;
}

type Way = { exits: Set<string>; free: boolean };

/** Exits taken from each applet; `free` where a variable or a count decided, which another call may have otherwise. */
function waysTaken(log: readonly Logged[]): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>();
  let here: Way = { exits: new Set(), free: false };
  for (const { e } of log) {
    if (e.type === 'applet.entered') {
      here = ways.get(e.node) ?? { exits: new Set(), free: false };
      ways.set(e.node, here);
    } else if (e.type === 'applet.left') ways.get(e.node)?.exits.add(e.exit);
    else if (e.type === 'input' && (e.input.type === 'case.answered' || e.input.type === 'visits.answered')) here.free = true;
  }
  return ways;
}

const SILENT = new Set(['noInput', 'invalid']);

function allowedIn(node: FlowNode, way: Way | undefined): (exit: string) => boolean {
  const applet = appletFor(node);
  const offers = applet.offers?.(node.settings);
  if (offers && !offers.anyKey) return (exit) => offers.keys.some((key) => key.exit === exit);
  if (applet.takesKeys) return (exit) => !SILENT.has(exit);
  if (!way || way.free) return () => true;
  return (exit) => way.exits.has(exit);
}
