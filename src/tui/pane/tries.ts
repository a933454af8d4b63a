import { triesOf } from '../../call/next.ts';
import { type Stand, standOf } from '../../call/runtime.ts';
import { TIME_LIMIT } from '../../call/turn.ts';
import type { CallEvent, Logged } from '../../core/event.ts';
import type { NodeId } from '../../core/ids.ts';
import type { Shown } from '../phone-state.ts';

const isPlay = (e: CallEvent | undefined): boolean => e?.type === 'command' && e.command.type === 'play';

/** Did a try of the caller come to nothing here, so that they are asked again? */
function fails(e: CallEvent, next: CallEvent | undefined): boolean {
  if (e.type === 'key') return e.was === 'not-offered' || (e.was === 'finish' && isPlay(next));
  if (e.type === 'timer.fired') return e.timer !== TIME_LIMIT && isPlay(next);
  return e.type === 'input' && e.input.type === 'keys.judged' && !e.input.accepted;
}

/** The try of an applet that begins with a prompt: of which flow and applet, and which it is, from 1. Undefined for other prompts. */
export function tryBegun(log: readonly Logged[], seq: number): { flow: string; node: NodeId; nth: number } | undefined {
  let nth = 1;
  for (let i = seq - 2; i >= 0; i--) {
    const e = log[i]?.e;
    if (!e) return undefined;
    if (e.type === 'applet.entered') return { flow: e.flow, node: e.node, nth };
    if (fails(e, log[i + 1]?.e)) nth++;
    else if (isPlay(e) && nth === 1) return undefined;
  }
  return undefined;
}

const counted = new WeakMap<Stand, number>();

function ofHowMany(stand: Stand): number {
  if (!stand.applet.offers) return 0;
  let known = counted.get(stand);
  if (known === undefined) {
    known = triesOf(stand);
    counted.set(stand, known);
  }
  return known;
}

/** `2/3` at the prompt that begins the second of three tries; empty where the caller has one, or it is not known how many. */
export function tellTry({ branch, state, log }: Pick<Shown, 'branch' | 'state' | 'log'>, seq: number): string {
  const begun = tryBegun(log, seq);
  if (!begun) return '';
  const flow = branch.phone.flows.flows.get(begun.flow);
  const node = flow?.nodes.get(begun.node);
  const stand = state.stand?.node === node ? state.stand : flow && node && standOf(flow, node);
  const of = stand ? ofHowMany(stand) : 0;
  return of > 1 && begun.nth <= of ? `${begun.nth}/${of}` : '';
}
