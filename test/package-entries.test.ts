import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const jsonOf = (path: string): Record<string, unknown> => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

const entries = Object.values(jsonOf('package.json')['exports'] as Record<string, string | { types: string; default: string }>)
  .filter((one) => typeof one === 'object')
  .map((one) => ({ ...one, source: one.default.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts') }));

it('every entry of the package is built, and so are its types', () => {
  const { files } = jsonOf('tsconfig.build.json');
  expect(entries.length).toBeGreaterThan(3);
  expect(entries.map(({ source }) => source).filter((source) => !(files as string[]).includes(source))).toEqual([]);
  const build = readFileSync(join(ROOT, 'scripts/build.ts'), 'utf8');
  for (const { source, types } of entries) {
    expect(build).toContain(`'${source}'`);
    expect(types).toBe(source.replace(/^src\/(.*)\.ts$/, './dist/types/$1.d.ts'));
  }
});
