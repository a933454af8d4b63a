import { decide } from '../../src/compliance/decide.ts';
import type { Policy } from '../../src/compliance/policy.ts';
import { PROFILES } from '../../src/compliance/profiles.ts';
import type { Contact } from '../../src/core/facts.ts';
import type { Ms } from '../../src/core/ids.ts';
import type { Goal, Measured } from '../benchmark.ts';
import { interleaved } from '../measure.ts';
import { customers, perSecond } from '../verdicts.ts';

/*
 * Verdicts a second over facts in memory, ten a number, by the rules of the usual profile; against a bare look into a Map,
 * which is what a block list without reasons costs, and against the speed that is aimed at.
 */
export const name = 'verdict-memory';
export const goal: Goal = { ratio: 1, sense: 'at-least' };

const AIM = 200_000;
const WARM_UP_MS = 1500;
const REPETITION_MS = 600;

const policy: Policy = {
  profile: PROFILES['IN-EXOTEL'],
  strict: false,
  whitelist: () => ({ status: 'whitelist', type: 'api', ground: 'it was posted' }),
};
const blocked = new Map([...customers.keys()].filter((_, i) => i % 5 === 4).map((number) => [number, true]));

const programs = {
  ours: (contact: Contact, at: Ms) => decide(contact, customers.get(contact.number) ?? [], at, policy).verdict === 'allow',
  map: ({ number }: Contact) => !blocked.has(number),
};

export async function run(): Promise<readonly Measured[]> {
  const speed = async (program: keyof typeof programs, forMs = REPETITION_MS) => perSecond(programs[program], forMs);
  await speed('ours', WARM_UP_MS);
  await speed('map', WARM_UP_MS / 5);
  const { ours, map } = await interleaved(['ours', 'map'], speed);
  return [
    { against: `the aim, ${AIM.toLocaleString('en-US')} a second`, unit: 'verdicts/s', ours, theirs: AIM, judged: true },
    { against: 'a bare Map lookup', unit: 'verdicts/s', ours, theirs: map, judged: false },
  ];
}
