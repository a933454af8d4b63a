import type { Refusal } from '../../core/facts.ts';
import { ms } from '../../core/ids.ts';
import { maskText } from '../../core/phone.ts';
import { callList } from '../../exotel/call-list.ts';
import { readCallQuery } from '../../exotel/call-query.ts';
import { callResource } from '../../exotel/call-resource.ts';
import { type ConnectRequest, readConnect } from '../../exotel/connect.ts';
import { invalidParameters, noMatchingResults, refusedByNdnc } from '../../exotel/rest-exception.ts';
import type { Answer, ApiRequest, Endpoint } from '../http/endpoint.ts';
import { isVendorRefusal } from '../leave.ts';
import type { Parts } from '../parts.ts';
import type { Switchboard } from '../switchboard.ts';
import { createBridges, nowhere, SECOND_NUMBER } from '../two-numbers.ts';
import type { Wanted } from '../wanted.ts';
import { refused, refusedByUs } from './refusal.ts';

export type CallParts = Pick<Parts, 'clock' | 'records' | 'flows' | 'country' | 'exophones' | 'named' | 'reading' | 'say'> & {
  /** The account's sid. */
  sid: string;
  switchboard: Switchboard;
  /** Our own addresses, `localhost:4010`, under which flows are too. */
  hosts(): readonly string[];
};

const USUAL_RING = ms(30_000);

/** Voice v1: calls are asked for, looked at and listed. */
export function callEndpoints(parts: CallParts): readonly Endpoint[] {
  const connect = createConnect(parts);
  return [
    { method: 'POST', path: 'Calls/connect', limit: 'calls', handle: connect },
    { method: 'GET', path: 'Calls', handle: (asked) => list(parts, asked) },
    { method: 'GET', path: 'Calls/:id', handle: (asked) => one(parts, asked) },
    { method: 'GET', path: 'Calls.json/:id', handle: (asked) => one(parts, asked) },
  ];
}

const wantsDetails = ({ fields }: ApiRequest): boolean => fields.first('details')?.toLowerCase() === 'true';

function createConnect(parts: CallParts): Endpoint['handle'] {
  const { clock, flows, exophones, reading, sid, say, switchboard } = parts;
  const bridge = createBridges();

  const invalid = (says: string): Answer => {
    say({ about: 'request', says: `400 ${maskText(says)}` });
    return refused(invalidParameters);
  };

  async function wantedOf(request: ConnectRequest): Promise<Wanted | string> {
    const { from, exophone, customField, wish, timeLimit, ringFor } = request;
    const common = {
      direction: 'outbound',
      from,
      exophone,
      ...(timeLimit !== undefined && { timeLimit }),
      ...(ringFor !== undefined && { ringFor }),
      ...(customField !== undefined && { customField }),
      ...(wish && { wish }),
    } as const;
    if (request.kind === 'two-numbers') {
      const set = await bridge({ to: request.to, ringFor: ringFor ?? USUAL_RING, record: request.record });
      return { ...common, set, path: 'two-numbers', to: request.to, variables: { [SECOND_NUMBER]: request.to } };
    }
    if (request.kind === 'elsewhere') {
      say({ about: 'request', says: `the call will fail: ${request.says}` });
      return { ...common, set: await nowhere(), path: 'elsewhere', fails: true };
    }
    const flow = await flows.find(request.app);
    if (flow) return { ...common, set: flow.set, path: flow.path, record: request.record };
    const known = (await flows.list()).map(({ app, name }) => `${app} ${name}`).join(', ');
    return `Url: there is no flow with the app id or name "${request.app.slice(0, 60)}"; there are ${known || 'none'}.`;
  }

  return async ({ fields, ...asked }) => {
    const read = readConnect(fields, { country: parts.country, hosts: parts.hosts(), record: reading.recordUnlessTold });
    if (!read.ok) return invalid(read.says);
    const { request } = read;
    if (parts.named && !exophones.some(({ number }) => number === request.exophone))
      return invalid('CallerId is no ExoPhone of this account; the seed names them.');
    const wanted = await wantedOf(request);
    if (typeof wanted === 'string') return invalid(wanted);
    for (const name of [...request.ignored, ...request.unknown])
      say({ about: 'request', says: `${maskText(name.slice(0, 60))} is taken and has no effect here` });
    const placed = await switchboard.place(wanted);
    if (!placed.placed) return refusalAnswer(placed.refusal, placed.number);
    const view = { account: sid, now: clock.now(), lateBy: reading.lateBy, details: wantsDetails({ fields, ...asked }) };
    return { status: 200, body: callResource(placed.record, { ...view, as: 'created' }) };
  };
}

/** What Exotel refuses has its text. */
const refusalAnswer = (refusal: Refusal, number: string): Answer =>
  isVendorRefusal(refusal, { channel: 'voice' }) ? refused(refusedByNdnc(number)) : refusedByUs(refusal);

async function one({ clock, reading, sid, switchboard }: CallParts, asked: ApiRequest): Promise<Answer> {
  const record = await switchboard.find(asked.id);
  if (!record) return refused(noMatchingResults);
  const view = { account: sid, now: clock.now(), lateBy: reading.lateBy, details: wantsDetails(asked) };
  return { status: 200, body: callResource(record, { ...view, as: 'fetched' }) };
}

async function list({ clock, records, reading, sid, country, say, switchboard }: CallParts, asked: ApiRequest): Promise<Answer> {
  const now = clock.now();
  const read = readCallQuery(asked.fields, now, country);
  if (!read.ok) {
    say({ about: 'request', says: `400 ${read.says}` });
    return refused(invalidParameters);
  }
  const { query, details } = read;
  const view = {
    account: sid,
    now,
    lateBy: reading.lateBy,
    details,
    url: asked.url,
    pageSize: query.limit,
  };
  const page = await records.calls.page(query);
  const current = page.records.map((one) => switchboard.standing(one.sid)?.record ?? one);
  return { status: 200, body: callList({ ...page, records: current }, view) };
}
