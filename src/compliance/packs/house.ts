import { ALWAYS, type RulePack } from './pack.ts';
import { SOURCES } from './sources.ts';

/** As long as it says; half a year when it does not. */
const LEAVE = { days: 180, stated: true } as const;

/** What holds everywhere: the company's own list, and plain sense. No switch turns it off. */
export const HOUSE: RulePack = {
  id: 'HOUSE',
  title: "The company's own list",
  zone: 'Asia/Kolkata',
  numbers: [''],
  rules: [
    {
      id: 'HOUSE-NUMBER',
      from: ALWAYS,
      source: SOURCES.press9,
      says: 'the number is a whole one, no landline when it gets an SMS, and not the one that calls',
      check: { kind: 'number' },
    },
    {
      id: 'HOUSE-DNC',
      from: ALWAYS,
      source: SOURCES.dncLists,
      says: "a number on the company's do-not-call list is neither called nor written to",
      check: { kind: 'list', own: false, minutes: 30, leave: LEAVE },
    },
    {
      id: 'HOUSE-OPT-OUT',
      from: ALWAYS,
      source: SOURCES.automatedCalls,
      says: 'whoever said stop, by key, by SMS or by a missed call, is left alone by every campaign it was said to',
      check: { kind: 'list', own: true, minutes: 30, leave: LEAVE },
    },
    {
      id: 'HOUSE-CLASS',
      from: ALWAYS,
      source: SOURCES.press9,
      says: 'a contact has a class: P, SE, SI, T or G',
      check: { kind: 'class' },
    },
    {
      id: 'HOUSE-HOURS',
      from: ALWAYS,
      source: SOURCES.press9,
      classes: ['P', 'SE', 'SI'],
      says: 'the hours that the company set itself; they narrow the others and never widen them',
      check: { kind: 'own-hours' },
    },
    {
      id: 'HOUSE-BARRED',
      from: ALWAYS,
      source: SOURCES.press9,
      says: 'a sender that serves a penalty contacts nobody',
      check: { kind: 'barred' },
    },
    {
      id: 'HOUSE-COMPLAINT',
      from: ALWAYS,
      source: SOURCES.press9,
      advice: true,
      says: 'whoever complained is contacted with care',
      check: { kind: 'complaint' },
    },
  ],
  deadlines: [],
  penalties: [],
};
