import type { FactSource, NewFact, Without } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';

/** A fact but for its number. `dated`: the file says when it happened. */
export type Like = { fact: Without<NewFact, 'number'>; dated: boolean };

/** Rows that are left out hold what an import does not bring back; those that are refused, a mistake. */
export type ReadLike = { ok: true; like: Like } | { ok: false; why: string; leftOut?: true };

/** Of the file and the person who imports it. */
export type About = { now: Ms; actor: string; file: string; country: string };

export const no = (why: string): ReadLike => ({ ok: false, why });
export const leaveOut = (why: string): ReadLike => ({ ok: false, why, leftOut: true });

export const SOURCES = [
  'key-press',
  'manual',
  'csv',
  'api',
  'sms-stop',
  'sms-start',
  'missed-call',
  'agent',
  'complaint',
  'registry',
  'web',
  'form',
  'call',
  'system',
] as const satisfies readonly FactSource[];

export const isSource = (text: string | undefined): text is FactSource => SOURCES.some((source) => source === text);
