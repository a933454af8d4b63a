import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fromJSONSchema } from 'zod';
import { parseSeed } from '../src/commands/emulator-seed-file.ts';
import { ROOT } from './source-files.ts';

const schema = fromJSONSchema(JSON.parse(readFileSync(join(ROOT, 'schema/seed.schema.json'), 'utf8')));
const guide = readFileSync(join(ROOT, 'docs/emulator.md'), 'utf8');
const example = /```yaml\n(# yaml-language-server: [\s\S]*?)```/.exec(guide)?.[1] ?? '';

describe('the JSON Schema of seeds', () => {
  it('accepts the seed of the guide, as press9 does, with every key', () => {
    expect(schema.safeParse(parse(example)).success).toBe(true);
    const { account, world, exophones, senders } = parseSeed(example, 'seed.yaml', 'IN');
    expect(Object.keys(account)).toEqual(['sid', 'key', 'token', 'company']);
    for (const list of [exophones, senders, ...Object.values(world)]) expect(list).not.toEqual([]);
    const said = new Set(world.people.flatMap((one) => Object.keys(one)));
    expect([...said].toSorted()).toEqual(['circle', 'dnd', 'does', 'keys', 'number', 'operator', 'sms']);
  });

  it.each([
    ['a key that means nothing', 'peeple: []'],
    ['a person without a number', 'people: [{ does: busy }]'],
    ['a sender id with a space', 'senders: ["MY CLINIC"]'],
  ])('refuses %s, as press9 does', (_, text) => {
    expect(schema.safeParse(parse(text)).success).toBe(false);
    expect(() => parseSeed(text, 'seed.yaml', 'IN')).toThrow('seed.yaml:1:');
  });
});
