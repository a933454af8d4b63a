import type { CallEvent, Logged } from './event.ts';
import { callId } from './ids.ts';
import { isoIst, parseInstant } from './time.ts';

/** An event with its envelope taken apart: one flat object, as it stands in a line of a recording. */
export type FlatEvent = { call: string; seq: number; at: string } & CallEvent;

/** `at` becomes Indian time with milliseconds; the event's own fields follow. */
export const flatten = ({ call, seq, at, e }: Logged): FlatEvent => ({ call, seq, at: isoIst(at), ...e });

type Kind = 'string' | 'number' | 'boolean' | 'object' | 'any';
type Event<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

/** The fields each event must have. */
const FIELDS: { [T in CallEvent['type']]: Record<Exclude<keyof Event<T>, 'type'>, Kind> } = {
  started: { facts: 'object' },
  input: { input: 'object' },
  command: { command: 'object' },
  'timer.set': { timer: 'string', ms: 'number' },
  'timer.fired': { timer: 'string' },
  'applet.entered': { flow: 'string', node: 'string' },
  'applet.left': { flow: 'string', node: 'string', exit: 'string' },
  key: { digit: 'string', was: 'string' },
  'digits.accepted': { digits: 'string' },
  saved: { name: 'string', value: 'string' },
  'goal.reached': { name: 'string' },
  warned: { code: 'string', says: 'string' },
  delivery: { what: 'string', id: 'string', url: 'string', attempt: 'number', result: 'any', ok: 'boolean' },
  ended: { why: 'object' },
};

/** The envelope again, or a sentence on what is wrong with the object. */
export function unflatten(flat: unknown): Logged | string {
  if (!isRecord(flat)) return 'it is not an object';
  const { call, seq, at, ...e } = flat;
  if (typeof call !== 'string' || call === '') return 'it has no "call"';
  if (typeof seq !== 'number' || !Number.isInteger(seq) || seq < 1) return '"seq" must be a whole number from 1';
  const instant = typeof at === 'string' ? parseInstant(at) : undefined;
  if (instant === undefined) return '"at" must be an instant such as 2026-11-22T10:00:00.000+05:30';
  const problem = problemOf(e);
  return problem ?? { call: callId(call), seq, at: instant, e: e as CallEvent };
}

function problemOf(e: Record<string, unknown>): string | undefined {
  const { type } = e;
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) return `"${String(type)}" is no type of event`;
  for (const [name, kind] of Object.entries<Kind>(FIELDS[type as CallEvent['type']])) {
    const value = e[name];
    if (value === undefined) return `a "${type}" must have "${name}"`;
    if (kind === 'object' ? !isRecord(value) : kind !== 'any' && typeof value !== kind)
      return `"${name}" must be of type ${kind}`;
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
