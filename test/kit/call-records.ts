import type { CallRecord } from '../../src/core/call-record.ts';
import { callId, e164, ms } from '../../src/core/ids.ts';
import type { MessageRecord } from '../../src/core/message-record.ts';
import type { PostRecord } from '../../src/core/post-record.ts';

export const sidOf = (n: number) => callId(`5f0c1d2e3a4b5c6d7e8f9a0b1c${String(n).padStart(4, '0')}co`);

/** The nth call, of the nth second. */
export function callRecord(n: number, more: Partial<CallRecord> & { direction?: 'inbound' | 'outbound' } = {}): CallRecord {
  const { direction = 'outbound', ...rest } = more;
  const [sid, at, customer, exophone] = [sidOf(n), ms(n * 1000), e164('+919876543210'), e164('+918047112399')];
  return {
    sid,
    facts: {
      call: sid,
      direction,
      customer,
      exophone,
      asked: 'flow',
      class: 'SI',
      flow: 'reminder',
      file: 'flow.xml',
      contact: { name: 'आशा' },
      variables: {},
      ringFor: ms(30_000),
      timeLimit: ms(14_400_000),
      seed: 1,
    },
    from: customer,
    to: exophone,
    status: 'in-progress',
    createdAt: at,
    updatedAt: at,
    legs: [{ leg: 1, number: customer, state: 'ringing', dialledAt: at }],
    recorded: false,
    ...rest,
  };
}

export const messageRecord = (sid: string, more: Partial<MessageRecord> = {}): MessageRecord => ({
  sid,
  from: 'CLINIC',
  to: e164('+919876543210'),
  text: 'नमस्ते',
  createdAt: ms(1000),
  updatedAt: ms(1000),
  status: 'queued',
  code: 21010,
  encoding: 'unicode',
  units: 1,
  type: 'transactional',
  priority: 'normal',
  ...more,
});

export const postRecord = (id: string, more: Partial<PostRecord> = {}): PostRecord => ({
  id,
  what: 'callback',
  url: 'https://clinic.example/status',
  contentType: 'application/json',
  body: '{"Status":"completed"}',
  call: sidOf(1),
  at: ms(1000),
  state: 'waiting',
  attempts: [],
  ...more,
});
