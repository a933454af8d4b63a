import type { CallbackWish } from '../core/call-record.ts';
import type { Field } from './callback.ts';

export type Encoding = CallbackWish['encoding'];
export type Encoded = { contentType: string; body: string };

/** A status callback as it goes over the wire. Multipart is Exotel's default; names stay flattened there, JSON nests `Legs`. */
export function encodeCallback(fields: readonly Field[], as: Encoding = 'multipart/form-data'): Encoded {
  return as === 'application/json' ? json(fields) : multipart(fields);
}

/** The boundary comes from the CallSid, so that the same call is written the same way. */
function multipart(fields: readonly Field[]): Encoded {
  const boundary = boundaryFor(fields);
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  );
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` };
}

/** As browsers do it: a name must not end its own quotes or line. */
const quoted = (name: string): string => name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

function boundaryFor(fields: readonly Field[]): string {
  const sid = fields.find(([name]) => name === 'CallSid')?.[1].replace(/[^0-9a-z]/gi, '') ?? '';
  const stem = `----press9-${sid.slice(0, 40)}`;
  for (let n = 0; ; n++) {
    const boundary = n === 0 ? stem : `${stem}-${n}`;
    if (!fields.some(([name, value]) => value.includes(boundary) || name.includes(boundary))) return boundary;
  }
}

const NUMBERS = new Set(['OnCallDuration', 'ConversationDuration']);

function json(fields: readonly Field[]): Encoded {
  const flat: [string, unknown][] = [];
  const legs: Record<string, unknown>[] = [];
  for (const [name, value] of fields) {
    const leg = /^Legs\[(\d{1,3})\]\[(\w+)\]$/.exec(name);
    if (leg === null) flat.push([name, NUMBERS.has(name) ? Number(value) : value]);
    else legs[Number(leg[1])] = { ...legs[Number(leg[1])], [leg[2] ?? '']: legValue(leg[2] ?? '', value) };
  }
  const whole = Object.fromEntries(legs.length > 0 ? [...flat, ['Legs', legs]] : flat);
  return { contentType: 'application/json', body: JSON.stringify(whole) };
}

/** A leg that was never there has the status null. */
function legValue(name: string, value: string): unknown {
  if (NUMBERS.has(name)) return Number(value);
  return name === 'Status' && value === '' ? null : value;
}
