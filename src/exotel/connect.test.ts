import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Connect, readConnect } from './connect.ts';
import { fieldsOf, type Pair } from './fields.ts';

const OPTIONS = { country: 'IN', hosts: ['localhost:4010'], record: false };
const FLOW = 'http://my.exotel.com/acme1/exoml/start_voice/1148615';

type Given = Readonly<Record<string, string>>;
const connect = (given: Given, options = OPTIONS): Connect => readConnect(fieldsOf(Object.entries(given)), options);
const toFlow = (more: Given = {}): Connect => connect({ From: '09876543210', CallerId: '08047112233', Url: FLOW, ...more });
const twoNumbers = (more: Given = {}): Connect =>
  connect({ From: '09876543210', To: '9123456789', CallerId: '080-4711-2233', ...more });
const refused = (asked: Connect): string => (asked.ok ? 'accepted' : asked.says);

describe('a request for a call', () => {
  it('connects a number to a flow', () => {
    expect(toFlow()).toEqual({
      ok: true,
      request: {
        kind: 'flow',
        app: '1148615',
        from: '+919876543210',
        exophone: '+918047112233',
        record: false,
        ignored: [],
        unknown: [],
      },
    });
  });

  it('connects two numbers, landlines and foreign ones too', () => {
    expect(twoNumbers()).toMatchObject({ ok: true, request: { kind: 'two-numbers', to: '+919123456789' } });
    expect(twoNumbers({ To: '02226543210' })).toMatchObject({ request: { to: '+912226543210' } });
    expect(twoNumbers({ To: '+14155552671' })).toMatchObject({ request: { to: '+14155552671' } });
  });

  it('passes sip addresses as they are', () => {
    const asked = twoNumbers({ From: 'sip:asha@acme1.voip.exotel.com', To: 'sip:ravi' });
    expect(asked).toMatchObject({ request: { from: 'sip:asha@acme1.voip.exotel.com', to: 'sip:ravi' } });
    expect(refused(twoNumbers({ CallerId: 'sip:asha' }))).toContain('CallerId is no phone number');
  });

  it('takes every parameter that is emulated', () => {
    const asked = toFlow({
      CallType: 'trans',
      TimeLimit: '14400',
      TimeOut: '30',
      Record: 'True',
      CustomField: 'visit 42',
      StatusCallback: 'https://app.example/cb?x=1',
      'StatusCallbackEvents[0]': 'terminal',
      'StatusCallbackEvents[1]': 'answered',
      StatusCallbackContentType: 'application/json',
    });
    expect(asked).toMatchObject({
      request: {
        callType: 'trans',
        timeLimit: 14_400_000,
        ringFor: 30_000,
        record: true,
        customField: 'visit 42',
        wish: { url: 'https://app.example/cb?x=1', events: ['terminal', 'answered'], encoding: 'application/json' },
      },
    });
  });

  it('says what it takes and does not emulate, and what nobody knows', () => {
    const asked = twoNumbers({
      WaitUrl: 'http://app.example/wait.wav',
      RecordingChannels: 'dual',
      RecordingFormat: 'mp3-hq',
      StartPlaybackToNew: 'Both',
      StartPlaybackValueNew: 'http://app.example/hello.wav',
      StreamUrl: '',
      CallerType: 'trans',
      details: 'true',
    });
    expect(asked).toMatchObject({
      request: {
        ignored: ['WaitUrl', 'RecordingChannels', 'RecordingFormat', 'StartPlaybackToNew', 'StartPlaybackValueNew'],
        unknown: ['CallerType'],
      },
    });
  });

  it('names strangers in a way that a log can bear', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, '1']));
    const asked = twoNumbers({ '\u001b[31mred\n': '1', ...many });
    expect(asked).toMatchObject({ request: { unknown: expect.arrayContaining(['␛[31mred ', 'x18']) } });
    expect(asked.ok && asked.request.unknown).toHaveLength(20);
    const number = twoNumbers({ '98765 43210': '1', [`${'x'.repeat(52)}9876543210`]: '1' });
    expect(number.ok && number.request.unknown).toEqual(Array(2).fill('a name with a number in it'));
  });

  it('goes to the flow when both To and Url are given', () => {
    expect(toFlow({ To: '9123456789' })).toMatchObject({ request: { kind: 'flow', ignored: ['To'] } });
  });

  it('counts a parameter without a value as not given', () => {
    expect(toFlow({ TimeLimit: '', Record: ' ', To: '', StatusCallback: '' })).toEqual(toFlow());
  });

  it('records as it was told to when nothing is said', () => {
    const pairs: Pair[] = [
      ['From', '9876543210'],
      ['To', '9123456789'],
      ['CallerId', '08047112233'],
    ];
    expect(readConnect(fieldsOf(pairs), { ...OPTIONS, record: true })).toMatchObject({ request: { record: true } });
    expect(readConnect(fieldsOf([...pairs, ['Record', 'false']]), { ...OPTIONS, record: true })).toMatchObject({
      request: { record: false },
    });
  });
});

it('takes an address of somebody’s own server as Exotel does, for a call that will fail', () => {
  expect(connect({ From: '09876543210', CallerId: '08047112233', Url: 'https://app.example/flow' })).toMatchObject({
    ok: true,
    request: { kind: 'elsewhere', says: expect.stringContaining('Url is not on a host of Exotel') },
  });
});

describe('a request that is refused', () => {
  it.each<[Given, string]>([
    [{ TimeLimit: '14401' }, 'TimeLimit has to be whole seconds from 1 to 14400.'],
    [{ TimeLimit: '0' }, 'TimeLimit has to be'],
    [{ TimeLimit: '1e3' }, 'TimeLimit has to be'],
    [{ TimeOut: '-5' }, 'TimeOut has to be'],
    [{ Record: 'yes' }, 'Record cannot be "yes". Known here: true, false.'],
    [{ CallType: 'transs' }, 'CallType cannot be "transs". Did you mean "trans"?'],
    [{ RecordingChannels: 'mono' }, 'RecordingChannels cannot be "mono".'],
    [{ StartPlaybackTo: 'caller' }, 'StartPlaybackTo cannot be "caller".'],
    [{ Url: 'http://my.exotel.com/dashboard' }, 'Url is no address of a flow'],
    [{ From: '98765' }, 'From is no phone number: an Indian number has 10 digits, this one 5.'],
    [{ CallerId: 'ACME' }, 'CallerId is no phone number'],
  ])('%j', (given, says) => {
    expect(refused(toFlow(given))).toContain(says);
  });

  it('says all that is wrong at once', () => {
    expect(connect({ callerid: '08047112233', TimeLimit: 'long' })).toEqual({
      ok: false,
      says:
        'From is missing. CallerId is missing. The request has callerid: names count with their case. ' +
        'To or Url is missing: whom or what should From be connected to? TimeLimit has to be whole seconds from 1 to 14400.',
    });
  });

  it('names no number', () => {
    const says = refused(twoNumbers({ From: '98765 43210 and 91234 56789', To: '+91 98765 4321', CallType: '09876543210' }));
    expect(says).not.toMatch(/\d{5} ?\d{4}/);
    const spaced = refused(twoNumbers({ CallType: '98765 43210' }));
    expect(spaced).toBe('CallType cannot be that. Known here: trans, promo.');
  });

  it('is a sentence, whatever was sent', () => {
    const name = fc.constantFrom(
      'From',
      'To',
      'Url',
      'CallerId',
      'TimeLimit',
      'Record',
      'StatusCallback',
      'StatusCallbackEvents[]',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string({ unit: 'binary' }))), (pairs) => {
        const read = readConnect(fieldsOf(pairs), OPTIONS);
        expect(read.ok || read.says).toEqual(expect.stringMatching(/^[^\p{Cc}]+[.?]$/u));
      }),
    );
  });
});
