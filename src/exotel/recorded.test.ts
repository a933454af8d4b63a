import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { callList } from './call-list.ts';
import { callResource } from './call-resource.ts';
import { CUSTOMER, callRecord, leg, seconds, spokenCall } from './fixtures/call-record.ts';
import { noMatchingResults, refusedByNdnc } from './rest-exception.ts';
import { writeResource } from './write-resource.ts';

/*
 * What Exotel was seen to send, as reference/exotel.md quotes or describes it, against what is sent here: names, their places
 * and the types of values are the vendor's. Numbers that its samples blank out, account and CallSids are ours.
 */

const view = { account: 'your_sid', now: seconds(600), lateBy: ms(120_000), details: false, as: 'fetched' } as const;

describe('POST Calls/connect.json (section 2.2, the sample of the API reference)', () => {
  const sample = `{
    "Call": {
      "Sid": "80bfbec2d78bbbf10fb851f4fa165211",
      "ParentCallSid": null,
      "DateCreated": "2017-03-03 12:30:24",
      "DateUpdated": "2017-03-03 12:30:27",
      "AccountSid": "your_sid",
      "To": "09123456789",
      "From": "09876543210",
      "PhoneNumberSid": "08047112233",
      "Status": "in-progress",
      "StartTime": "2017-03-03 12:30:27",
      "EndTime": null,
      "Duration": null,
      "Price": null,
      "Direction": "outbound-api",
      "AnsweredBy": null,
      "ForwardedFrom": null,
      "CallerName": null,
      "Uri": "/v1/Accounts/your_sid/Calls.json/80bfbec2d78bbbf10fb851f4fa165211",
      "RecordingUrl": null
    }
  }`;

  it('is answered by the same bytes but for white space', () => {
    const { body } = writeResource(callResource(callRecord(), { ...view, as: 'created' }), 'json');
    expect(body).toBe(JSON.stringify(JSON.parse(sample)));
  });

  it('is answered in XML by the same names in TwilioResponse, empty where JSON has null', () => {
    const { body } = writeResource(callResource(callRecord(), { ...view, as: 'created' }), 'xml');
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Call><Sid>80bfbec2d78bbbf10fb851f4fa165211</Sid><ParentCallSid/>' +
        '<DateCreated>2017-03-03 12:30:24</DateCreated><DateUpdated>2017-03-03 12:30:27</DateUpdated>' +
        '<AccountSid>your_sid</AccountSid><To>09123456789</To><From>09876543210</From>' +
        '<PhoneNumberSid>08047112233</PhoneNumberSid><Status>in-progress</Status><StartTime>2017-03-03 12:30:27</StartTime>' +
        '<EndTime/><Duration/><Price/><Direction>outbound-api</Direction><AnsweredBy/><ForwardedFrom/><CallerName/>' +
        '<Uri>/v1/Accounts/your_sid/Calls.json/80bfbec2d78bbbf10fb851f4fa165211</Uri><RecordingUrl/></Call></TwilioResponse>',
    );
  });
});

describe('GET Calls/{CallSid}.json (sections 2.2 and 2.3)', () => {
  const fetched = (record = callRecord()) => callResource(record, view)['Call'];

  it('has empty texts where the created call has null, and its own Uri', () => {
    expect(JSON.stringify(fetched())).toBe(
      JSON.stringify({
        Sid: '80bfbec2d78bbbf10fb851f4fa165211',
        ParentCallSid: '',
        DateCreated: '2017-03-03 12:30:24',
        DateUpdated: '2017-03-03 12:30:27',
        AccountSid: 'your_sid',
        To: '09123456789',
        From: '09876543210',
        PhoneNumberSid: '08047112233',
        Status: 'in-progress',
        StartTime: '2017-03-03 12:30:27',
        EndTime: '',
        Duration: '',
        Price: '',
        Direction: 'outbound-api',
        AnsweredBy: '',
        ForwardedFrom: '',
        CallerName: '',
        Uri: '/v1/Accounts/your_sid/Calls/80bfbec2d78bbbf10fb851f4fa165211',
        RecordingUrl: '',
      }),
    );
  });

  it('has duration and price as texts when it is over', () => {
    expect(fetched(spokenCall({ legs: [leg(1, CUSTOMER, { dialledAt: seconds(10) })] }))).toMatchObject({
      Status: 'completed',
      Duration: '17',
      Price: '1.500',
    });
  });

  it('has details as the API reference shows them', () => {
    const { Call } = callResource(spokenCall(), { ...view, details: true });
    expect(JSON.stringify((Call as { Details: unknown }).Details)).toBe(
      JSON.stringify({
        ConversationDuration: 8,
        Leg1Status: 'completed',
        Leg2Status: 'completed',
        Legs: [{ Leg: { Id: 1, OnCallDuration: 21 } }, { Leg: { Id: 2, OnCallDuration: 8 } }],
      }),
    );
    expect(writeResource(callResource(spokenCall(), { ...view, details: true }), 'xml').body).toContain(
      '<Details><ConversationDuration>8</ConversationDuration><Leg1Status>completed</Leg1Status><Leg2Status>completed</Leg2Status>' +
        '<Legs><Leg><Id>1</Id><OnCallDuration>21</OnCallDuration></Leg><Leg><Id>2</Id><OnCallDuration>8</OnCallDuration></Leg></Legs></Details>',
    );
  });
});

it('GET Calls.json has Metadata before Calls, and host-relative addresses (section 2.4)', () => {
  const page = { total: 1027, records: [spokenCall()], isFirst: true, isLast: false };
  const list = callList(page, { ...view, pageSize: 20, url: '/v1/Accounts/your_sid/Calls.json?PageSize=20' });
  expect(JSON.stringify(list)).toMatch(
    /^{"Metadata":{"Total":1027,"PageSize":20,"FirstPageUri":"\/v1\/Accounts\/your_sid\/Calls.json\?PageSize=20","PrevPageUri":"","NextPageUri":"\/v1\/Accounts\/your_sid\/Calls.json\?PageSize=20&After=\w{32}"},"Calls":\[{"Sid":"\w{32}",/,
  );
});

describe('a refusal (section 2.5)', () => {
  it('is a RestException in JSON', () => {
    expect(writeResource(noMatchingResults.resource, 'json').body).toBe(
      '{"RestException":{"Status":404,"Message":"No matching results"}}',
    );
  });

  it('is a RestException in TwilioResponse in XML', () => {
    expect(writeResource(refusedByNdnc('01234').resource, 'xml').body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><RestException><Status>403</Status>' +
        '<Message>Call to [01234] cannot be made because of TRAI NDNC regulations</Message></RestException></TwilioResponse>',
    );
  });
});
