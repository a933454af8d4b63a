import { describe, expect, it } from 'vitest';
import { e164, ms } from '../core/ids.ts';
import type { MessageRecord } from '../core/message-record.ts';
import { movedTo } from './sms-codes.ts';
import { bulkSmsResource, smsResource } from './sms-resource.ts';

const BY = { account: 'kaveri1', exophone: '+911133001122', sender: 'KAVERI' };
/** 12:00 in India on 22 November 2026. */
const NOON = Date.UTC(2026, 10, 22, 6, 30);
const QUEUED: MessageRecord = {
  sid: '5cbf7eb1f3fdbd0b7b4e2f4fa5d21abm',
  from: '01133001122',
  to: e164('+919876543210'),
  text: 'Your code is 1234',
  createdAt: ms(NOON),
  updatedAt: ms(NOON),
  status: 'queued',
  code: 21010,
  encoding: 'plain',
  units: 1,
  type: 'transactional',
  priority: 'normal',
};

describe('an SMS as the API answers it', () => {
  it('has the documented fields in their order, empty where nothing is known yet', () => {
    expect(JSON.stringify(smsResource(QUEUED, BY), null, 1)).toBe(
      JSON.stringify(
        {
          SMSMessage: {
            Sid: '5cbf7eb1f3fdbd0b7b4e2f4fa5d21abm',
            AccountSid: 'kaveri1',
            From: '01133001122/KAVERI',
            To: '09876543210',
            DateCreated: '2026-11-22 12:00:00',
            DateUpdated: '2026-11-22 12:00:00',
            DateSent: null,
            Body: 'Your code is 1234',
            Direction: 'outbound-api',
            Uri: '/v1/Accounts/kaveri1/SMS/Messages/5cbf7eb1f3fdbd0b7b4e2f4fa5d21abm.json',
            ApiVersion: null,
            Price: null,
            Status: 'queued',
            DetailedStatusCode: 21010,
            DetailedStatus: 'PENDING_TO_OPERATOR',
            SmsUnits: null,
          },
        },
        null,
        1,
      ),
    );
  });

  it('tells when it was sent, and its units', () => {
    expect(smsResource(movedTo({ ...QUEUED, units: 2 }, 20005, ms(NOON + 5000)), BY)).toMatchObject({
      SMSMessage: {
        Status: 'sent',
        DetailedStatus: 'DELIVERED_TO_HANDSET',
        DateSent: '2026-11-22 12:00:05',
        DateUpdated: '2026-11-22 12:00:05',
        DateCreated: '2026-11-22 12:00:00',
        SmsUnits: 2,
      },
    });
  });

  it('shows the number beside the sender, whichever was given', () => {
    expect(smsResource({ ...QUEUED, from: 'KVROTP' }, BY)).toMatchObject({ SMSMessage: { From: '01133001122/KVROTP' } });
    expect(smsResource({ ...QUEUED, from: '+912240000001' }, BY)).toMatchObject({ SMSMessage: { From: '02240000001/KAVERI' } });
  });

  it('is one of a list when many were asked for', () => {
    const many = bulkSmsResource([QUEUED, { ...QUEUED, sid: 'b' }], BY);
    expect(many).toMatchObject([{ SMSMessage: { Sid: QUEUED.sid } }, { SMSMessage: { Sid: 'b' } }]);
  });
});
