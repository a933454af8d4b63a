import type { CallRecord } from '../core/call-record.ts';
import type { Leg } from '../core/stage.ts';
import { legStatus } from './call-status.ts';
import { type CallView, isSettled } from './call-view.ts';
import { conversationSeconds, onCallSeconds, shownAgent } from './legs.ts';
import type { Resource } from './resource.ts';

/** What `details=true` adds to a call: https://developer.exotel.com/api/call-details. */
export function callDetails(record: CallRecord, view: CallView): Resource {
  const { legs, facts } = record;
  const [first, second] = [legs.find(({ leg }) => leg === 1), shownAgent(legs)];
  const settled = isSettled(record, view);
  const shown = [first, second].filter((leg) => leg !== undefined);
  return {
    ConversationDuration: settled ? conversationSeconds(facts, legs, record.endedAt) : null,
    Leg1Status: statusOf(first),
    Leg2Status: statusOf(second),
    Legs: shown.map((leg, i) => ({ Leg: { Id: i + 1, OnCallDuration: settled ? onCallSeconds(leg, record.endedAt) : null } })),
  };
}

/** Null for a phone that was never dialled, as captured. */
const statusOf = (leg: Leg | undefined): string | null => (leg === undefined ? null : legStatus(leg) || null);
