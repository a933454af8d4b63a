import { describe, expect, it } from 'vitest';
import { e164, ms } from '../core/ids.ts';
import type { MessageRecord } from '../core/message-record.ts';
import { encodeSmsCallback, smsCallback } from './sms-callback.ts';
import { movedTo } from './sms-codes.ts';

const SENDING: MessageRecord = {
  sid: '5cbf7eb1f3fdbd0b7b4e2f4fa5d21abm',
  from: 'KAVERI',
  to: e164('+919876543210'),
  text: 'Hello',
  createdAt: ms(0),
  updatedAt: ms(0),
  status: 'sending',
  code: 21015,
  encoding: 'plain',
  units: 1,
  type: 'promotional',
  priority: 'normal',
};
const SENT = movedTo({ ...SENDING, customField: 'order 7 & 8' }, 20005, ms(Date.UTC(2026, 10, 22, 6, 30)));

describe('the callback of an SMS', () => {
  it('comes at the end, and not before', () => {
    expect(smsCallback(SENDING)).toBeUndefined();
    expect(smsCallback(SENT)).toEqual([
      ['SmsSid', '5cbf7eb1f3fdbd0b7b4e2f4fa5d21abm'],
      ['To', '09876543210'],
      ['Status', 'sent'],
      ['SmsUnits', '1'],
      ['DetailedStatus', 'DELIVERED_TO_HANDSET'],
      ['DetailedStatusCode', '20005'],
      ['DateSent', '2026-11-22 12:00:00'],
      ['CustomField', 'order 7 & 8'],
    ]);
  });

  it('says that the register stopped it, that it was never sent, and nothing that was not given', () => {
    const fields = Object.fromEntries(smsCallback(movedTo(SENDING, 23005, ms(1))) ?? []);
    expect(fields).toMatchObject({ Status: 'failed_dnd', DetailedStatus: 'FAILED_REJECTED_DND', DateSent: '' });
    expect(fields).not.toHaveProperty('CustomField');
  });

  it('is form data that any server reads', async () => {
    const { contentType, body } = encodeSmsCallback(smsCallback(SENT) ?? []);
    expect(contentType).toBe('application/x-www-form-urlencoded');
    expect(body).toContain('&CustomField=order+7+%26+8');
    const read = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    expect([...read]).toEqual(smsCallback(SENT));
  });

  it('is JSON with numbers when that was asked for', () => {
    const { contentType, body } = encodeSmsCallback(smsCallback(SENT) ?? [], 'application/json');
    expect(contentType).toBe('application/json');
    expect(JSON.parse(body)).toMatchObject({ SmsSid: SENT.sid, SmsUnits: 1, DetailedStatusCode: 20005, To: '09876543210' });
  });
});
