import { HOUSE } from '../../src/compliance/packs/house.ts';
import { ALWAYS, type Profile, type RulePack } from '../../src/compliance/packs/pack.ts';
import { SOURCES } from '../../src/compliance/packs/sources.ts';

/** A small pack of another country, for tests: more than one zone, rules known second hand only. */
const UNITED_STATES: RulePack = {
  id: 'US',
  title: 'United States (for tests)',
  zone: 'America/New_York',
  numbers: ['+1'],
  rules: [
    {
      id: 'US-HOURS',
      from: ALWAYS,
      classes: ['P'],
      source: SOURCES.memory,
      says: 'solicitations go out from 8:00 to 21:00 of the called party',
      check: { kind: 'hours', windows: [{ from: 8 * 60, to: 21 * 60 }] },
    },
    {
      id: 'US-WRITTEN-CONSENT',
      from: ALWAYS,
      classes: ['P'],
      modes: ['ROBO', 'AUTO_PRERECORDED'],
      source: { grade: 'S', title: 'a law firm' },
      says: 'a recorded solicitation needs express written consent; being a customer is not enough',
      check: { kind: 'consent', needed: true, lasts: { explicit: { stated: true } } },
    },
    {
      id: 'US-SUNDAY',
      from: ALWAYS,
      purposes: ['survey'],
      source: { grade: 'R', title: 'a state with windows of its own, for tests' },
      says: 'surveys go out from 9:00 to 13:00 and 14:00 to 21:00, on Sundays from noon',
      check: {
        kind: 'hours',
        windows: [
          { from: 14 * 60, to: 21 * 60, days: [1, 2, 3, 4, 5, 6] },
          { from: 9 * 60, to: 13 * 60, days: [1, 2, 3, 4, 5, 6] },
          { from: 12 * 60, to: 21 * 60, days: [0] },
        ],
      },
    },
  ],
  deadlines: [],
  penalties: [],
};

export const US: Profile = { id: 'US', title: 'United States (for tests)', packs: [HOUSE, UNITED_STATES] };
