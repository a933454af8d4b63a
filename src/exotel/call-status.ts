import type { CallStatus } from '../core/call-record.ts';
import type { CallFacts, EndReason } from '../core/event.ts';
import type { Leg } from '../core/stage.ts';
import { shownAgent } from './legs.ts';

/**
 * What a call between two numbers is called in the end when the second phone was not answered: as that phone is (the
 * default), or `completed`, as Exotel calls missed incoming calls. Which of them is true of outgoing calls is not known.
 */
export type MissedSecond = 'as-second-leg' | 'completed';

/** Status of a call that is over. */
export function finalStatus(
  { asked }: Pick<CallFacts, 'asked'>,
  why: EndReason,
  legs: readonly Leg[],
  missed: MissedSecond = 'as-second-leg',
): CallStatus {
  if (why.by === 'unanswered') return why.outcome;
  const second = asked === 'two-numbers' && missed === 'as-second-leg' ? shownAgent(legs) : undefined;
  return second !== undefined && second.answeredAt === undefined ? missedStatus(second) : 'completed';
}

/** A phone that was still ringing when the call ended was given up. */
function missedStatus({ state }: Leg): CallStatus {
  return state === 'busy' || state === 'no-answer' || state === 'failed' ? state : 'canceled';
}

/** Empty until a phone was answered or given up, as frappe/crm reads it. */
export function legStatus({ state }: Leg): CallStatus | '' {
  if (state === 'answered') return 'in-progress';
  return state === 'dialling' || state === 'ringing' ? '' : state;
}
