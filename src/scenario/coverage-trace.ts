import { TIME_LIMIT } from '../call/turn.ts';
import type { CallEvent, Logged } from '../core/event.ts';
import type { NodeId } from '../core/ids.ts';
import type { CallInput } from '../core/input.ts';
import { appletFor } from '../flow/graph.ts';
import type { FlowNode, FlowSet } from '../flow/model.ts';
import { type PointKind, urlsOf, type WebOutcome, whenUnanswered } from './coverage-points.ts';

/** A point that a call touched; `flow` is the name of the flow within its set. */
export type Touch = { flow: string; applet: NodeId; kind: PointKind; name: string };

/** The applet that stands, and its own web requests that are open or were answered. */
type Here = { flow: string; node: FlowNode | undefined; id: NodeId; asked: Map<number, WebOutcome>; failed: boolean };

/** Everything that a call touched, in order; what it came by twice stands there twice. */
export function touchesOf(log: readonly Logged[], set: FlowSet): readonly Touch[] {
  const touches: Touch[] = [];
  let here: Here | undefined;
  let gone = false;
  const touch = (flow: string, applet: NodeId, kind: PointKind, name: string) => touches.push({ flow, applet, kind, name });

  for (const [i, { e }] of log.entries()) {
    if (e.type === 'applet.entered') {
      const node = set.flows.get(e.flow)?.nodes.get(e.node);
      here = { flow: e.flow, node, id: e.node, asked: new Map(), failed: false };
      touch(e.flow, e.node, 'applet', 'applet');
    } else if (e.type === 'applet.left') {
      // What an applet still finishes when the caller has gone leads nowhere.
      if (!gone) touch(e.flow, e.node, 'exit', e.exit);
    } else if (e.type === 'ended') {
      if (e.why.by === 'caller' && here) touch(here.flow, here.id, 'hang-up', 'hang-up');
      break;
    } else if (here) {
      noteRequest(here, e);
      const outcome = e.type === 'input' ? outcomeOf(here, e.input, log[i + 1]?.e) : undefined;
      if (outcome) touch(here.flow, here.id, 'web', outcome);
    }
    gone ||= isLast(e);
  }
  return touches;
}

/** The caller has hung up, or the time limit cuts the call off: nothing new begins. */
const isLast = (e: CallEvent): boolean =>
  e.type === 'timer.fired'
    ? e.timer === TIME_LIMIT
    : e.type === 'input' &&
      (e.input.type === 'caller.hungUp' || (e.input.type === 'leg.changed' && e.input.leg === 1 && e.input.to === 'completed'));

/** A request of the applet itself: after one that failed, it goes to the fallback. */
function noteRequest(here: Here, e: CallEvent): void {
  if (e.type !== 'command' || e.command.type !== 'fetch' || !here.node || !urlsOf(here.node)) return;
  here.asked.set(e.command.id, here.failed ? 'web:fallback' : 'web:answered');
}

/** What an answer brought, if that is decided by it: a HEAD is followed by its GET, a failure may be by the fallback. */
function outcomeOf(here: Here, input: CallInput, next: CallEvent | undefined): WebOutcome | undefined {
  if ((input.type !== 'fetch.answered' && input.type !== 'fetch.failed') || !here.node) return undefined;
  const asked = here.asked.get(input.id);
  if (!asked) return undefined;
  here.asked.delete(input.id);
  const asksOn = next?.type === 'command' && next.command.type === 'fetch';
  if (input.type === 'fetch.answered' && input.method === 'HEAD') return asksOn ? undefined : whenUnanswered(here.node);
  const read = input.type === 'fetch.answered' ? appletFor(here.node).read?.(input, here.node.settings) : undefined;
  here.failed = read === undefined;
  if (read !== undefined) return asked;
  return asksOn ? undefined : whenUnanswered(here.node);
}
