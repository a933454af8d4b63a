import { ALWAYS, type RulePack } from './pack.ts';
import { SOURCES } from './sources.ts';

/** What a guide for developers says where the regulations say something else. It stops nothing. */
export const GUIDE: RulePack = {
  id: 'GUIDE',
  title: 'Advice of the trade',
  zone: 'Asia/Kolkata',
  oneZone: true,
  numbers: ['+91'],
  rules: [],
  deadlines: [
    {
      id: 'GUIDE-7-DAYS',
      from: ALWAYS,
      source: SOURCES.dndInSms,
      says: 'an opt-out is honoured within seven working days',
      within: { workingDays: 7 },
    },
  ],
  penalties: [
    {
      id: 'GUIDE-LADDER',
      since: ALWAYS,
      source: SOURCES.dndInSms,
      says: 'fines rise with each violation, until the sender is cut off; no regulation was found that says so of senders',
      steps: [
        { from: 1, says: 'a warning and 1,000 rupees', rupees: 1000 },
        { from: 2, says: '5,000 rupees', rupees: 5000 },
        { from: 3, says: '10,000 rupees', rupees: 10_000 },
        { from: 4, says: 'sender id and PE-ID deactivated' },
      ],
    },
  ],
};
