import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide } from '../src/compliance/decide.ts';
import type { Policy } from '../src/compliance/policy.ts';
import { NO_PREFERENCE } from '../src/compliance/preference.ts';
import { PROFILES, type ProfileName } from '../src/compliance/profiles.ts';
import { CLASS_NAMES } from '../src/compliance/tell.ts';
import { standingIn } from '../src/compliance/whitelist-number.ts';
import { WHITELIST_SWITCHES } from '../src/compliance/whitelist-switches.ts';
import type { CallClass } from '../src/core/event.ts';
import type { Contact, Fact, Verdict } from '../src/core/facts.ts';
import { e164, type Ms, ms } from '../src/core/ids.ts';
import { parseInstant, plainIst } from '../src/core/time.ts';
import { readFlow } from '../src/flow/read-xml.ts';

const ROOT = join(import.meta.dirname, '..');
const NUMBER = e164('+919876543210');
const DAY = '2026-11-23';
const TIMES = ['08:59', '09:00', '20:59', '21:00'] as const;

const instant = (text: string): Ms => parseInstant(text) as Ms;
const base = (at: string) =>
  ({ id: at, number: NUMBER, scope: 'all', at: instant(at), recordedAt: instant(at), actor: 'table' }) as const;

const LEAVE: Fact = { ...base('2026-11-20'), kind: 'consent', source: 'web', consent: { basis: 'explicit' } };
const REGISTERED: Fact = {
  ...base('2026-11-01'),
  kind: 'listing',
  source: 'registry',
  preference: { ...NO_PREFERENCE, block: 'full' },
};
const CALLED_US: Fact = { ...base('2026-11-10'), kind: 'inbound', source: 'call', channel: 'voice' };

type Row = { flow: string; class: CallClass; facts: readonly Fact[] };

/** The example flows; of classes that need leave also with leave given. */
function rows(): readonly Row[] {
  const names = readdirSync(join(ROOT, 'flows'), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  return names.toSorted().flatMap((name): readonly Row[] => {
    const read = readFlow(readFileSync(join(ROOT, 'flows', name, 'flow.xml')), name);
    if (!read.ok) throw new Error(`flows/${name} cannot be read`);
    const { class: kind } = read.flow;
    const bare = { flow: name, class: kind, facts: [] };
    return kind === 'P' || kind === 'SE' ? [bare, { ...bare, flow: `${name}, with leave`, facts: [LEAVE] }] : [bare];
  });
}

/** A transactional call answers a transaction of five minutes before. */
const contactOf = (kind: CallClass, at: Ms): Contact => ({
  number: NUMBER,
  channel: 'voice',
  class: kind,
  ...(kind === 'T' && { transactionAt: ms(at - 300_000) }),
});

function cell(row: Row, known: readonly Fact[], at: Ms, policy: Policy): string {
  const verdict = decide(contactOf(row.class, at), [...row.facts, ...known], at, policy);
  const told = verdict.verdict === 'allow' ? [verdict.ground] : verdict.reasons;
  const warned = verdict.warnings.length > 0 ? ', warned' : '';
  return `${word(verdict)} ${told.map(({ code }) => `\`${code}\``).join(' ')}${warned}`;
}

const word = (verdict: Verdict): string =>
  verdict.verdict === 'defer'
    ? `defer to ${plainIst(verdict.nextAllowedAt)
        .slice(8, 16)
        .replace(/^(\d+) /, '$1 Nov ')}`
    : verdict.verdict;

function table(profile: ProfileName, known: readonly Fact[]): string {
  const policy: Policy = { profile: PROFILES[profile], strict: false, whitelist: standingIn(WHITELIST_SWITCHES) };
  const lines = rows().map((row) => {
    const cells = TIMES.map((time) => cell(row, known, instant(`${DAY}T${time}`), policy));
    return `| ${row.flow} | ${row.class} | ${cells.join(' | ')} |`;
  });
  return [`| Flow | Class | ${TIMES.join(' | ')} |`, '|---|---|---|---|---|---|', ...lines].join('\n');
}

const PEOPLE: readonly (readonly [title: string, known: readonly Fact[]])[] = [
  ['A number that is not on the register', []],
  ['A DND number (FULLY BLOCK since 1 November), not whitelisted', [REGISTERED]],
  ['A DND number, whitelisted: it called the ExoPhone on 10 November', [REGISTERED, CALLED_US]],
];

const chapter = (profile: ProfileName, people = PEOPLE): string =>
  people.map(([title, known]) => `### ${title}\n\n${table(profile, known)}`).join('\n\n');

const classes = Object.entries(CLASS_NAMES)
  .map(([kind, name]) => `${kind} ${name}`)
  .join(', ');

/** The text of docs/may-table.md. */
export const mayTable = (): string => `<!-- Written by scripts/generate.ts. Do not edit: npm run generate. -->

# May each example call, and when?

What \`press9 may NUMBER --flow flows/NAME --at ${DAY}T09:00\` says of every example flow, on a Monday, Indian time. [may.md](may.md) tells
the command, [compliance.md](compliance.md) the rules and their codes.

- Classes: ${classes}.
- A transactional call answers a transaction of five minutes before (\`--transaction-at\`).
- *With leave*: explicit leave of 20 November is on record.
- *Warned*: warnings come with the verdict.

## India, through Exotel (\`IN-EXOTEL\`, the usual profile)

${chapter('IN-EXOTEL')}

## By the regulation alone (\`IN-TCCCPR\`)

It knows no whitelist: what a whitelisted number gets, the others get too.

${chapter('IN-TCCCPR', PEOPLE.slice(0, 2))}
`;
