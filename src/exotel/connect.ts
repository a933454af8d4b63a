import type { CallbackWish } from '../core/call-record.ts';
import type { E164, Ms } from '../core/ids.ts';
import { plainText } from '../core/plain-text.ts';
import type { Fields } from './fields.ts';
import { readFlowUrl } from './flow-url.ts';
import { mayBeNumber, type Reader, readerOf } from './reader.ts';
import { readWish } from './wish.ts';

export type ConnectOptions = {
  /** Two letters; for numbers without a `+`. */
  country: string;
  /** Hosts of ours that a flow's address may have besides Exotel's: `localhost:4010`. */
  hosts: readonly string[];
  /** What a call without `Record` gets: one version of the documents says true, another false. */
  record: boolean;
};

type Common = {
  /** Called first: E.164, or `sip:…`. */
  from: string;
  exophone: E164;
  timeLimit?: Ms;
  /** Of either phone. */
  ringFor?: Ms;
  record: boolean;
  customField?: string;
  wish?: CallbackWish;
  callType?: 'trans' | 'promo';
  /** Parameters that Exotel knows, were given, and are not emulated. */
  ignored: readonly string[];
  /** Parameters that Exotel does not know; it passes them over. The first twenty, safe to show. */
  unknown: readonly string[];
};
export type ConnectRequest = Common &
  (
    | { kind: 'flow'; app: string }
    | { kind: 'two-numbers'; to: string }
    /** `Url` is somebody's own server: Exotel takes it, and the call fails. `says` is a sentence for our log. */
    | { kind: 'elsewhere'; says: string }
  );
/** `says` is for our log, numbers masked; Exotel answers `Invalid Parameters` whatever is wrong. */
export type Connect = { ok: true; request: ConnectRequest } | { ok: false; says: string };

/** `details` is asked for in the address, and is the answer's business. */
const EMULATED = new Set([
  'From',
  'To',
  'CallerId',
  'Url',
  'CallType',
  'TimeLimit',
  'TimeOut',
  'Record',
  'CustomField',
  'StatusCallback',
  'StatusCallbackEvents',
  'StatusCallbackContentType',
  'details',
]);
const NOT_EMULATED = new Set([
  'WaitUrl',
  'RecordingChannels',
  'RecordingFormat',
  'StartPlaybackTo',
  'StartPlaybackToNew',
  'StartPlaybackValue',
  'StartPlaybackValueNew',
  'StreamUrl',
  'StreamType',
  'StreamBegin',
  'StreamName',
]);

/** Longest call that Exotel makes, in seconds; a phone that rings longer than that is not heard of. */
const LONGEST = 14_400;

/** The parameters of `POST Calls/connect`, after https://developer.exotel.com/api/make-a-call-api. */
export function readConnect(fields: Fields, options: ConnectOptions): Connect {
  const read = readerOf(fields);
  const from = read.phone('From', options.country);
  const exophone = read.number('CallerId', options.country);
  const whom = readWhom(read, options);
  const extras = readExtras(read, options);
  if (from === undefined || exophone === undefined || whom === undefined || read.problems.length > 0) {
    return { ok: false, says: read.problems.join(' ') };
  }
  const given = fields.names.filter((name) => read.text(name) !== undefined);
  const ignored = given.filter((name) => NOT_EMULATED.has(name) || (name === 'To' && whom.kind !== 'two-numbers'));
  const strange = given.filter((name) => !EMULATED.has(name) && !NOT_EMULATED.has(name));
  const unknown = strange
    .slice(0, 20)
    .map((name) => (mayBeNumber(name) ? 'a name with a number in it' : plainText(name.slice(0, 60))));
  return { ok: true, request: { from, exophone, ...whom, ...extras, ignored, unknown } };
}

/** A `Url` makes it a call to a flow, whatever `To` says. */
function readWhom(read: Reader, { country, hosts }: ConnectOptions) {
  const url = read.text('Url');
  if (url !== undefined) {
    const flow = readFlowUrl(url, hosts);
    if (!flow.ok && flow.elsewhere) return { kind: 'elsewhere', says: flow.says } as const;
    return flow.ok ? ({ kind: 'flow', app: flow.app } as const) : read.wrong(flow.says);
  }
  if (read.text('To') === undefined) return read.wrong('To or Url is missing: whom or what should From be connected to?');
  const to = read.phone('To', country);
  return to === undefined ? undefined : ({ kind: 'two-numbers', to } as const);
}

function readExtras(read: Reader, { record }: ConnectOptions) {
  const timeLimit = read.seconds('TimeLimit', LONGEST);
  const ringFor = read.seconds('TimeOut', LONGEST);
  const customField = read.text('CustomField');
  const callType = read.oneOf('CallType', ['trans', 'promo']);
  const wish = readWish(read);
  for (const [name, ...words] of CHOICES) read.oneOf(name, words);
  return {
    record: (read.oneOf('Record', ['true', 'false']) ?? String(record)) === 'true',
    ...(timeLimit !== undefined && { timeLimit }),
    ...(ringFor !== undefined && { ringFor }),
    ...(customField !== undefined && { customField }),
    ...(callType !== undefined && { callType }),
    ...(wish !== undefined && { wish }),
  };
}

/** Checked, though not emulated. */
const CHOICES = [
  ['RecordingChannels', 'single', 'dual'],
  ['RecordingFormat', 'mp3', 'mp3-hq'],
  ['StartPlaybackTo', 'callee', 'both'],
  ['StartPlaybackToNew', 'callee', 'both'],
] as const;
