import type { CallFacts, Logged } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import type { Leg } from '../core/stage.ts';
import { secondsBetween } from './times.ts';

const OVER: Partial<Record<LegState, true>> = { completed: true, busy: true, 'no-answer': true, failed: true, canceled: true };

/** The phones of a call as a log tells of them, by leg. The customer of an incoming call is there without being dialled. */
export function legsOf(log: readonly Logged[]): readonly Leg[] {
  const legs = new Map<number, Leg>();
  for (const logged of log) note(legs, logged);
  return [...legs.values()].sort((a, b) => a.leg - b.leg);
}

function note(legs: Map<number, Leg>, { at, e }: Logged): void {
  if (e.type === 'started' && e.facts.direction === 'inbound') legs.set(1, incoming(e.facts, at));
  else if (e.type === 'command') noteCommand(legs, at, e.command);
  else if (e.type === 'input' && e.input.type === 'leg.changed') change(legs, e.input.leg, e.input.to, at, e.input.by);
  else if (e.type === 'input' && e.input.type === 'caller.hungUp') finish(legs, 1, at);
  else if (e.type === 'ended') for (const leg of legs.keys()) finish(legs, leg, at);
}

function noteCommand(legs: Map<number, Leg>, at: Ms, command: { type: string; leg?: number; number?: string }): void {
  const { type, leg, number } = command;
  if (type === 'dial' && leg !== undefined) legs.set(leg, { leg, number: number ?? '', state: 'dialling', dialledAt: at });
  if (type === 'hangUpLeg' && leg !== undefined) finish(legs, leg, at);
}

const incoming = (facts: CallFacts, at: Ms): Leg => ({ leg: 1, number: facts.customer, state: 'ringing', dialledAt: at });

function finish(legs: Map<number, Leg>, leg: number, at: Ms): void {
  const known = legs.get(leg);
  if (known !== undefined) legs.set(leg, finished(known, at));
}

/** We hung up, or the call is over: who spoke has completed, who was still ringing was given up. */
export const finished = (leg: Leg, at: Ms): Leg =>
  leg.endedAt === undefined ? { ...leg, state: leg.answeredAt === undefined ? 'canceled' : 'completed', endedAt: at } : leg;

function change(legs: Map<number, Leg>, leg: number, to: LegState, at: Ms, by?: 'machine'): void {
  const known = legs.get(leg);
  if (known === undefined || known.endedAt !== undefined) return;
  const answered = to === 'answered' ? { answeredAt: at, ...(by && { by }) } : {};
  const ended = OVER[to] ? { endedAt: at } : {};
  legs.set(leg, { ...known, state: to, ...answered, ...ended });
}

/** Seconds from the answer to the end, or to `now`; 0 for a phone that was not answered. */
export const onCallSeconds = (leg: Leg | undefined, now: Ms): number =>
  leg?.answeredAt === undefined ? 0 : secondsBetween(leg.answeredAt, leg.endedAt ?? now);

/** Seconds that both ends were on the call. In a call to a flow the other end is the flow, there all the time. */
export function conversationSeconds({ asked }: Pick<CallFacts, 'asked'>, legs: readonly Leg[], now: Ms): number {
  const customer = onCallSeconds(
    legs.find(({ leg }) => leg === 1),
    now,
  );
  return asked === 'flow' ? customer : Math.min(customer, onCallSeconds(shownAgent(legs), now));
}

/** The agent that a call has to show: who answered, else who was dialled last. */
export function shownAgent(legs: readonly Leg[]): Leg | undefined {
  const agents = legs.filter(({ leg }) => leg > 1);
  return agents.findLast(({ answeredAt }) => answeredAt !== undefined) ?? agents.at(-1);
}
