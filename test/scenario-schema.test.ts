import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fromJSONSchema } from 'zod';
import { ROOT } from './source-files.ts';

const schema = fromJSONSchema(JSON.parse(readFileSync(join(ROOT, 'schema/scenario.schema.json'), 'utf8')));
const scenarios = readdirSync(join(ROOT, 'flows'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  /scenarios\/.*\.yaml$/.test(path),
);

describe('the JSON Schema of scenarios', () => {
  it('accepts every example, columns of each included', () => {
    expect(scenarios.length).toBeGreaterThan(50);
    const refused = scenarios.filter(
      (path) => !schema.safeParse(parse(readFileSync(join(ROOT, 'flows', path), 'utf8')) ?? {}).success,
    );
    expect(refused).toEqual([]);
  });

  it.each([
    ['a key that means nothing', 'expct: {}'],
    ['a step that means nothing', 'steps: [{ presss: 9 }]'],
    ['a word from no list', 'expect: { status: done }'],
    ['a rule without an address', 'world: { http: [{ status: 200 }] }'],
  ])('refuses %s', (_, text) => expect(schema.safeParse(parse(text)).success).toBe(false));
});
