import { standOf } from '../call/runtime.ts';
import type { AppletCommand } from '../core/command.ts';
import type { NodeId } from '../core/ids.ts';
import type { Place } from '../core/problem.ts';
import { appletFor, exitsOf, placeIn } from '../flow/graph.ts';
import type { Flow, FlowNode } from '../flow/model.ts';

/**
 * What scenarios can cover of an applet: that the caller came there, that they left by an exit, what became of its own URL,
 * and that they hung up while it stood.
 */
export type PointKind = 'applet' | 'exit' | 'web' | 'hang-up';

export type Point = {
  kind: PointKind;
  applet: NodeId;
  /** Of an exit its name, of a web outcome `web:answered` and its like; of the others the kind again. */
  name: string;
  at: Place;
};

/** Everything there is to cover in a flow, applet by applet in the order of the file. */
export const pointsOf = (flow: Flow): readonly Point[] => [...flow.nodes.values()].flatMap((node) => pointsIn(flow, node));

function pointsIn(flow: Flow, node: FlowNode): readonly Point[] {
  const exits = new Set(exitsOf(node).flatMap(({ name, never }) => (never ? [] : [name])));
  const point = (kind: PointKind, name: string, at: Place): Point => ({ kind, applet: node.id, name, at });
  return [
    point('applet', 'applet', node.at),
    ...[...exits].map((name) => point('exit', name, node.places[`exit:${name}`] ?? node.at)),
    ...webOutcomes(node).map(({ name, path }) => point('web', name, placeIn(node, path))),
    ...(takesTime(flow, node) ? [point('hang-up', 'hang-up', node.at)] : []),
  ];
}

/** What an applet's own URL may bring, and the attribute that each belongs to. Exits that a status leads to are exits. */
function webOutcomes(node: FlowNode): readonly { name: WebOutcome; path: string }[] {
  const urls = urlsOf(node);
  if (!urls) return [];
  return [
    { name: 'web:answered', path: 'url' },
    ...(urls.fallback ? ([{ name: 'web:fallback', path: 'fallbackUrl' }] as const) : []),
    { name: whenUnanswered(node), path: urls.fallback ? 'fallbackUrl' : 'url' },
  ];
}

/**
 * `answered`: the URL spelled the applet; `fallback`: the second URL did; `failed`: neither did, and the flow's own settings
 * stood in; `dropped`: neither did, and the call ended.
 */
export type WebOutcome = 'web:answered' | 'web:fallback' | 'web:failed' | 'web:dropped';

/** An applet that lets a URL spell its settings, in the words of its contract: it can read an answer, and it has a URL. */
export function urlsOf(node: FlowNode): { fallback: boolean } | undefined {
  const { url, fallbackUrl } = node.settings as { url?: string; fallbackUrl?: string };
  return appletFor(node).read !== undefined && url ? { fallback: Boolean(fallbackUrl) } : undefined;
}

export const whenUnanswered = (node: FlowNode): WebOutcome =>
  appletFor(node).read?.(undefined, node.settings) === undefined ? 'web:dropped' : 'web:failed';

/**
 * Does an applet that begins with this command keep the caller for a while? Answers of the call itself, of the store and of
 * the SMS gateway come at once; in a flow that is called the caller stands at its applets.
 */
const TAKES_TIME: Readonly<Record<AppletCommand['type'], boolean>> = {
  play: true,
  fetch: true,
  dialAgents: true,
  record: true,
  stop: false,
  key: false,
  forwardKey: false,
  swallowNext: false,
  clearKeys: false,
  judgeKeys: false,
  acceptKeys: false,
  save: false,
  become: false,
  keepAnswer: false,
  askCase: false,
  askHours: false,
  askVisits: false,
  sendSms: false,
  restart: false,
  dropAgents: false,
  optOut: false,
  goToFlow: false,
  callFlow: false,
  hangUp: false,
  leave: false,
};

/** Can the caller hang up here? Where an applet plays, waits, records, asks a server or lets people talk. */
function takesTime(flow: Flow, node: FlowNode): boolean {
  const { commands, set } = standOf(flow, node).memo.start();
  return set.length > 0 || commands.some((command) => TAKES_TIME[command.type] && !('async' in command && command.async));
}
