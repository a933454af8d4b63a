import type { Problem } from '../core/problem.ts';
import { checkKeys } from './check-keys.ts';
import type { CheckOptions, Lost } from './check-options.ts';
import { checkReturns } from './check-returns.ts';
import { checkVariables } from './check-variables.ts';
import { checkWiring } from './check-wiring.ts';
import { appletFor, placeIn } from './graph.ts';
import type { Flow, FlowSet } from './model.ts';
import { shorten, sortProblems } from './report.ts';

const NOTHING_LOST: Lost = { lossy: new Set(), entrances: [] };

/** What is suspicious or cannot work in flows that read well, by position. */
export function checkFlow(set: FlowSet, options: CheckOptions = {}): readonly Problem[] {
  const problems = [...set.flows.values()].flatMap((flow) => {
    const lost = options.lost?.get(flow.name) ?? NOTHING_LOST;
    return [
      ...checkWiring(flow, lost),
      ...checkKeys(flow, lost),
      ...checkVariables(set, flow, options),
      ...checkReturns(set, flow),
      ...lintApplets(flow, lost),
    ];
  });
  return shorten(sortProblems(problems));
}

/** What the applets themselves find in their settings. */
function lintApplets(flow: Flow, { lossy }: Lost): readonly Problem[] {
  return [...flow.nodes].flatMap(([key, node]) => {
    if (lossy.has(key)) return [];
    const found = appletFor(node).lint?.(node.settings) ?? [];
    return found.map(({ path, ...problem }) => ({ ...problem, at: placeIn(node, path) }));
  });
}
