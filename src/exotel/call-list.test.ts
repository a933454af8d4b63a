import { describe, expect, it } from 'vitest';
import type { CallPage } from '../core/call-record.ts';
import { callId, ms } from '../core/ids.ts';
import { callList } from './call-list.ts';
import { seconds, spokenCall } from './fixtures/call-record.ts';

const records = ['c1', 'c2'].map((sid) => spokenCall({ sid: callId(sid) }));
const page: CallPage = { total: 7, records, isFirst: false, isLast: false };

const list = (url: string, of: CallPage = page) =>
  callList(of, { account: 'acme1', now: seconds(600), lateBy: ms(0), details: false, pageSize: 2, url });
const metadata = (url: string, of?: CallPage) => list(url, of)['Metadata'];

describe('a page of calls', () => {
  it('names the pages around it, keeping the filters and dropping the cursor', () => {
    const url =
      '/v1/Accounts/acme1/Calls.json?PageSize=2&From=%2B919876543210&DateCreated=gte:2026-11-01+00:00:00&After=c0&Foo=1&To=';
    const kept = '/v1/Accounts/acme1/Calls.json?PageSize=2&From=%2B919876543210&DateCreated=gte%3A2026-11-01%2000%3A00%3A00';
    expect(metadata(url)).toEqual({
      Total: 7,
      PageSize: 2,
      FirstPageUri: kept,
      PrevPageUri: `${kept}&Before=c1`,
      NextPageUri: `${kept}&After=c2`,
    });
  });

  it('keeps what stands behind a second question mark', () => {
    expect(metadata('/Calls?Foo=a?b&Status=completed')).toMatchObject({ NextPageUri: '/Calls?Status=completed&After=c2' });
  });

  it('needs no filter to be named', () => {
    expect(metadata('/v1/Accounts/acme1/Calls')).toMatchObject({
      FirstPageUri: '/v1/Accounts/acme1/Calls',
      NextPageUri: '/v1/Accounts/acme1/Calls?After=c2',
    });
  });

  it('has nothing before the first and after the last', () => {
    const only = { ...page, isFirst: true, isLast: true };
    expect(metadata('/Calls', only)).toMatchObject({ PrevPageUri: '', NextPageUri: '' });
    const none: CallPage = { total: 0, records: [], isFirst: false, isLast: true };
    expect(list('/Calls', none)).toMatchObject({ Metadata: { Total: 0, PrevPageUri: '', NextPageUri: '' }, Calls: [] });
  });

  it('has calls as they are when fetched one by one, without a name', () => {
    expect(list('/Calls')['Calls']).toEqual([
      expect.objectContaining({ Sid: 'c1', Uri: '/v1/Accounts/acme1/Calls/c1', Duration: '24' }),
      expect.objectContaining({ Sid: 'c2' }),
    ]);
  });

  it('is not broken by half a character in a filter', () => {
    expect(metadata('/Calls?Sid=\ud800')).toMatchObject({ FirstPageUri: '/Calls?Sid=%EF%BF%BD' });
  });
});
