import { describe, expect, it } from 'vitest';
import { fieldsOf, parseForm } from './fields.ts';
import { readBulkSms, readSms } from './sms-send.ts';

const MINIMAL = 'From=01133001122&To=09876543210&Body=Your+code+is+1234';
const send = (form: string, senders?: readonly string[]) => readSms(fieldsOf(parseForm(form)), 'IN', senders);
const bulk = (form: string) => readBulkSms(fieldsOf(parseForm(form)), 'IN');
const why = (form: string) => {
  const read = send(form);
  return read.ok ? 'fine' : `${read.status} ${read.says} (${read.because})`;
};

describe('a request to send an SMS', () => {
  it('needs a sender, a number and a text', () => {
    expect(send(MINIMAL)).toEqual({
      ok: true,
      several: false,
      requests: [
        {
          from: '+911133001122',
          to: '+919876543210',
          text: 'Your code is 1234',
          encoding: 'plain',
          units: 1,
          type: 'transactional',
          priority: 'normal',
        },
      ],
    });
  });

  it('may have everything else that Exotel knows', () => {
    const more =
      '&EncodingType=unicode&Priority=high&SmsType=promotional&DltEntityId=110&DltTemplateId=1107&CustomField=order+7' +
      '&StatusCallback=https://app.example/sms&StatusCallbackContentType=application/json&ShortenUrl=true';
    expect(send(MINIMAL + more)).toMatchObject({
      requests: [
        {
          encoding: 'unicode',
          priority: 'high',
          type: 'promotional',
          dltEntity: '110',
          dltTemplate: '1107',
          customField: 'order 7',
          callback: { url: 'https://app.example/sms', encoding: 'application/json' },
        },
      ],
    });
  });

  it('finds out itself that a text is unicode, and has its callback as form data', () => {
    expect(send('From=KAVERI&To=9876543210&Body=%E0%A4%A8&StatusCallback=http://localhost:3000/')).toMatchObject({
      requests: [{ encoding: 'unicode', callback: { encoding: 'application/x-www-form-urlencoded' } }],
    });
  });

  it.each(['To[0]=9876543210&To[1]=9812345678', 'To[]=9876543210&To[]=9812345678', 'To=9876543210&To=9812345678'])(
    'may name several numbers: %s',
    (to) => {
      const read = send(`From=KAVERI&Body=Hi&${to}`);
      expect(read).toMatchObject({ several: true, requests: [{ to: '+919876543210' }, { to: '+919812345678' }] });
    },
  );

  it.each([
    ['To=9876543210&Body=Hi', '400 Invalid Parameters (From is missing.)'],
    ['From=K&Body=Hi', '400 Invalid Parameters (To is missing.)'],
    ['From=K&To=9876543210', '400 Invalid Parameters (Body is empty.)'],
    ['From=K&To=9876543210&Body=+', '400 Invalid Parameters (Body is empty.)'],
    [
      'From=K&To=12345&Body=Hi',
      '400 Invalid Recipient [12345] (To is no phone number: an Indian number has 10 digits, this one 5.)',
    ],
    [`${MINIMAL}&StatusCallback=ftp://a`, '400 Invalid Parameters (StatusCallback is no address of http or https.)'],
    [`${MINIMAL}&StatusCallback=nowhere`, '400 Invalid Parameters (StatusCallback is no address of http or https.)'],
  ])('is refused with the words of Exotel, and with ours for the log: %s', (form, says) => expect(why(form)).toBe(says));

  it.each(['EncodingType=utf8', 'Priority=urgent', 'SmsType=promo', 'ShortenUrl=maybe', 'StatusCallbackContentType=text/xml'])(
    'is refused for a word that Exotel does not know: %s',
    (wrong) => expect(why(`${MINIMAL}&${wrong}`)).toMatch(/^400 Invalid Parameters \(\w+ cannot be "/),
  );

  it('holds 2000 characters and a hundred numbers', () => {
    const text = (length: number) => `From=K&To=9876543210&Body=${'x'.repeat(length)}`;
    expect([why(text(2000)), why(text(2001))]).toEqual(['fine', '400 Invalid Parameters (Body has more than 2000 characters.)']);
    const numbers = (count: number) =>
      `From=K&Body=Hi&${Array.from({ length: count }, (_, i) => `To[${i}]=${9_800_000_000 + i}`).join('&')}`;
    expect([why(numbers(100)), why(numbers(101))]).toEqual([
      'fine',
      '400 Invalid Parameters (There are 101 messages; Exotel takes 100 at once.)',
    ]);
  });

  it('comes from a sender of the account, spelled in any way', () => {
    const senders = ['+911133001122', 'KAVERI'];
    expect(send(MINIMAL, senders).ok).toBe(true);
    expect(send('From=kaveri&To=9876543210&Body=Hi', senders).ok).toBe(true);
    expect(send('From=OTHERS&To=9876543210&Body=Hi', senders)).toMatchObject({ ok: false, says: 'Invalid Parameters' });
  });
});

describe('a request to send many SMS', () => {
  const rows = 'Message[0][To]=9876543210&Message[0][Body]=Hello+Asha&Message[1][To]=9812345678&Message[1][Body]=Hello+Bina';

  it('has a text for each number, and its own words in common', () => {
    expect(bulk(`From=KAVERI&SmsType=transactional_opt_in&${rows}`)).toMatchObject({
      several: true,
      requests: [
        { to: '+919876543210', text: 'Hello Asha', type: 'transactional_opt_in' },
        { to: '+919812345678', text: 'Hello Bina', from: 'KAVERI' },
      ],
    });
    expect(bulk(`From=KAVERI&${rows.replaceAll('Message', 'Messages')}`).ok).toBe(true);
  });

  it('is answered by a list even when it has one', () => {
    expect(bulk('From=K&Message[0][To]=9876543210&Message[0][Body]=Hi')).toMatchObject({ several: true, requests: [{}] });
  });

  it('is refused as a whole for one number that is none, and without any', () => {
    expect(bulk(`From=K&${rows.replace('9812345678', '98123')}`)).toMatchObject({ says: 'Invalid Recipient [98123]' });
    expect(bulk('From=K')).toMatchObject({ ok: false, says: 'Invalid Parameters' });
  });
});
