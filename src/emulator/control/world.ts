import * as z from 'zod';
import { type Ms, ms } from '../../core/ids.ts';
import { isoIst, parseDuration } from '../../core/time.ts';
import { ACCOUNT_STANDINGS, type Account } from '../account.ts';
import type { Faults } from '../faults.ts';
import type { Parts } from '../parts.ts';
import type { People } from '../people.ts';
import type { Postman } from '../postman.ts';
import { BadSeed, plantSeed, WORLD } from '../seed.ts';
import type { Switchboard } from '../switchboard.ts';
import type { Violations } from '../violations.ts';
import { CannotDo, type ControlRoute, done, LIMIT, limitIn, route } from './route.ts';

export type WorldParts = Parts & {
  switchboard: Switchboard;
  postman: Postman;
  faults: Faults;
  people: People;
  violations: Violations;
  account: Account;
  reset(): Promise<void>;
};

const DURATION = z.string().transform((text, context) => {
  const read = parseDuration(text);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 20)}" is no duration such as 30s, 5m or 500ms` });
  return z.NEVER;
});

const TIMES = z.int().min(1).max(1_000_000).default(1);
const API_FAULT = z.strictObject({
  on: z.literal('api'),
  does: z.enum(['status', 'slow', 'drop']),
  status: z.int().min(400).max(599).optional(),
  by: DURATION.optional(),
  path: z.string().optional(),
  times: TIMES,
});
const POST_FAULT = z.strictObject({
  on: z.literal('callbacks'),
  does: z.enum(['delay', 'drop', 'duplicate', 'reorder']),
  by: DURATION.optional(),
  url: z.string().optional(),
  times: TIMES,
});

/** Time, people, faults, what went out and what should not have. */
export const worldRoutes = (parts: WorldParts): readonly ControlRoute[] => [
  ...postRoutes(parts),
  ...clockRoutes(parts),
  ...orderRoutes(parts),
  ...seedRoutes(parts),
];

const postRoutes = ({ records, postman, violations, mover }: WorldParts): readonly ControlRoute[] => [
  route({
    method: 'GET',
    path: 'callbacks',
    summary: 'Callbacks and webhooks with every attempt, newest first',
    query: [LIMIT, { name: 'about', about: 'a CallSid or SmsSid' }],
    handle: async ({ query }) => {
      const { about } = query;
      return done({ callbacks: await records.posts.list({ limit: limitIn(query), ...(about !== undefined && { about }) }) });
    },
  }),
  route({
    method: 'POST',
    path: 'callbacks/{id}/redeliver',
    summary: 'Delivers it once more, with the same body',
    handle: async ({ params }) => {
      const [post] = await Promise.all([postman.redeliver(params['id'] ?? ''), mover?.advance(ms(0))]);
      if (!post) throw new CannotDo(404, 'there is no callback with this id');
      return done(post);
    },
  }),
  route({
    method: 'GET',
    path: 'violations',
    summary: 'Calls and SMS that the rules would have stopped, and Exotel did not',
    handle: () => done({ count: violations.count(), violations: violations.list() }),
  }),
  route({
    method: 'DELETE',
    path: 'violations',
    summary: 'Forgets them, as when they were expected',
    handle: () => {
      violations.clear();
      return done();
    },
  }),
];

function clockRoutes({ clock, mover, switchboard }: WorldParts): readonly ControlRoute[] {
  const told = () => ({
    now: clock.now(),
    ist: isoIst(clock.now()),
    kind: mover ? 'virtual' : 'real',
    underWay: switchboard.underWay().length,
  });
  const movable = () => {
    if (mover) return mover;
    throw new CannotDo(409, 'the clock is real: time passes by itself. Start with --clock virtual to move it');
  };
  return [
    route({
      method: 'GET',
      path: 'clock',
      summary: 'What time it is, and how many calls are under way',
      handle: () => done(told()),
    }),
    route({
      method: 'POST',
      path: 'clock/advance',
      summary: 'Lets so much virtual time pass, with everything that happens in it',
      body: z.strictObject({ by: DURATION }),
      handle: async ({ body }) => {
        await movable().advance(body.by as Ms);
        return done(told());
      },
    }),
    route({
      method: 'POST',
      path: 'clock/run',
      summary: 'Lets virtual time pass until nothing is left that could happen',
      handle: async () => {
        await movable().run();
        return done(told());
      },
    }),
  ];
}

const orderRoutes = ({ faults, account }: WorldParts): readonly ControlRoute[] => [
  route({ method: 'GET', path: 'faults', summary: 'What is still to go wrong', handle: () => done({ faults: faults.list() }) }),
  route({
    method: 'POST',
    path: 'faults',
    summary: 'Orders that the next requests or callbacks go wrong',
    body: z.discriminatedUnion('on', [API_FAULT, POST_FAULT]),
    handle: ({ body }) => {
      faults.order(Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never);
      return done({ faults: faults.list() });
    },
  }),
  route({
    method: 'DELETE',
    path: 'faults',
    summary: 'Nothing goes wrong any more',
    handle: () => {
      faults.clear();
      return done();
    },
  }),
  route({
    method: 'PUT',
    path: 'account',
    summary: 'How the account stands with the vendor: only an active one may call and write',
    body: z.strictObject({ standing: z.enum(ACCOUNT_STANDINGS) }),
    handle: ({ body }) => {
      account.standing = body.standing;
      return done(body);
    },
  }),
];

const seedRoutes = (parts: WorldParts): readonly ControlRoute[] => [
  route({
    method: 'GET',
    path: 'people',
    summary: 'What people and agents do when their phones ring',
    handle: () => done({ people: parts.people.list() }),
  }),
  route({
    method: 'POST',
    path: 'seed',
    summary: 'Says what people and agents do, and what is known of numbers; adds to what was said before',
    body: WORLD,
    handle: async ({ body }) => {
      try {
        await plantSeed(parts, body);
        return done({ people: parts.people.list() });
      } catch (error) {
        if (error instanceof BadSeed) throw new CannotDo(400, error.message);
        throw error;
      }
    },
  }),
  route({
    method: 'POST',
    path: 'reset',
    summary: 'Forgets calls, SMS, callbacks, violations and faults, and ends calls under way; facts of numbers stay',
    handle: async () => {
      await parts.reset();
      return done();
    },
  }),
];
