import { viewOf } from '../call/fold.ts';
import { momentsOf } from '../call/moments.ts';
import { replay } from '../call/replay.ts';
import type { CallState } from '../call/state.ts';
import type { CallView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import type { CallbackMemo } from './callback-memo.ts';
import type { Branch, PhoneState, Shown } from './phone-state.ts';
import type { PhoneCall, PhoneSession } from './session.ts';

type Past = { log: readonly Logged[]; state: CallState; view: CallView };

/** A moment of the past is made once, and looked at many times. */
const remembered = new WeakMap<PhoneCall, { count: number; flows: FlowSet; past: Past }>();

function pastOf(phone: PhoneCall, count: number): Past {
  const { flows } = phone;
  const known = remembered.get(phone);
  if (known?.count === count && known.flows === flows) return known.past;
  const log = phone.call.log.slice(0, count);
  const result = replay({ flows, dialect: exotelDialect }, log);
  if (!result.same) throw new BrokenInvariant(`Event ${result.difference.index + 1} of the call does not come again.`);
  const past = { log, state: result.state, view: viewOf(log) };
  remembered.set(phone, { count, flows, past });
  return past;
}

/** What there is to see of a branch. */
export function shownOf(branch: Branch): Shown {
  const { phone, past } = branch;
  const { call, clock } = phone;
  const { facts } = call;
  if (past === undefined)
    return { branch, facts, log: call.log, state: call.state, view: branch.view, now: clock.now(), past: undefined };
  const { log, state, view } = pastOf(phone, past);
  const moments = momentsOf(call.log);
  const nth = moments.findLastIndex((count) => count <= past) + 1;
  const now = log.at(-1)?.at ?? clock.now();
  return { branch, facts, log, state, view, now, past: { nth, of: moments.length } };
}

/** The moment so many steps away from what is shown; undefined is the present. */
export function momentFrom({ phone, past }: Branch, steps: number): number | undefined {
  const moments = momentsOf(phone.call.log);
  const last = moments.length - 1;
  const here = past === undefined ? last : moments.findLastIndex((count) => count <= past);
  const there = Math.max(0, here + steps);
  return there >= last ? undefined : moments[there];
}

/** The state with everything that follows from the branch that is shown. */
export function withShown(state: PhoneState, callbacks: CallbackMemo): PhoneState {
  const branch = state.branches[state.current];
  if (!branch) return { ...state, paused: false };
  const paused = branch.past === undefined && branch.view.endedAt === undefined && branch.phone.clock.paused();
  return { ...state, at: { page: 'call', shown: shownOf(branch) }, callbacks: callbacks.of(branch), paused };
}

/** What the store knows of the number, or why it cannot be asked. */
export const listedOf = async (session: PhoneSession): Promise<PhoneState['listed']> => {
  try {
    return await session.listed();
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
};
