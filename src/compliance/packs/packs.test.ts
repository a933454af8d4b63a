import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { US } from '../../../test/kit/us-pack.ts';
import { isoDay } from '../../core/time.ts';
import { PROFILES } from '../profiles.ts';
import { rowOf } from '../rules/index.ts';
import { ALWAYS, type RuleData, type RulePack } from './pack.ts';

const packs: readonly RulePack[] = PROFILES['IN-EXOTEL'].packs;
const rules: readonly RuleData[] = packs.flatMap((pack) => pack.rules);
const page = readFileSync(new URL('../../../docs/compliance.md', import.meta.url), 'utf8');

/** The line of a rule in the rule book for people. */
function row({ id, classes, from, until, source, says, doubt, advice }: RuleData): string {
  const first = from === ALWAYS ? 'always' : `from ${from}`;
  const when = until === undefined ? first : `${first}, before ${until}`;
  const title = 'url' in source && source.url ? `[${source.title}](${source.url})` : source.title;
  const text = [says, doubt && `*Doubt:* ${doubt}`, advice && '*Only warns.*'].filter(Boolean).join('. ').replace(/\.$/, '');
  return `| \`${id}\` | ${classes?.join(' ') ?? 'all'} | ${when} | ${source.grade} | ${text}. | ${title} |`;
}

describe('the rule packs', () => {
  it('name every rule once, in days that exist', () => {
    const ids = [...rules, ...packs.flatMap((pack) => [...pack.deadlines, ...pack.penalties])].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, from, until } of rules) {
      for (const day of [from, until]) if (day !== undefined && day !== ALWAYS) expect(isoDay(day), id).toBe(day);
      if (until !== undefined) expect(until > from, id).toBe(true);
    }
  });

  it('say each rule in one sentence without an end, so that others can go on', () => {
    for (const { id, says } of [...rules, ...US.packs.flatMap((pack) => pack.rules)]) expect(says, id).toMatch(/^\S.*[^.\s]$/);
  });

  it('have a place for every kind of rule in the order of telling', () => {
    for (const { id, check } of rules) expect(rowOf(check), id).toBeGreaterThanOrEqual(0);
  });

  it('leave out and soften only rules that there are', () => {
    const { advice, leftOut } = PROFILES['IN-TCCCPR'];
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...advice, ...leftOut]));
  });
});

describe('the rule book for people', () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))('has %s as it is, with its source, grade and days', (_, rule) => {
    expect(page).toContain(row(rule));
  });

  it('has every deadline and every penalty, with source and grade', () => {
    for (const pack of packs) {
      for (const { id, source, says } of pack.deadlines) expect(page).toContain(`| \`${id}\` | ${source.grade} | ${says} |`);
      for (const { id, source, steps } of pack.penalties) {
        expect(page).toContain(`| \`${id}\` | ${source.grade} |`);
        for (const step of steps) expect(page).toContain(step.says);
      }
    }
  });
});
