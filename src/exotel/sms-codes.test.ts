import { describe, expect, it } from 'vitest';
import { e164, ms } from '../core/ids.ts';
import { isFinal, type MessageRecord, type MessageStatus } from '../core/message-record.ts';
import { CODE_OF, movedTo, nameOfCode, SMS_CODES, wayTo } from './sms-codes.ts';

const QUEUED: MessageRecord = {
  sid: 'a',
  from: 'KAVERI',
  to: e164('+919876543210'),
  text: 'Hello',
  createdAt: ms(0),
  updatedAt: ms(0),
  status: 'queued',
  code: 21010,
  encoding: 'plain',
  units: 1,
  type: 'transactional',
  priority: 'normal',
};

/** Codes and statuses that a message goes through, a second each. */
function travelled(code: number) {
  let record = QUEUED;
  return wayTo(code).map((next, i) => {
    record = movedTo(record, next, ms(i * 1000));
    return [record.code, record.status, record.sentAt];
  });
}

describe('the way of a message', () => {
  it('goes over the operator to the handset', () => {
    expect(travelled(20005)).toEqual([
      [21010, 'queued', undefined],
      [21015, 'sending', undefined],
      [21020, 'submitted', 2000],
      [20005, 'sent', 2000],
    ]);
  });

  it('ends before the operator when the register stops it', () => {
    expect(travelled(CODE_OF.failed_dnd)).toEqual([
      [21010, 'queued', undefined],
      [21015, 'sending', undefined],
      [23005, 'failed_dnd', undefined],
    ]);
  });

  it('may fail at the operator', () => expect(travelled(23050).at(-1)).toEqual([23050, 'failed', 2000]));

  it('is told of one that went straight to the operator', () => {
    expect(movedTo(QUEUED, 20006, ms(7))).toMatchObject({ status: 'sent', sentAt: 7, updatedAt: 7 });
  });
});

describe('the codes', () => {
  it('have a status each, and each status a code', () => {
    for (const [status, code] of Object.entries(CODE_OF)) expect(SMS_CODES[code]?.status).toBe(status);
    expect(Object.keys(SMS_CODES)).toHaveLength(33);
  });

  it('have the names that the vendor lists', () => {
    expect([20005, 21020, 23184, 23281].map(nameOfCode)).toEqual([
      'DELIVERED_TO_HANDSET',
      'PENDING_ON_OPERATOR',
      'DLT_TEMPLATE_ID_BLACKLISTED',
      'DLT_ENTITY_NOT_FOUND',
    ]);
    expect(nameOfCode(99999)).toBe('FAILED_UNKNOWN_ERROR');
    expect(movedTo(QUEUED, 99999, ms(1)).status).toBe('failed');
  });

  it('are final for three statuses', () => {
    const all: readonly MessageStatus[] = ['queued', 'sending', 'submitted', 'sent', 'failed_dnd', 'failed'];
    expect(all.filter(isFinal)).toEqual(['sent', 'failed_dnd', 'failed']);
  });
});
