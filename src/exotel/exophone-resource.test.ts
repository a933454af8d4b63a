import { describe, expect, it } from 'vitest';
import { e164 } from '../core/ids.ts';
import { exophoneList, exophonePage, exophoneResource, exophoneSid, findExophone, readPage } from './exophone-resource.ts';
import { fieldsOf, parseForm } from './fields.ts';

const DESK = { number: e164('+918047112233'), name: 'Front desk', flow: '234567' };
const BARE = { number: e164('+911133001122'), name: '01133001122' };
const many = Array.from({ length: 5 }, (_, i) => ({ number: e164(`+91804711220${i}`), name: `Line ${i}` }));
const page = (query: string) => readPage(fieldsOf(parseForm(query)));

describe('ExoPhones', () => {
  it('are read by their number in v1', () => {
    expect(exophoneList([DESK])).toEqual({
      IncomingPhoneNumbers: [
        { IncomingPhoneNumber: { Sid: exophoneSid(DESK.number), PhoneNumber: '08047112233', FriendlyName: 'Front desk' } },
      ],
    });
  });

  it('tell their flow in v2_beta, if they have one', () => {
    expect(exophoneResource(DESK, 'kaveri1')).toEqual({
      sid: exophoneSid(DESK.number),
      phone_number: '+918047112233',
      friendly_name: 'Front desk',
      capabilities: { voice: true, sms: true },
      country: 'IN',
      region: 'KA',
      voice_url: 'http://my.exotel.com/kaveri1/exoml/start_voice/234567',
      sms_url: null,
      account_sid: 'kaveri1',
      uri: `/v2_beta/Accounts/kaveri1/IncomingPhoneNumbers/${exophoneSid(DESK.number)}`,
    });
    expect(exophoneResource(BARE, 'kaveri1')).toMatchObject({ voice_url: null, region: 'DL' });
    expect(exophoneResource({ ...DESK, flow: 'survey' }, 'kaveri1')).toMatchObject({
      voice_url: expect.stringMatching(/start_voice\/\d{6}$/),
    });
  });

  it('have a sid of 32 digits that stays, and by which, or by the number, they are found', () => {
    expect(exophoneSid(DESK.number)).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set([...many, DESK, BARE].map(({ number }) => exophoneSid(number))).size).toBe(7);
    const found = [exophoneSid(DESK.number), exophoneSid(DESK.number).toUpperCase(), '08047112233', '+918047112233'];
    expect(found.map((sid) => findExophone([BARE, DESK], sid, 'IN'))).toEqual([DESK, DESK, DESK, DESK]);
    expect(findExophone([BARE], exophoneSid(DESK.number), 'IN')).toBeUndefined();
  });
});

describe('a page of ExoPhones', () => {
  const uri = (n: number) => `/v2_beta/Accounts/kaveri1/IncomingPhoneNumbers?page=${n}&page_size=2`;

  it('leads to the ones before and after it', () => {
    expect(exophonePage(many, { page: 1, size: 2 }, 'kaveri1')).toMatchObject({
      page: 1,
      page_size: 2,
      uri: uri(1),
      first_page_uri: uri(0),
      next_page_uri: uri(2),
      previous_page_uri: uri(0),
      incoming_phone_numbers: [{ friendly_name: 'Line 2' }, { friendly_name: 'Line 3' }],
    });
  });

  it('ends', () => {
    expect(exophonePage(many, { page: 2, size: 2 }, 'kaveri1')).toMatchObject({ next_page_uri: null, previous_page_uri: uri(1) });
    expect(exophonePage(many, { page: 9, size: 2 }, 'kaveri1')).toMatchObject({
      next_page_uri: null,
      previous_page_uri: uri(2),
      incoming_phone_numbers: [],
    });
    expect(exophonePage([], { page: 0, size: 50 }, 'kaveri1')).toMatchObject({ next_page_uri: null, previous_page_uri: null });
  });

  it('is asked for in either spelling, and is the first of fifty otherwise', () => {
    expect(page('page=2&page_size=10')).toEqual({ page: 2, size: 10 });
    expect(page('Page=1&PageSize=500')).toEqual({ page: 1, size: 100 });
    expect(page('page=-1&page_size=0')).toEqual({ page: 0, size: 1 });
    expect(page('')).toEqual({ page: 0, size: 50 });
  });
});
