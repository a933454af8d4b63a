import { parseObject } from '../adapters/csv-own.ts';
import type { Consent, NewFact, Preference, Without } from '../core/facts.ts';
import { callId } from '../core/ids.ts';
import { isDigit } from '../core/input.ts';
import { parseInstant } from '../core/time.ts';
import type { Texts } from './dnc-import-fields.ts';
import { type About, isSource, leaveOut, no, type ReadLike } from './dnc-import-like.ts';

type Common = Omit<Without<Extract<NewFact, { kind: 'listing' }>, 'number'>, 'kind' | 'preference'>;

const SCOPES = ['all', 'campaign', 'voice', 'sms'] as const;

/** A row of an export of press9, as it was recorded. What was lifted, and what lifted it, stays where it was. */
export function readOwn(texts: Texts, { now }: About): ReadLike {
  const { kind, standing } = texts;
  if (kind !== 'opt-out' && kind !== 'listing' && kind !== 'consent') return leaveOut(`it is history: ${kind || 'no kind'}`);
  if (standing === 'lifted' || standing === 'expired') return leaveOut(`it is history: ${standing}`);
  const common = readCommon(texts);
  if (typeof common === 'string') return no(common);
  if (common.expiresAt !== undefined && common.expiresAt <= now) return leaveOut('it has expired');
  if (kind === 'opt-out') return { ok: true, like: { fact: { ...common, kind }, dated: true } };
  const detail = parseObject(texts.detail ?? '');
  if (kind === 'listing' && isPreference(detail?.['preference']))
    return { ok: true, like: { fact: { ...common, kind, preference: detail['preference'] }, dated: true } };
  if (kind === 'consent' && isConsent(detail?.['consent']))
    return { ok: true, like: { fact: { ...common, kind, consent: detail['consent'] }, dated: true } };
  return no('its detail is not what an export writes');
}

function readCommon(texts: Texts): Common | string {
  const { source, campaign, reason, evidence, actor = '', call, flow, node, key } = texts;
  const scope = SCOPES.find((one) => one === texts.scope);
  const at = parseInstant(texts.date ?? '');
  const expiresAt = texts.expires === undefined ? undefined : parseInstant(texts.expires);
  if (!scope) return `"${texts.scope ?? ''}" is no scope`;
  if (!isSource(source)) return `"${source ?? ''}" is no source`;
  if (at === undefined) return `"${texts.date ?? ''}" is no date`;
  if (texts.expires !== undefined && expiresAt === undefined) return `"${texts.expires}" is no date`;
  if (scope === 'campaign' && campaign === undefined) return 'its scope is a campaign, and none is named';
  return {
    scope,
    source,
    at,
    actor,
    ...(campaign !== undefined && { campaign }),
    ...(reason !== undefined && { reason }),
    ...(evidence !== undefined && { evidence }),
    ...(call !== undefined && { call: callId(call) }),
    ...(flow !== undefined && { flow }),
    ...(node !== undefined && { node }),
    ...(key !== undefined && isDigit(key) && { key }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isPreference(value: unknown): value is Preference {
  if (!isObject(value) || !['full', 'promo', 'categories', 'none'].includes(String(value['block']))) return false;
  return ['categories', 'modes', 'days', 'bandsOff', 'bandsOn'].every((field) => Array.isArray(value[field]));
}

const isConsent = (value: unknown): value is Consent =>
  isObject(value) && ['explicit', 'inquiry', 'contract'].includes(String(value['basis']));
