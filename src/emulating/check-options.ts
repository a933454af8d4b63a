import * as z from 'zod';
import { ACCOUNT } from '../commands/emulator-seed.ts';
import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import type { EmulatorOptions } from './test-emulator.ts';

/** What the options may be; what their texts say is read where they are used. */
const SHAPE = {
  flows: z.union([z.string(), z.instanceof(URL)]).optional(),
  routes: z.record(z.string(), z.string()).optional(),
  seed: z.looseObject({}).optional(),
  exophones: z
    .array(
      z.union([z.string(), z.strictObject({ number: z.string(), name: z.string().optional(), flow: z.string().optional() })]),
    )
    .optional(),
  at: z.string().optional(),
  clock: z.enum(['virtual', 'real']).optional(),
  enforce: z.boolean().optional(),
  profile: z.enum(['IN-EXOTEL', 'IN-TCCCPR', 'LIST']).optional(),
  company: z.string().optional(),
  credentials: ACCOUNT.pick({ sid: true, key: true, token: true }).optional(),
  callbackRetries: z.array(z.string()).optional(),
  callbackTimeout: z.string().optional(),
  callbackProfile: z.enum(['documented', 'automated-calls']).optional(),
  rateLimit: z.int().min(0).optional(),
  lateBy: z.string().optional(),
  dndSms: z.enum(['all', 'promotional']).optional(),
  tls: z.boolean().optional(),
  idSeed: z.int().optional(),
  log: z.custom<EmulatorOptions['log']>((given) => typeof given === 'function', 'a function').optional(),
} satisfies Record<keyof EmulatorOptions, z.ZodType>;
const OPTIONS = z.strictObject(SHAPE);

/** For JavaScript, which does not know better. @throws UserError that names every option that is none, or means nothing. */
export function checkOptions(options: EmulatorOptions): void {
  const says = OPTIONS.safeParse(options).error?.issues.map(sayIssue) ?? [];
  if (options.clock === 'real' && options.at !== undefined) says.push('at: it is for the virtual clock');
  if (says.length > 0) throw new UserError(says.join('; '));
}

function sayIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${at}: ${issue.message}`;
  if (at !== '') return issue.keys.map((key) => `${at}.${key}: there is no such option`).join('; ');
  return issue.keys.map((key) => `${key}: there is no such option. ${didYouMean(key, Object.keys(SHAPE))}`).join('; ');
}
