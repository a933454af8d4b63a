import * as z from 'zod';
import type { ExoPhone } from '../core/account.ts';
import { normalise } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { WORLD, type World } from '../emulator/seed.ts';

const NUMBER = z.union([z.string(), z.number()]).transform(String);

export const ACCOUNT = z.strictObject({
  sid: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'letters, digits, - and _')
    .optional()
    .describe("the account's sid; press9 unless told"),
  key: z.string().min(1).max(200).optional().describe('the API key; press9key unless told'),
  token: z.string().min(1).max(200).optional().describe('the API token; it is not shown then'),
  company: z.string().min(1).max(100).optional().describe('the name in whitelist messages'),
});

export const SEED = WORLD.extend({
  account: ACCOUNT.default({}),
  senders: z
    .array(z.string().regex(/^[A-Za-z0-9-]{3,14}$/, 'three to fourteen letters and digits'))
    .default([])
    .describe('sender ids of SMS; once some are named, and ExoPhones too, no others are taken'),
  exophones: z
    .array(
      z.union([
        NUMBER,
        z.strictObject({
          number: NUMBER,
          name: z.string().optional().describe('as the list of ExoPhones has it'),
          flow: z
            .union([z.string(), z.number()])
            .transform(String)
            .optional()
            .describe('name or app id of the flow that takes its calls'),
        }),
      ]),
    )
    .default([])
    .describe('the numbers of the account; once some are named, CallerId must be one of them'),
});

/** An account and the world that it begins with. */
export type Seed = {
  account: z.infer<typeof ACCOUNT>;
  exophones: readonly ExoPhone[];
  senders: readonly string[];
  world: World;
  /** Where `people.0.does` stands: file, line and column. */
  place(at: string): string;
};
export const NO_SEED: Seed = { account: {}, exophones: [], senders: [], world: WORLD.parse({}), place: (at) => at };

/** What a seed file may say, for editors. */
export const seedSchema = (): unknown => z.toJSONSchema(SEED, { io: 'input', target: 'draft-7' });

/** @throws UserError that names the place. */
export function exophoneOf(
  given: string | { number: string; name?: string | undefined; flow?: string | undefined },
  country: string,
  at: string,
): ExoPhone {
  const { number, name, flow } = typeof given === 'string' ? { number: given } : given;
  const read = normalise(number, country);
  if (!read.ok) throw new UserError(`${at}: "${number}" is no phone number: ${read.why}.`);
  return { number: read.number, name: name ?? number, ...(flow !== undefined && { flow }) };
}
