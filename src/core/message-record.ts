import type { CallId, E164, Ms } from './ids.ts';

/** In Exotel's words; the last three are final. */
export type MessageStatus = 'queued' | 'sending' | 'submitted' | 'sent' | 'failed_dnd' | 'failed';

export const isFinal = (status: MessageStatus): boolean => status === 'sent' || status === 'failed_dnd' || status === 'failed';

/** What is kept of an SMS, sent over the API or by a flow. */
export type MessageRecord = {
  sid: string;
  /** The ExoPhone or sender id, as it was given. */
  from: string;
  to: E164;
  text: string;
  createdAt: Ms;
  updatedAt: Ms;
  /** When the operator took it. */
  sentAt?: Ms;
  status: MessageStatus;
  /** The vendor's detailed code: 20005 is delivered to the handset. */
  code: number;
  encoding: 'plain' | 'unicode';
  /** Single messages that it is made of. */
  units: number;
  type: 'transactional' | 'transactional_opt_in' | 'promotional';
  priority: 'normal' | 'high';
  dltEntity?: string;
  dltTemplate?: string;
  customField?: string;
  /** The call whose flow sent it. */
  call?: CallId;
  /** Where its final status is posted. */
  callback?: { url: string; encoding: 'application/x-www-form-urlencoded' | 'application/json' };
};
