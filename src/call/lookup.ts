import type { Ms } from '../core/ids.ts';
import type { Stage } from '../core/stage.ts';
import type { CallState } from './state.ts';
import type { Lookup } from './template.ts';

type Json = Readonly<Record<string, unknown>>;
const parsed = new WeakMap<object, Json | undefined>();

/** The JSON object that an answer's body holds, if it holds one. */
export function jsonOf(answer: { body: string } | undefined): Json | undefined {
  if (!answer) return undefined;
  if (parsed.has(answer)) return parsed.get(answer);
  let value: unknown;
  try {
    value = JSON.parse(answer.body);
  } catch {
    value = undefined;
  }
  const json = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  parsed.set(answer, json);
  return json;
}

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const own = (record: Json | undefined, name: string): string | undefined =>
  record && Object.hasOwn(record, name) ? asText(record[name]) : undefined;

/**
 * Where `{{name}}` is looked up: saved variables, then the last Passthru answer (`passthru.body`, `passthru.status`,
 * `passthru.field`, or the field alone), then what the call itself knows, then the contact's row.
 */
export const lookupIn =
  (state: CallState): Lookup =>
  (name) =>
    own(state.variables, name) ?? fromAnswer(state, name) ?? fromCall(state, name) ?? own(state.facts.contact, name);

function fromAnswer({ kept }: CallState, name: string): string | undefined {
  if (!kept) return undefined;
  if (name === 'passthru.body') return kept.body;
  if (name === 'passthru.status') return String(kept.status);
  return own(jsonOf(kept), name.startsWith('passthru.') ? name.slice('passthru.'.length) : name);
}

/** The names every call has; `check` knows them too. */
export const CALL_VARIABLES = ['CustomField', 'CallSid', 'From', 'To', 'digits', 'language'] as const;

function fromCall(state: CallState, name: string): string | undefined {
  const { facts, digits } = state;
  switch (name as (typeof CALL_VARIABLES)[number]) {
    case 'CustomField':
      return facts.customField;
    case 'CallSid':
      return facts.call;
    case 'From':
      return facts.customer;
    case 'To':
      return facts.exophone;
    case 'digits':
      return digits;
    case 'language':
      return languageOf(state);
    default:
      return undefined;
  }
}

/** The language the caller hears: the variable `language` once a key has set it, else the flow's. */
export const languageOf = (state: CallState): string => own(state.variables, 'language') ?? state.flow.language;

/** What the vendor's parameters are made of. */
export function stageOf(state: CallState, now: Ms): Stage {
  const { facts, startedAt, answeredAt, legs, digits, connected, recorded } = state;
  return {
    facts,
    startedAt,
    now,
    legs,
    connected,
    ...(answeredAt !== undefined && { answeredAt }),
    ...(digits !== undefined && { digits }),
    ...(recorded && { recorded }),
  };
}
