import { isStimulus } from '../../call/moments.ts';
import type { Logged } from '../../core/event.ts';
import type { NodeId } from '../../core/ids.ts';

/** The applet to which an event led at once, if it led to one. */
export function ledTo(log: readonly Logged[], seq: number): NodeId | undefined {
  for (let i = seq; i < log.length; i++) {
    const e = log[i]?.e;
    if (!e || isStimulus(e)) return undefined;
    if (e.type === 'applet.entered') return e.node;
  }
  return undefined;
}

/** The event with which a web request got its answer, or none. */
export function answerSeq(log: readonly Logged[], from: number, id: number): number | undefined {
  for (let i = from; i < log.length; i++) {
    const e = log[i]?.e;
    if (e?.type !== 'input') continue;
    const { input } = e;
    if ((input.type === 'fetch.answered' || input.type === 'fetch.failed') && input.id === id) return i + 1;
  }
  return undefined;
}
