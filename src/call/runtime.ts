import { type AnyApplet, appletOf } from '../applets/index.ts';
import type { CallEvent } from '../core/event.ts';
import type { Flow, FlowNode, Target } from '../flow/model.ts';
import { targetOf } from '../flow/model.ts';
import { createMemo, type Memo } from './memo.ts';

/** An applet ready to run: its settings, its machine's memo, and the log events that never vary. */
export type Stand = {
  readonly node: FlowNode;
  readonly applet: AnyApplet;
  readonly settings: unknown;
  readonly memo: Memo;
  readonly entered: Extract<CallEvent, { type: 'applet.entered' }>;
  way(exit: string): Way;
};

/** What leaving by an exit means: the event that says so, and where it leads. */
export type Way = {
  readonly event: Extract<CallEvent, { type: 'applet.left' }>;
  readonly target: Target | undefined;
};

const remembered = new WeakMap<FlowNode, Stand>();
const plain = new WeakMap<FlowNode, Stand>();

/** The node of a flow as it stands in the file. `oracle`: without a memo, XState answers every question. */
export function standOf(flow: Flow, node: FlowNode, oracle = false): Stand {
  const stands = oracle ? plain : remembered;
  let stand = stands.get(node);
  if (!stand) {
    stand = makeStand(flow, node, node.settings, oracle);
    stands.set(node, stand);
  }
  return stand;
}

const MOST_DYNAMIC = 256;
const dynamic = new Map<string, Stand>();

/** The node with the settings that a server's answer gave it. The latest few are kept, by what they say. */
export function standWith(flow: Flow, node: FlowNode, settings: unknown, oracle = false): Stand {
  if (oracle) return makeStand(flow, node, settings, true);
  const name = JSON.stringify([flow.file, flow.name, node.id, node.wires, node.kind, settings]);
  const known = dynamic.get(name);
  if (known) dynamic.delete(name);
  const stand = known ?? makeStand(flow, node, settings);
  dynamic.set(name, stand);
  for (const oldest of dynamic.keys()) {
    if (dynamic.size <= MOST_DYNAMIC) break;
    dynamic.delete(oldest);
  }
  return stand;
}

function makeStand(flow: Flow, node: FlowNode, settings: unknown, oracle = false): Stand {
  const applet = appletOf(node.kind);
  const exits = applet.exits(settings);
  const ways = new Map<string, Way>();
  return {
    node,
    applet,
    settings,
    memo: createMemo(applet.machine(settings), `${applet.element} "${node.id}"`, oracle ? 0 : undefined),
    entered: { type: 'applet.entered', flow: flow.name, node: node.id },
    way(exit) {
      let way = ways.get(exit);
      if (!way) {
        const event = { type: 'applet.left', flow: flow.name, node: node.id, exit } as const;
        way = { event, target: targetOf(node, exits, exit) };
        ways.set(exit, way);
      }
      return way;
    },
  };
}
