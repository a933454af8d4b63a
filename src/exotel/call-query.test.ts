import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { plainIst } from '../core/time.ts';
import { readCallQuery } from './call-query.ts';
import { fieldsOf, parseForm } from './fields.ts';

/** 2026-11-22 10:00:00 in India. */
const NOW = ms(Date.UTC(2026, 10, 22, 4, 30));
const DAY = 86_400_000;

const asked = (text: string) => readCallQuery(fieldsOf(parseForm(text)), NOW, 'IN');
const query = (text: string) => {
  const read = asked(text);
  return read.ok ? read.query : read.says;
};
const created = (text: string): string[] => {
  const found = query(`DateCreated=${text}`);
  if (typeof found === 'string') return [found];
  return [found.created?.least, found.created?.most].map((at) => (at === undefined ? 'open' : plainIst(ms(at))));
};

describe('a list of calls', () => {
  it('has the newest 50 of the last 31 days when nothing is asked', () => {
    expect(asked('')).toEqual({
      ok: true,
      details: false,
      query: { created: { least: NOW - 31 * DAY }, order: 'desc', limit: 50 },
    });
  });

  it('takes every filter at once', () => {
    const text =
      'Sid=aa,bb&From=%2B919876543210,09123456789&To=sip:ravi&PhoneNumber=+918047112233&Status=failed,no-answer,busy,canceled' +
      '&Duration=gte:10s;lte:45s&Price=eq:0.300030&Direction=inbound,outbound-dial&PageSize=100&SortBy=DateCreated:asc&After=cc&details=true';
    expect(asked(text)).toEqual({
      ok: true,
      details: true,
      query: {
        created: { least: NOW - 31 * DAY },
        sids: ['aa', 'bb'],
        from: ['+919876543210', '+919123456789'],
        to: ['sip:ravi'],
        exophones: ['+918047112233'],
        statuses: ['failed', 'no-answer', 'busy', 'canceled'],
        directions: ['inbound'],
        duration: { least: 10, most: 45 },
        price: { least: 0.30003, most: 0.30003 },
        order: 'asc',
        limit: 100,
        after: 'cc',
      },
    });
  });

  it('has none of the calls of a dashboard that does not exist', () => {
    expect(query('Direction=outbound-dial')).toMatchObject({ directions: [] });
  });

  it('passes over what it does not know, and filters without a value', () => {
    expect(query('RecordingUrlValidity=5&Foo=1&Status=&From=,')).toEqual(query(''));
  });
});

describe('when the calls were made', () => {
  it('is two instants of Indian time, each of a whole second', () => {
    expect(created('gte:2026-11-01+00:00:00%3Blte:2026-11-20+23:59:59')).toEqual(['2026-11-01 00:00:00', '2026-11-20 23:59:59']);
    expect(query('DateCreated=lte:2026-11-20 23:59:59')).toMatchObject({
      created: { most: Date.UTC(2026, 10, 20, 18, 29, 59, 999) },
    });
  });

  it('ends now, or begins a month earlier, when one of them is missing', () => {
    expect(created('gte:2026-11-01 00:00:00')).toEqual(['2026-11-01 00:00:00', '2026-11-22 10:00:00']);
    expect(created('lte:2026-10-01 00:00:00')).toEqual(['2026-08-31 00:00:00', '2026-10-01 00:00:00']);
  });

  it('may be a whole long month, six months ago', () => {
    expect(created('gte:2026-05-23 00:00:00;lte:2026-06-22 23:59:59')).toHaveLength(2);
  });

  it.each([
    ['gte:2026-10-01 00:00:00', 'DateCreated spans more than one month.'],
    ['gte:2026-05-01 00:00:00;lte:2026-05-02 00:00:00', 'DateCreated begins more than six months ago.'],
    ['gte:2026-11-02 00:00:00;lte:2026-11-01 00:00:00', 'DateCreated ends before it begins.'],
    ['2026-11-01', 'DateCreated has to look like gte:2019-01-01 00:00:00;lte:2019-01-31 23:59:59.'],
    ['eq:2026-11-01 00:00:00', 'DateCreated has to look like'],
    ['gte:2026-02-30 00:00:00', 'DateCreated has to look like'],
    [';;', 'DateCreated has to look like'],
  ])('cannot be %s', (text, says) => {
    expect(created(text)).toEqual([expect.stringContaining(says)]);
  });
});

describe('a list that is refused', () => {
  it.each([
    [`Sid=${Array.from({ length: 101 }, (_, i) => i)}`, 'Sid takes 100 at most, and 101 were given.'],
    ['From=1,2,3,4,5,6', 'From takes 5 at most, and 6 were given.'],
    ['To=12345', 'To is no phone number: an Indian number has 10 digits, this one 5.'],
    ['PhoneNumber=sip:ravi', 'PhoneNumber is no phone number'],
    ['Status=cancelled', 'Status cannot be "cancelled". Did you mean "canceled"?'],
    ['Direction=incoming', 'Direction cannot be "incoming".'],
    ['Duration=10', 'Duration has to look like gte:10;lte:45 or eq:30.'],
    ['Duration=gte:ten', 'Duration has to look like'],
    ['Price=gte:-1', 'Price has to look like'],
    ['Price=gte:1;max:2', 'Price has to look like'],
    ['PageSize=101', 'PageSize has to be a whole number from 1 to 100.'],
    ['PageSize=0', 'PageSize has to be'],
    ['SortBy=Price:asc', 'SortBy cannot be "Price:asc".'],
    ['After=aa&Before=bb', 'After and Before exclude each other.'],
  ])('for %s', (text, says) => {
    expect(query(text)).toContain(says);
  });
});
