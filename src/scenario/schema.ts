import * as z from 'zod';
import { PROFILES, type ProfileName } from '../compliance/profiles.ts';
import type { Ms } from '../core/ids.ts';
import { parseDuration, parseInstant } from '../core/time.ts';
import { parseKeys } from './keys.ts';

/** A text read by `read`; what it does not understand is refused with `says`. The JSON Schema shows a string. */
const reading = <T>(read: (text: string) => T | undefined, says: string) =>
  z.union([z.string(), z.number()]).transform((text, ctx): T => {
    const value = read(String(text));
    if (value !== undefined) return value;
    ctx.addIssue({ code: 'custom', message: `"${text}" is not ${says}` });
    return z.NEVER;
  });

const duration = reading(parseDuration, 'a duration such as 5s, 500ms or 2m');
const instant = reading(parseInstant, 'an instant such as 2026-11-22T10:00');
const words = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const number = z.union([z.string(), z.number()]).transform(String);
const names = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const strings = z.record(z.string(), words);

/** A text to look for: a string is contained; `text` is the whole; `regex` is a pattern. Case and spacing do not matter, save in a regex. */
export const textMatch = z.union([
  words.transform((contains) => ({ contains })),
  z.strictObject({ contains: words }),
  z.strictObject({ text: words }),
  z.strictObject({
    regex: z.string().transform((source, ctx) => {
      try {
        return new RegExp(source, 'u');
      } catch (error) {
        ctx.addIssue({ code: 'custom', message: `/${source}/ is no pattern: ${error instanceof Error ? error.message : ''}` });
        return z.NEVER;
      }
    }),
  }),
  z.strictObject({ any: z.literal(true) }),
]);
export type TextMatch = z.output<typeof textMatch>;

const press = reading((text) => {
  const keys = parseKeys(text);
  const [item, ...more] = keys.ok ? keys.items : [];
  return item && more.length === 0 && (item.type === 'press' || item.type === 'barge') ? item : undefined;
}, 'a key or keys such as 9, 4711# or, into the prompt, "!9"');

/** One thing the caller does or notices; they happen in order. */
export const step = z.union([
  z.literal('hang up').transform(() => ({ type: 'hang up' }) as const),
  z.strictObject({ hear: textMatch }).transform(({ hear }) => ({ type: 'hear', match: hear }) as const),
  z.strictObject({ press }).transform(({ press: item }) => item),
  z.strictObject({ 'keep pressing': press }).transform((it) => ({ type: 'keep', digits: it['keep pressing'].digits }) as const),
  z.strictObject({ wait: duration }).transform(({ wait }) => ({ type: 'wait', for: wait }) as const),
  z.strictObject({ at: z.string() }).transform(({ at }) => ({ type: 'at', node: at }) as const),
  z.strictObject({ 'quiet until': words }).transform((it) => ({ type: 'quiet', until: it['quiet until'] }) as const),
]);
export type Step = z.output<typeof step>;
export const STEPS = ['hear', 'press', 'keep pressing', 'wait', 'hang up', 'at', 'quiet until'] as const;

const answer = {
  status: z.number().int().min(100).max(599).default(200),
  body: words.optional(),
  json: z.unknown().optional(),
  type: z.string().optional(),
  headers: strings.optional(),
  after: duration.optional(),
  fail: z.enum(['timeout', 'refused']).optional(),
};

/** What a web server answers: by method and URL pattern; `*` stands for anything. The first rule that fits and is not used up. */
export const httpRule = z.strictObject({
  url: z.string(),
  method: z.enum(['GET', 'HEAD', 'POST', '*']).default('GET'),
  ...answer,
  times: z
    .union([z.enum(['always', 'once']).transform((t) => (t === 'once' ? 1 : undefined)), z.number().int().min(1)])
    .optional(),
  /** One answer after the other; the last one stays. */
  'in order': z.array(z.strictObject(answer)).min(1).optional(),
});
export type HttpRule = z.output<typeof httpRule>;

const range = reading((text) => {
  const [from, to, more] = text.split('..').map((part) => part.trim());
  if (more !== undefined) return undefined;
  const [least, most] = [
    from ? parseDuration(from) : (0 as Ms),
    to === undefined ? parseDuration(from ?? '') : to ? parseDuration(to) : (Number.POSITIVE_INFINITY as Ms),
  ];
  return least === undefined || most === undefined ? undefined : { least, most };
}, 'a duration such as 12s, or bounds such as 10s..20s, 10s.. or ..20s');

const sms = z.strictObject({ to: number.optional(), text: textMatch.optional() });
const request = z.strictObject({
  url: z.string(),
  method: z.string().optional(),
  params: z.record(z.string(), z.union([words, z.null()])).optional(),
  times: z.number().int().min(0).optional(),
});
const post = z.strictObject({ url: z.string().optional(), body: z.record(z.string(), z.union([words, z.null()])).optional() });
const fact = z.strictObject({
  number: number.optional(),
  scope: z.enum(['all', 'campaign', 'voice', 'sms']).optional(),
  key: words.optional(),
});

/** What must hold when the call is over. What is not named may be anything. */
export const expectations = z.strictObject({
  status: z.enum(['completed', 'busy', 'no-answer', 'failed', 'canceled', 'refused']).optional(),
  'ended at': z.string().optional(),
  'ended by': z.enum(['flow', 'caller', 'unanswered', 'time-limit', 'unwired', 'dropped', 'loop']).optional(),
  duration: range.optional(),
  digits: z.union([words, z.null()]).optional(),
  saved: z.record(z.string(), z.union([words, z.null()])).optional(),
  goals: names.optional(),
  heard: z.union([textMatch.transform((one) => [one]), z.array(textMatch)]).optional(),
  'never heard': z.union([textMatch.transform((one) => [one]), z.array(textMatch)]).optional(),
  sms: z.array(sms).optional(),
  requests: z.array(request).optional(),
  webhooks: z.array(post).optional(),
  callbacks: z.array(z.record(z.string(), z.union([words, z.null()]))).optional(),
  dnc: z.array(fact).optional(),
  visited: names.optional(),
  never: names.optional(),
});
export type Expectations = z.output<typeof expectations>;

const call = z.strictObject({
  to: number.optional(),
  from: number.optional(),
  exophone: number.optional(),
  inbound: z.boolean().optional(),
  contact: z.union([z.string(), strings]).optional(),
  set: strings.optional(),
  customField: words.optional(),
  campaign: words.optional(),
  at: instant.optional(),
  timeLimit: duration.optional(),
  ringFor: duration.optional(),
});

const RULES = Object.keys(PROFILES) as ProfileName[];

const world = z.strictObject({
  callee: words.optional(),
  agents: z.union([words.transform((one) => [one]), z.array(words)]).optional(),
  http: z.array(httpRule).optional(),
  /** Numbers that are on the DNC list before the call. */
  dnc: z.array(number).optional(),
  /** Which rules count for calls and SMS; without them the do-not-call list alone. */
  rules: z.enum(RULES).optional(),
  /** What the customer registered two days before, as it is sent to 1909. */
  dnd: words.optional(),
  /** Leave that the customer gave the day before, for any purpose. */
  consent: z.enum(['explicit', 'inquiry', 'contract']).optional(),
  /** When the customer called us. */
  'called us': instant.optional(),
  /** `failing`: the store cannot record an opt-out. */
  store: z.enum(['working', 'failing']).optional(),
});

export const scenarioFile = z.strictObject({
  flow: z.string().optional(),
  about: z.string().optional(),
  call: call.default({}),
  world: world.default({}),
  steps: z.array(step).default([]),
  expect: expectations.default({}),
  /** Rows of values: the scenario runs once for each, with `{{name}}` filled in everywhere. */
  each: z.array(strings).min(1).optional(),
});
export type ScenarioFile = z.output<typeof scenarioFile>;
