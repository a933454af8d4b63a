import type { RulePack } from './pack.ts';
import { SOURCES } from './sources.ts';

const DOUBT = 'the day of the Gazette was not seen: counted from 18 September 2026';

/** The third amendment comes in steps, 30, 60 and 90 days after its publication. */
export const INDIA_2026: RulePack = {
  id: 'INDIA-2026',
  title: 'TCCCPR, Third Amendment 2026',
  zone: 'Asia/Kolkata',
  oneZone: true,
  numbers: ['+91'],
  rules: [
    {
      id: 'IN26-INFERRED',
      from: '2026-10-18',
      classes: ['SI'],
      source: SOURCES.tcccpr2026,
      says: 'leave that follows from a contract ends with it, from an inquiry after seven days',
      doubt: DOUBT,
      check: { kind: 'consent', needed: false, lasts: { contract: {}, inquiry: { days: 7 }, explicit: { stated: true } } },
    },
    {
      id: 'IN26-A2P',
      from: '2026-11-17',
      channels: ['voice'],
      modes: ['AUTO_PRERECORDED', 'AUTO_LIVE', 'ROBO'],
      source: SOURCES.tcccpr2026,
      says: 'automatic calls are declared to the operator with the numbers they show',
      doubt: DOUBT,
      check: { kind: 'declared' },
    },
  ],
  deadlines: [],
  penalties: [],
};
