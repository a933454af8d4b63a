import { tellScope } from '../compliance/tell.ts';
import type { AuditEntry } from '../core/audit.ts';
import type { Fact } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import { maskText } from '../core/phone.ts';
import { isoIst, plainIst } from '../core/time.ts';
import { maskSubject } from './dnc-list.ts';

/** An entry as `--json` prints it. */
export const auditJson = ({ body, ...entry }: AuditEntry): Record<string, unknown> => ({
  ...entry,
  at: isoIst(entry.at),
  recordedAt: isoIst(entry.recordedAt),
  body: readBody(body),
});

/** Number, when, who, what, whom, how. Phone numbers are masked. */
export const auditRow = (entry: AuditEntry): readonly string[] => [
  String(entry.seq),
  `${plainIst(entry.recordedAt)} IST`,
  entry.actor,
  entry.action,
  entry.number === undefined ? (entry.who === undefined ? '' : 'erased') : maskSubject(entry.number),
  [...tellBody(readBody(entry.body)), entry.note && maskText(entry.note)].filter(Boolean).join('; '),
];

type Body = Readonly<Record<string, unknown>>;

function readBody(body: string): Body {
  try {
    return Object(JSON.parse(body)) as Body;
  } catch {
    return { unreadable: body };
  }
}

type Told = readonly [field: string, tell: (value: never, body: Body) => string];

const TOLD: readonly Told[] = [
  ['verdict', (verdict: string) => verdict.toUpperCase()],
  ['reasons', (reasons: readonly Reason[]) => codes(reasons)],
  ['warnings', (warnings: readonly Reason[]) => `warned: ${codes(warnings)}`],
  ['until', (until: number) => `until ${plainIst(until as Ms)} IST`],
  [
    'scope',
    (scope: Fact['scope'], { campaign, channel }) =>
      channel === undefined ? tellScope({ scope, ...(typeof campaign === 'string' && { campaign }) }) : '',
  ],
  ['channel', (channel: string, body) => [channel, body['class'], body['mode']].filter(Boolean).join(' ')],
  ['campaign', (campaign: string, { scope }) => (scope === undefined ? `campaign ${campaign}` : '')],
  [
    'source',
    (source: string, { key, channel }) => (key !== undefined ? `pressed ${String(key)}` : channel === undefined ? source : ''),
  ],
  ['expiresAt', (at: number) => `until ${plainIst(ms(at))} IST`],
  ['basis', (basis: string, { purpose }) => [basis, purpose && `for ${String(purpose)}`].filter(Boolean).join(' ')],
  ['count', (count: number) => `${count} at once`],
  ['facts', (facts: number) => `${facts} facts`],
  ['entries', (entries: number) => `${entries} entries`],
  ['posts', (posts: number) => `${posts} posts`],
  ['file', (file: string) => `file ${file}`],
  ['call', (call: string) => `call ${call}`],
  ['flow', (flow: string) => `flow ${flow}`],
];

type Reason = { code: string; rule?: string };

const codes = (reasons: readonly Reason[]): string =>
  reasons.map(({ code, rule }) => (rule === undefined ? code : `${code} (${rule})`)).join(', ');

/** What a changed entry holds may not be what it should be: it is shown as it is. */
function tellBody(body: Body): readonly string[] {
  return TOLD.flatMap(([field, tell]) => {
    const value = body[field];
    if (value === undefined) return [];
    try {
      return tell(value as never, body) || [];
    } catch {
      return [`${field} ${JSON.stringify(value)}`];
    }
  });
}
