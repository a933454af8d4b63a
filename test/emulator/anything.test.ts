import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { ASHA, basic, bed, closeAll, LINE } from '../kit/emulator.ts';

/* Whatever is asked, the answer is one that is documented, in the vendor's words, and the emulator lives on. */

afterEach(closeAll);

const NAMES = [
  'From',
  'To',
  'CallerId',
  'Url',
  'Number',
  'VirtualNumber',
  'Language',
  'Body',
  'StatusCallback',
  'StatusCallbackEvents',
  'StatusCallbackContentType',
  'TimeLimit',
  'TimeOut',
  'Record',
  'CustomField',
  'SmsType',
  'Message[0][To]',
  'Message[0][Body]',
  'Sid',
  'DateCreated',
  'Status',
  'Duration',
  'PageSize',
  'SortBy',
  'After',
  'details',
  '__proto__',
  'constructor',
];
const VALUES = [
  ASHA,
  LINE,
  '',
  '0',
  '-1',
  '1e999',
  'true',
  'null',
  '[object Object]',
  '\u0000',
  '😀',
  '٠٩٨٧٦',
  'sip:a@b',
  'terminal',
  'gte:2026-01-01 00:00:00',
  'gte:;lte:',
  'http://my.exotel.com/exoml/start/hello',
  'http://[::1',
  'https://u:p@h/',
  'promotional',
  '\ud800',
  'x'.repeat(3000),
];
const RESOURCES = [
  'Calls',
  'Calls/connect',
  'Calls/x',
  'Sms/send',
  'Sms/bulksend',
  'Sms/Messages/x',
  'CustomerWhitelist',
  `CustomerWhitelist/${ASHA}`,
  `Numbers/${ASHA}`,
  'Numbers/+',
  'IncomingPhoneNumbers',
  'Nobody',
  '',
  '%',
  '..',
  'Calls/%2e%2e',
];

const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ maxLength: 8 }));
const value = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...VALUES) }, fc.string({ unit: 'binary', maxLength: 20 }));
const index = fc.constantFrom('', '', '[]', '[0]', '[99999999999999999999]', '[', ']');
const pairs = fc.array(
  fc.tuple(
    fc.tuple(name, index).map((both) => both.join('')),
    value,
  ),
  { maxLength: 8 },
);
const asForm = (some: readonly (readonly [string, string])[]) =>
  some.map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('=')).join('&');
const body = fc.oneof(
  pairs.map(asForm),
  pairs.map((some) => JSON.stringify(Object.fromEntries(some))),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'),
  resource: fc.constantFrom(...RESOURCES),
  suffix: fc.constantFrom('', '.json', '/', '/.json', '.JSON/'),
  query: fc.oneof(
    fc.constant(''),
    pairs.map(asForm),
    fc.string({ unit: fc.constantFrom('%', '=', '&', '[', ']', 'a', '+'), maxLength: 12 }),
  ),
  type: fc.constantFrom(
    'application/x-www-form-urlencoded',
    'application/json',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'text/plain',
    'nonsense',
  ),
  body,
});
const DOCUMENTED = new Set([200, 400, 403, 404, 414]);

it('of the vendor’s API', async () => {
  const emulator = await bed({ rateLimit: 0 });
  const authorization = basic(emulator.key, emulator.token);
  await fc.assert(
    fc.asyncProperty(request, async ({ method, resource, suffix, query, type, body: text }) => {
      const url = `${emulator.url}/v1/Accounts/${emulator.sid}/${resource}${suffix}${query && `?${query}`}`;
      const sends = method !== 'GET' && method !== 'HEAD';
      const response = await fetch(url, {
        method,
        redirect: 'manual',
        headers: { authorization, ...(sends && { 'content-type': type }) },
        ...(sends && { body: text }),
      });
      const answer = await response.text();
      expect(DOCUMENTED, `${response.status} ${answer}`).toContain(response.status);
      if (method === 'HEAD') return;
      if (response.headers.get('content-type')?.startsWith('application/json')) JSON.parse(answer);
      else expect(answer).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><TwilioResponse>/);
      if (response.status >= 400) expect(answer).toContain('RestException');
    }),
    { numRuns: 400 },
  );
  await emulator.run();
  expect(emulator.log.filter((line) => line.startsWith('trouble'))).toEqual([]);
  expect(emulator.log.join('\n').replace(/\b[\da-z]{32}\b/g, '')).not.toMatch(/9876543210/);
});

it('of the control plane', async () => {
  const emulator = await bed();
  const { json } = await emulator.control('GET', 'openapi.json');
  const routes = Object.entries((json as { paths: Record<string, object> }).paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace('/_press9', '').replace(/^\//, ''),
    })),
  );
  const quick = routes.filter(({ path }) => path !== 'events');
  const fields = fc.dictionary(
    fc.constantFrom(
      'from',
      'to',
      'flow',
      'keys',
      'leg',
      'by',
      'on',
      'does',
      'status',
      'times',
      'text',
      'people',
      'dnc',
      'standing',
    ),
    fc.oneof(fc.constantFrom<unknown>(ASHA, LINE, '1', '5s', 'api', 'slow', 'x', 1, -1, null, [], [ASHA], {}), fc.jsonValue()),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...quick),
      fc.oneof(fields, fc.jsonValue()),
      fc.string({ maxLength: 8 }),
      async ({ method, path }, given, id) => {
        const filled = path.replace(/\{\w+\}/, encodeURIComponent(id.toWellFormed()) || 'x');
        const answer = await emulator.control(method, filled, method === 'GET' ? undefined : given);
        expect([200, 400, 404, 405, 409], `${method} ${filled} ${answer.text}`).toContain(answer.status);
        expect(answer.json).toBeTypeOf('object');
        await emulator.control('DELETE', 'faults');
      },
    ),
    { numRuns: 200 },
  );
  expect(emulator.log.filter((line) => line.startsWith('trouble'))).toEqual([]);
});
