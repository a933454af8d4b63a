import type { NodeId } from '../core/ids.ts';
import type { Problem } from '../core/problem.ts';
import type { Lost } from './check-options.ts';
import { appletFor, exitsOf, placeIn, reachable } from './graph.ts';
import { type Flow, type FlowNode, targetOf } from './model.ts';

/** Exits that lead nowhere or are never taken, and applets that nothing leads to. */
export function checkWiring(flow: Flow, { lossy, entrances }: Lost): readonly Problem[] {
  const reached = reachable(flow, [flow.start, ...entrances]);
  return [...flow.nodes].flatMap(([key, node]) => [
    ...unwired(node),
    ...(lossy.has(key) ? [] : unused(node)),
    ...(reached.has(key) ? [] : [unreachable(node, flow.start)]),
  ]);
}

const nameOf = (node: FlowNode): string => `<${appletFor(node).element}> "${node.id}"`;

/** An exit that falls to another is silent: the other one is reported. */
function unwired(node: FlowNode): readonly Problem[] {
  const exits = exitsOf(node);
  const seen = new Set<string>();
  return exits.flatMap(({ name, fallsTo }): Problem[] => {
    const silent = fallsTo !== undefined || seen.has(name) || targetOf(node, exits, name) !== undefined;
    seen.add(name);
    if (silent) return [];
    const says = `${nameOf(node)}: the exit ${name} leads nowhere, so the call hangs up there.`;
    return [{ code: 'FLOW_UNWIRED_EXIT', severity: 'warning', at: exitPlace(node, name), says, try: howToWire(node, name) }];
  });
}

const exitPlace = (node: FlowNode, exit: string) => node.places[`exit:${exit}`] ?? node.at;

function howToWire(node: FlowNode, exit: string): string {
  const { xml } = appletFor(node);
  const means = xml.exits[exit];
  if (means !== undefined) return `Add ${exit}="…", the id of an applet. ${means}`;
  if (node.places[`exit:${exit}`]) return 'Add next="…", the id of an applet.';
  const children = Object.entries(xml.children ?? {}).flatMap(([name, child]) => (child.exit ? [`<${name} … next="…"/>`] : []));
  return `Add ${children.join(' or ')} for it.`;
}

/** Children that are never taken are the applet's own lint. */
function unused(node: FlowNode): readonly Problem[] {
  const { xml, element } = appletFor(node);
  const taken = new Set(exitsOf(node).map(({ name }) => name));
  return Object.keys(node.wires).flatMap((exit): Problem[] => {
    const means = xml.exits[exit];
    if (taken.has(exit) || means === undefined) return [];
    const says = `${nameOf(node)} never leaves by ${exit}, as it is set.`;
    const advice = `Remove ${exit}="…", or change the <${element}>. ${exit}: ${means}`;
    return [{ code: 'FLOW_UNUSED_EXIT', severity: 'warning', at: placeIn(node, `exit:${exit}`), says, try: advice }];
  });
}

function unreachable(node: FlowNode, start: NodeId): Problem {
  const says = `No way leads from the start, "${start}", to ${nameOf(node)}.`;
  return { code: 'FLOW_UNREACHABLE', severity: 'warning', at: node.at, says, try: 'Lead an exit to it, or remove it.' };
}
