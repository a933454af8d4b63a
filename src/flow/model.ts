import type { AppletKind, SettingsOf } from '../applets/index.ts';
import type { CallClass } from '../core/event.ts';
import type { Ms, NodeId } from '../core/ids.ts';
import type { Place } from '../core/problem.ts';

/** The outcomes of a call that nobody answered. */
export type Unreached = 'busy' | 'no-answer' | 'failed';

/** Text to send when the call was not answered. */
export type Unanswered = { on: readonly Unreached[]; sms: string; at: Place };

/**
 * Where an exit leads: the id of an applet in the same file, or `return` / `return:NAME`, which goes back to the Subflow
 * that called this flow.
 */
export type Target = NodeId | 'return' | `return:${string}`;

type NodeOf<Kind extends AppletKind> = {
  kind: Kind;
  id: NodeId;
  settings: SettingsOf<Kind>;
  /** Exit name to target; unwired exits are missing. */
  wires: Readonly<Record<string, Target>>;
  /** Reaching this applet is a desired action of this name. */
  goal?: string;
  at: Place;
  /** Places of its parts by settings path (`timeout`, `keys.0`, `keys.0.digit`) and of its wires (`exit:noInput`). */
  places: Readonly<Record<string, Place>>;
};

/** An applet as it stands in a flow. Derived from the list of applets. */
export type FlowNode = { [Kind in AppletKind]: NodeOf<Kind> }[AppletKind];

export type Flow = {
  name: string;
  file: string;
  start: NodeId;
  class: CallClass;
  language: string;
  timeLimit: Ms;
  unanswered?: Unanswered;
  nodes: ReadonlyMap<NodeId, FlowNode>;
  at: Place;
};

/** A flow and the flows that it reaches by Transfer and Subflow. */
export type FlowSet = {
  /** Name of the flow that the call starts in. */
  root: string;
  /** By name. */
  flows: ReadonlyMap<string, Flow>;
  /** `links.get(flow name)?.get(attribute as written)` is the name of the flow it leads to. */
  links: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Lengths of the recordings named in the files, by address as written. */
  audio: ReadonlyMap<string, Ms>;
};

/** The target of a node's exit, with fallbacks followed; undefined hangs up. */
export function targetOf(node: FlowNode, exits: readonly { name: string; fallsTo?: string }[], name: string): Target | undefined {
  let at: string | undefined = name;
  for (let steps = 0; at !== undefined && steps <= exits.length; steps++) {
    const target: Target | undefined = node.wires[at];
    if (target !== undefined) return target;
    at = exits.find((exit) => exit.name === at)?.fallsTo;
  }
  return undefined;
}
