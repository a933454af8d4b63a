import type { Problem } from '../core/problem.ts';
import { appletFor, exitsOf, placeIn } from './graph.ts';
import type { Flow, FlowSet } from './model.ts';

/** Return names that a Subflow waits for, though the flow it runs never goes back by them. */
export function checkReturns(set: FlowSet, flow: Flow): readonly Problem[] {
  const known = new Map<string, ReadonlySet<string>>();
  const comesFrom = (root: string) => {
    const found = known.get(root) ?? returnsOf(set, root);
    known.set(root, found);
    return found;
  };
  return [...flow.nodes.values()].flatMap((node) => {
    const waits = exitsOf(node).flatMap(({ name }) => (name.startsWith('return:') ? [name] : []));
    const called = waits.length === 0 ? [] : (appletFor(node).flows?.(node.settings) ?? []);
    const roots = called.map((one) => set.links.get(flow.name)?.get(one.flow));
    if (roots.length === 0 || roots.some((name) => name === undefined)) return [];
    const comes = new Set(roots.flatMap((name) => [...comesFrom(name ?? '')]));
    return waits.flatMap((name): Problem[] => {
      if (comes.has(name)) return [];
      const says = `The flow ${called.map((one) => one.flow).join(', ')} never goes back by ${name}.`;
      const advice =
        comes.size > 0
          ? `It goes back by ${[...comes].join(', ')}.`
          : `Lead an exit of it to "${name}", or remove this <Return>.`;
      return [{ code: 'FLOW_UNKNOWN_RETURN', severity: 'warning', at: placeIn(node, `exit:${name}`), says, try: advice }];
    });
  });
}

/** Every `return` and `return:NAME` of a flow and of those it leads to. */
function returnsOf(set: FlowSet, root: string): ReadonlySet<string> {
  const [found, seen, open] = [new Set<string>(), new Set<string>(), [root]];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const flow = set.flows.get(name);
    if (!flow || seen.has(name)) continue;
    seen.add(name);
    for (const node of flow.nodes.values()) {
      for (const target of Object.values(node.wires)) if (/^return(:|$)/.test(target)) found.add(target);
    }
    open.push(...(set.links.get(name)?.values() ?? []));
  }
  return found;
}
