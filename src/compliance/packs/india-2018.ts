import { ALWAYS, type RulePack } from './pack.ts';
import { SOURCES } from './sources.ts';

const FROM = '2019-02-28';
const SECOND_AMENDMENT = '2025-03-20';
const THIRD_AMENDMENT = '2026-10-18';

/** The regulation of 2018 and what of it still holds; all of it in force since the end of February 2019. */
export const INDIA_2018: RulePack = {
  id: 'INDIA-2018',
  title: 'TCCCPR 2018',
  zone: 'Asia/Kolkata',
  oneZone: true,
  numbers: ['+91'],
  rules: [
    {
      id: 'IN-FORBIDDEN',
      from: ALWAYS,
      source: SOURCES.press9,
      says: 'emergency, service, toll-free and caller-id numbers are never dialled',
      check: {
        kind: 'forbidden',
        numbers: ['100', '101', '108', '112', '1909', '127xxx', '140*', '1600*', '1601*', '1800*', '1860*'],
      },
    },
    {
      id: 'IN18-30MIN',
      from: FROM,
      until: SECOND_AMENDMENT,
      classes: ['T'],
      source: SOURCES.memory,
      says: 'a transactional message goes out within thirty minutes of the transaction',
      doubt: 'the text of 2018 was not looked up for it',
      check: { kind: 'transaction', minutes: 30 },
    },
    {
      id: 'IN18-REGISTER',
      from: FROM,
      until: SECOND_AMENDMENT,
      source: SOURCES.tcccpr2018,
      says: 'promotion stops for those who registered against it or its category; a full block stops all that needs leave',
      doubt: 'what a full block stops is read from the text of 2025',
      check: {
        kind: 'register',
        full: ['P', 'SE'],
        promo: ['P'],
        categories: ['P'],
        leave: { days: 180, stated: true },
      },
    },
    {
      id: 'IN18-MODES',
      from: FROM,
      classes: ['P'],
      source: SOURCES.tcccpr2018,
      says: 'people may refuse promotion by a mode: calls, SMS, recorded, automatic or robot calls',
      check: { kind: 'unwanted', what: 'modes' },
    },
    {
      id: 'IN18-DAYS',
      from: FROM,
      classes: ['P'],
      source: SOURCES.tcccpr2018,
      says: 'people may refuse promotion on days of the week and on public holidays',
      check: { kind: 'unwanted', what: 'days' },
    },
    {
      id: 'IN18-BANDS',
      from: FROM,
      classes: ['P'],
      source: SOURCES.tcccpr2018,
      says: 'promotion goes out from 10:00 to 21:00 to whoever has not switched other bands on, registered or not',
      doubt: 'where the bands between 10:00 and 21:00 meet is from memory',
      check: { kind: 'bands', off: ['i', 'ii', 'iii', 'ix'] },
    },
    {
      id: 'IN18-SE-CONSENT',
      from: FROM,
      until: SECOND_AMENDMENT,
      classes: ['SE'],
      source: SOURCES.tcccpr2018,
      says: 'an explicit service message needs explicit leave, for as long as that says',
      doubt: 'the class is that of the text of 2025; how long leave lasted before was not found',
      check: { kind: 'consent', needed: true, lasts: { explicit: { days: 180, stated: true } } },
    },
    {
      id: 'IN18-INFERRED',
      from: FROM,
      until: THIRD_AMENDMENT,
      classes: ['SI'],
      source: SOURCES.tcccpr2018,
      says: 'leave that follows from a contract ends with it, from an inquiry after three months',
      doubt: 'that it ends with the contract is read from the text of 2025',
      check: { kind: 'consent', needed: false, lasts: { contract: {}, inquiry: { months: 3 }, explicit: { stated: true } } },
    },
    {
      id: 'IN18-SENDER',
      from: FROM,
      source: SOURCES.tcccpr2018,
      says: 'a sender is registered with the operators before it calls or writes',
      check: { kind: 'registered' },
    },
    {
      id: 'IN18-SCRUB',
      from: FROM,
      classes: ['P', 'SE'],
      source: SOURCES.tcccpr2018,
      says: 'a preference counts a day after it was registered at the latest, so the register is looked at daily',
      check: { kind: 'scrub', hours: 24 },
    },
    {
      id: 'RBI-RECOVERY',
      from: '2022-08-12',
      purposes: ['loan-recovery'],
      source: SOURCES.recovery,
      says: 'regulated lenders call about overdue loans from 8:00 to 19:00',
      doubt: 'said to have moved into other directions of the bank on 28 November 2025',
      check: { kind: 'hours', windows: [{ from: 8 * 60, to: 19 * 60 }] },
    },
  ],
  deadlines: [
    {
      id: 'IN18-DAY',
      from: FROM,
      source: SOURCES.tcccpr2018,
      says: 'nothing against a preference is delivered later than 24 hours after it was given',
      within: { hours: 24 },
    },
  ],
  penalties: [],
};
