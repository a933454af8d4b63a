import type { Ms } from '../core/ids.ts';
import type { MessageRecord, MessageStatus } from '../core/message-record.ts';

const failed = (name: string) => ({ name, status: 'failed' }) as const;

/** Every detailed code that is known, with its name and the status it goes with. MESSAGES.md has the sources. */
export const SMS_CODES: Readonly<Record<number, { name: string; status: MessageStatus }>> = {
  20005: { name: 'DELIVERED_TO_HANDSET', status: 'sent' },
  20006: { name: 'DELIVERED_TO_OPERATOR', status: 'sent' },
  21010: { name: 'PENDING_TO_OPERATOR', status: 'queued' },
  21015: { name: 'SENDING_TO_OPERATOR', status: 'sending' },
  21020: { name: 'PENDING_ON_OPERATOR', status: 'submitted' },
  23005: { name: 'FAILED_REJECTED_DND', status: 'failed_dnd' },
  23010: failed('FAILED_INVALID_DESTINATION_NUMBER'),
  23015: failed('FAILED_SPAM_DETECTED'),
  23020: failed('FAILED_REJECTED_BLACKLIST'),
  23030: failed('FAILED_UNAVAILABLE_ROUTE'),
  23035: failed('FAILED_SUBSCRIBER_UNAVAILABLE'),
  23040: failed('FAILED_SUBSCRIBER_UNKNOWN'),
  23050: failed('FAILED_EXPIRED'),
  23060: failed('FAILED_REJECTED'),
  23070: failed('FAILED_INVALID_MESSAGE'),
  23072: failed('FAILED_INVALID_SENDER_ID'),
  23080: failed('SENDER_BLOCKED_BY_DLT'),
  23081: failed('ENTITY_BLOCKED_BY_DLT'),
  23082: failed('TEMPLATE_BLOCKED_BY_DLT'),
  23083: failed('FAILED_DLT_SCRUBBING_ERROR'),
  23084: failed('FAILED_DLT_CONSENT_ERROR'),
  23181: failed('DLT_TEMPLATE_ID_INVALID'),
  23182: failed('DLT_TEMPLATE_NOT_FOUND'),
  23183: failed('DLT_TEMPLATE_ID_INACTIVE'),
  23184: failed('DLT_TEMPLATE_ID_BLACKLISTED'),
  23185: failed('DLT_TEMPLATE_DOES_NOT_MATCH'),
  23186: failed('DLT_LENGTH_EXCEEDED'),
  23281: failed('DLT_ENTITY_NOT_FOUND'),
  24010: failed('FAILED_SYSTEM_ERROR'),
  24105: failed('FAILED_HANDSET_ERROR'),
  24110: failed('FAILED_OPERATOR_ERROR'),
  24120: failed('FAILED_SUBSCRIBER_ERROR'),
  24990: failed('FAILED_UNKNOWN_ERROR'),
};

/** The code that a status has on its way, and at its end unless another is known. */
export const CODE_OF = {
  queued: 21010,
  sending: 21015,
  submitted: 21020,
  sent: 20005,
  failed_dnd: 23005,
  failed: 24990,
} as const satisfies Record<MessageStatus, number>;

/** The vendor's name of a code; one that nobody knows is an unknown error. */
export const nameOfCode = (code: number): string => SMS_CODES[code]?.name ?? 'FAILED_UNKNOWN_ERROR';

/** The codes that a message goes through to a final one. What the register stops never gets to the operator. */
export const wayTo = (code: number): readonly number[] =>
  SMS_CODES[code]?.status === 'failed_dnd'
    ? [CODE_OF.queued, CODE_OF.sending, code]
    : [CODE_OF.queued, CODE_OF.sending, CODE_OF.submitted, code];

/** A message that has got to a code; the operator has it once it is submitted. */
export function movedTo(record: MessageRecord, code: number, at: Ms): MessageRecord {
  const status = SMS_CODES[code]?.status ?? 'failed';
  const taken = record.sentAt === undefined && (status === 'submitted' || status === 'sent');
  return { ...record, code, status, updatedAt: at, ...(taken && { sentAt: at }) };
}
