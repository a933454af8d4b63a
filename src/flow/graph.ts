import { type AnyApplet, appletOf } from '../applets/index.ts';
import type { Exit } from '../core/applet.ts';
import type { NodeId } from '../core/ids.ts';
import type { Place } from '../core/problem.ts';
import { type Flow, type FlowNode, type Target, targetOf } from './model.ts';

export const appletFor = (node: FlowNode): AnyApplet => appletOf(node.kind);
export const exitsOf = (node: FlowNode): readonly Exit[] => appletFor(node).exits(node.settings);

/** Every exit and where it leads, fallbacks followed; without a target the call hangs up. */
export type Successor = { exit: string; target?: Target };

export function successors(node: FlowNode): readonly Successor[] {
  const exits = exitsOf(node);
  return exits.map(({ name }) => {
    const target = targetOf(node, exits, name);
    return target === undefined ? { exit: name } : { exit: name, target };
  });
}

/** The applets that some way leads to, the entrances included. */
export function reachable(flow: Flow, entrances: readonly NodeId[] = [flow.start]): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>();
  const open = [...entrances];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = flow.nodes.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    open.push(...successors(node).flatMap(({ target }) => (target === undefined ? [] : [target as NodeId])));
  }
  return seen;
}

/** The applets whose exits lead straight to each id. */
export function predecessors(flow: Flow): ReadonlyMap<string, readonly FlowNode[]> {
  const before = new Map<string, FlowNode[]>();
  for (const node of flow.nodes.values()) {
    for (const target of new Set(successors(node).map((one) => one.target))) {
      if (target === undefined) continue;
      const known = before.get(target);
      if (known) known.push(node);
      else before.set(target, [node]);
    }
  }
  return before;
}

/** The applets from which some way leads to one that fits, those that fit included. */
export function leadingTo(
  flow: Flow,
  before: ReadonlyMap<string, readonly FlowNode[]>,
  fits: (node: FlowNode) => boolean,
): ReadonlySet<FlowNode> {
  const seen = new Set<FlowNode>();
  const open = [...flow.nodes.values()].filter(fits);
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...(before.get(node.id) ?? []));
  }
  return seen;
}

/** The place of a settings path, or of the nearest part around it that has one. */
export function placeIn(node: FlowNode, path: string): Place {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const place = node.places[at];
    if (place) return place;
  }
  return node.at;
}
