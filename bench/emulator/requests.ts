/** What an application sends to ask for a call, with a number of its own for each `i`. */
export const CONNECT = '/v1/Accounts/press9/Calls/connect.json';
export const HEADERS = {
  authorization: `Basic ${Buffer.from('press9key:press9token').toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
} as const;

const FLOW = 'http://my.exotel.com/press9/exoml/start_voice/appointment-reminder';

/** Mobile numbers in India begin with 6 to 9. Each is another one for `i` below three milliards. */
export const numberOf = (i: number): string => String(6_000_000_000 + ((i * 2_654_435_761) % 3_999_999_979));

export const connectBody = (i: number, more: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    From: `0${numberOf(i)}`,
    CallerId: '08047112233',
    Url: FLOW,
    CallType: 'trans',
    CustomField: `order-${i}`,
    ...more,
  }).toString();
