import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/source-files.ts';
import { type NumberEvent, type NumberSnapshot, newNumber, numberAfter } from './whitelist.ts';

const through = (...events: NumberEvent[]): NumberSnapshot =>
  events.reduce((snapshot, event) => numberAfter(snapshot, event).to, newNumber());

const POST: NumberEvent = { type: 'POST', at: 1, until: 9, renews: false, lifts: false };
const ASKING: NumberEvent = { type: 'POST_ASKING', at: 1, quiet: false, lifts: false };

/** As many as it takes to see every way out of every state. */
const STATES: Readonly<Record<string, NumberSnapshot>> = {
  neutral: through(),
  pending: through(ASKING),
  'whitelist (API)': through(POST),
  'whitelist (customer)': through({ type: 'INBOUND', until: 5 }),
  'whitelist (agent)': through({ type: 'AGENT_ADDED' }),
  blacklist: through({ type: 'STOP' }),
};

const EVENTS: readonly (readonly [says: string, event: NumberEvent])[] = [
  ['the company adds it', { ...POST, at: 3, until: 11 }],
  ['… again, in the last days of its time', { ...POST, at: 3, until: 11, renews: true }],
  ['… where that lifts an unsubscription (A4)', { ...POST, at: 3, until: 11, lifts: true }],
  ['the company adds it, and must ask', { ...ASKING, at: 3 }],
  ['… again, too soon', { ...ASKING, at: 3, quiet: true }],
  ['… where that lifts an unsubscription (A4)', { ...ASKING, at: 3, lifts: true }],
  ['missed call: no', { type: 'SAID_NO' }],
  ['missed call: yes', { type: 'SAID_YES', until: 11 }],
  ['calls or writes to the company', { type: 'INBOUND', until: 8 }],
  ['answers STOP', { type: 'STOP' }],
  ['the company deletes it', { type: 'DELETE', keepsInbound: false }],
  ['… where that leaves its own call (A9)', { type: 'DELETE', keepsInbound: true }],
  ['becomes an agent', { type: 'AGENT_ADDED' }],
  ['is an agent no more', { type: 'AGENT_REMOVED' }],
  ['an administrator unblocks it', { type: 'UNBLOCK' }],
  ['the account flips (A1)', { type: 'FLIPPED' }],
  ['its time is over', { type: 'TIME', at: 10, unanswered: true }],
];

const OUTCOMES = { asked: 'SMS', unsubscribed: 'counted' } as const;

function cell(before: NumberSnapshot, event: NumberEvent): string {
  const { to, outcomes } = numberAfter(before, event);
  const grounds = Object.keys(to.context.grounds).map((ground) => (ground === 'api' ? 'API' : ground));
  const changed = to.value !== before.value || JSON.stringify(to.context.grounds) !== JSON.stringify(before.context.grounds);
  const state = changed ? `**${to.value}**${grounds.length > 0 ? ` (${grounds.join(', ')})` : ''}` : '';
  const came = outcomes.map((one) => (one.type === 'asked' || one.type === 'unsubscribed' ? OUTCOMES[one.type] : one.type));
  return [state, ...came].filter(Boolean).join(', ');
}

function table(): string {
  let base: readonly string[] = [];
  const rows = EVENTS.map(([says, event]) => {
    const cells = Object.values(STATES).map((state) => cell(state, event));
    if (says.startsWith('…')) return [says, ...cells.map((text, i) => (text === base[i] ? 'same' : text))];
    base = cells;
    return [says, ...cells];
  });
  const head = ['', ...Object.keys(STATES)];
  return [head, head.map(() => '---'), ...rows].map((line) => `| ${line.join(' | ')} |\n`).join('');
}

describe('the table of transitions', () => {
  it('in docs/whitelist.md is that of the machine', () => {
    expect(readFileSync(join(ROOT, 'docs/whitelist.md'), 'utf8')).toContain(table());
  });
});
