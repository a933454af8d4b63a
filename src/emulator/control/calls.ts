import * as z from 'zod';
import { viewOf } from '../../call/fold.ts';
import { transcript } from '../../call/transcript.ts';
import { hearSms } from '../../compliance/sms-in.ts';
import { missedCallFact } from '../../compliance/whitelist-books.ts';
import { type NewFact, sayReasons } from '../../core/facts.ts';
import { flatten } from '../../core/flatten.ts';
import type { E164 } from '../../core/ids.ts';
import { normalise } from '../../core/phone.ts';
import type { Parts } from '../parts.ts';
import type { Standing, Switchboard } from '../switchboard.ts';
import { CannotDo, type ControlRoute, done, LIMIT, limitIn, route } from './route.ts';

export type CallControlParts = Pick<
  Parts,
  'clock' | 'facts' | 'optOuts' | 'flows' | 'exophones' | 'named' | 'country' | 'records' | 'readKeys' | 'drive'
> & {
  switchboard: Switchboard;
};

const NUMBER = z.string().min(1).max(60);
const LEG = z.object({ leg: z.int().min(1).max(1000).optional() });

export function callRoutes(parts: CallControlParts): readonly ControlRoute[] {
  const { switchboard, records } = parts;
  return [
    route({
      method: 'GET',
      path: 'calls',
      summary: 'The calls, newest first',
      query: [LIMIT],
      handle: async ({ query }) => {
        const page = await records.calls.page({ order: 'desc', limit: limitIn(query) });
        const now = await Promise.all(page.records.map(async (one) => (await switchboard.find(one.sid)) ?? one));
        return done({ total: page.total, calls: now });
      },
    }),
    route({
      method: 'GET',
      path: 'calls/{sid}',
      summary: 'A call with its log and transcript',
      handle: async ({ params }) => {
        const call = await switchboard.find(params['sid'] ?? '');
        if (!call) throw new CannotDo(404, 'there is no call with this CallSid');
        const log = switchboard.log(call.sid) ?? [];
        return done({ call, log: log.map(flatten), transcript: transcript(viewOf(log)) });
      },
    }),
    route({
      method: 'POST',
      path: 'calls',
      summary: 'A customer calls an ExoPhone, which begins its flow',
      body: z.object({ from: NUMBER, to: NUMBER.optional(), flow: z.string().optional(), keys: z.string().optional() }),
      handle: ({ body }) => incoming(parts, body),
    }),
    route({
      method: 'POST',
      path: 'calls/{sid}/press',
      summary:
        'The caller presses keys: "9" once they are asked, "!9" at once, "1, wait 6s, 4711#, hangup 2s" one after the other',
      body: z.object({ keys: z.string().min(1).max(1000) }),
      handle: ({ params, body }) => {
        const { call } = standingAt(parts, params);
        parts.drive(call, keysOf(parts, body.keys));
        return done();
      },
    }),
    route({
      method: 'POST',
      path: 'calls/{sid}/hang-up',
      summary: 'The customer hangs up; with `leg`, that agent',
      body: LEG,
      handle: ({ params, body }) => {
        const { call, line } = standingAt(parts, params);
        const { leg = 1 } = body;
        if (leg === 1) call.hangUp();
        else if (!line.putDown(leg)) throw new CannotDo(409, `phone ${leg} is not on the call`);
        return done();
      },
    }),
    ...(['answer', 'decline', 'ignore', 'machine'] as const).map((act) =>
      route({
        method: 'POST',
        path: `calls/{sid}/${act}`,
        summary: ACTS[act],
        body: LEG,
        handle: ({ params, body }) => {
          const { leg = 1 } = body;
          if (!standingAt(parts, params).line[act](leg)) throw new CannotDo(409, `phone ${leg} does not ring`);
          return done();
        },
      }),
    ),
    route({
      method: 'POST',
      path: 'missed-calls',
      summary: 'A missed call to the line that the whitelist message named',
      body: z.object({ from: NUMBER, to: NUMBER.optional() }),
      handle: async ({ body }) => {
        const from = numberOf(parts, 'from', body.from);
        const to = body.to === undefined ? undefined : numberOf(parts, 'to', body.to);
        await parts.facts.record([missedCallFact(from, parts.clock.now(), to === undefined ? {} : { exophone: to })]);
        return done();
      },
    }),
    route({
      method: 'POST',
      path: 'messages',
      summary: 'A customer writes an SMS; STOP and its sister words count. Exotel itself offers no incoming SMS',
      body: z.object({ from: NUMBER, to: NUMBER.optional(), text: z.string().min(1).max(5000) }),
      handle: async ({ body }) => {
        const number = numberOf(parts, 'from', body.from);
        const exophone = body.to === undefined ? undefined : numberOf(parts, 'to', body.to);
        const sms = { number, text: body.text, at: parts.clock.now(), ...(exophone && { exophone }) };
        const heard = await hearSms(parts.facts, sms);
        await recordHeard(parts, heard.facts);
        return done({ ok: true, heard: heard.keyword ?? null, says: heard.says });
      },
    }),
    route({
      method: 'GET',
      path: 'messages',
      summary: 'The SMS that were sent, newest first',
      query: [LIMIT],
      handle: async ({ query }) => done({ messages: await records.messages.list(limitIn(query)) }),
    }),
    route({
      method: 'GET',
      path: 'flows',
      summary: 'The flows, with the app id that a flow URL names',
      handle: async () => {
        const flows = await parts.flows.list();
        return done({
          flows: flows.map(({ app, name, path, set }) => ({ app, name, path, class: set.flows.get(set.root)?.class })),
        });
      },
    }),
  ];
}

const ACTS = {
  answer: 'The customer takes the call that rings; with `leg`, that agent',
  decline: 'The customer declines the call, which is heard as busy; with `leg`, that agent',
  ignore: 'The customer lets it ring to its end; with `leg`, that agent',
  machine: 'An answering machine takes the call; with `leg`, that of an agent',
} as const;

function standingAt({ switchboard }: CallControlParts, { sid = '' }: Readonly<Record<string, string>>): Standing {
  const standing = switchboard.standing(sid);
  if (standing) return standing;
  throw new CannotDo(404, 'no call with this CallSid is under way');
}

function keysOf({ readKeys }: CallControlParts, text: string) {
  const read = readKeys(text);
  if (read.ok) return read.keys;
  throw new CannotDo(400, `keys: ${read.problem}`);
}

function numberOf({ country }: CallControlParts, name: string, text: string): E164 {
  const read = normalise(text, country);
  if (read.ok) return read.number;
  throw new CannotDo(400, `${name} is no phone number: ${read.why}`);
}

/** An opt-out is never lost: it comes alone, and is journalled where it cannot be stored. */
async function recordHeard({ facts, optOuts }: CallControlParts, heard: readonly NewFact[]): Promise<void> {
  const [first] = heard;
  if (first?.kind !== 'opt-out') {
    if (first) await facts.record(heard);
    return;
  }
  const result = await optOuts.record(first, undefined);
  if (!result.ok) throw new CannotDo(409, `the opt-out is journalled, and not in the store: ${result.says}`);
}

type Incoming = { from: string; to?: string | undefined; flow?: string | undefined; keys?: string | undefined };

async function incoming(parts: CallControlParts, given: Incoming) {
  const { exophones, flows, switchboard } = parts;
  const from = numberOf(parts, 'from', given.from);
  const [first] = exophones;
  const exophone = given.to === undefined ? first?.number : numberOf(parts, 'to', given.to);
  if (exophone === undefined) throw new CannotDo(400, 'to: name the ExoPhone that is called; the account has none');
  if (parts.named && !exophones.some(({ number }) => number === exophone))
    throw new CannotDo(400, `to: ${given.to} is no ExoPhone of this account; the seed names them`);
  const app = given.flow ?? exophones.find(({ number }) => number === exophone)?.flow ?? (await flows.list())[0]?.app;
  const flow = app === undefined ? undefined : await flows.find(app);
  if (!flow) throw new CannotDo(400, `no flow takes calls to this number${app === undefined ? '' : `: "${app}" is not there`}`);
  const keys = given.keys === undefined ? undefined : keysOf(parts, given.keys);
  const placed = await switchboard.place({ direction: 'inbound', from, exophone, set: flow.set, path: flow.path });
  if (!placed.placed) throw new CannotDo(409, sayReasons(placed.refusal));
  const standing = switchboard.standing(placed.record.sid);
  if (keys && standing) parts.drive(standing.call, keys);
  return done({ ok: true, call: placed.record });
}
