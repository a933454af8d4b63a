import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemWith } from '../scripts/new-applet.ts';

const repository = join(import.meta.dirname, '..');
let copy = '';

const node = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const tool = (path: string, ...args: string[]) => node(join('node_modules', path), ...args);

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'press9-new-applet-'));
  for (const part of ['src', 'scripts', 'package.json', 'tsconfig.json', 'biome.json', '.gitignore']) {
    cpSync(join(repository, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new-applet', () => {
  test('a new applet is listed, compiles, is formatted, and passes its own test', { timeout: 120_000 }, () => {
    expect(node('scripts/new-applet.ts', 'callback')).toMatchObject({ status: 0 });

    const list = readFileSync(join(copy, 'src/applets/index.ts'), 'utf8');
    expect(list).toContain("import callback from './callback/index.ts';");
    expect(readFileSync(join(copy, 'src/applets/callback/index.ts'), 'utf8')).toContain("element: 'Callback'");

    writeFileSync(
      join(copy, 'tsconfig.applets.json'),
      '{ "extends": "./tsconfig.json", "include": ["src/applets/index.ts", "src/applets/callback"] }',
    );
    expect(tool('typescript/bin/tsc', '-p', 'tsconfig.applets.json')).toEqual({ status: 0, said: '' });
    expect(tool('@biomejs/biome/bin/biome', 'check', 'src/applets/callback', 'src/applets/index.ts')).toMatchObject({
      status: 0,
    });
    const tested = tool('vitest/vitest.mjs', 'run', 'src/applets/callback');
    expect(tested.said).toMatch(/3 passed/);
    expect(tested.status).toBe(0);
  });

  test('a name that exists already changes nothing', () => {
    const before = readFileSync(join(copy, 'src/applets/sms/index.ts'), 'utf8');
    const refused = node('scripts/new-applet.ts', 'sms');
    expect(refused.status).toBe(2);
    expect(refused.said).toContain('There is an applet "sms" already');
    expect(readFileSync(join(copy, 'src/applets/sms/index.ts'), 'utf8')).toBe(before);
  });

  test.each([
    ['nothing', ''],
    ['a capital', 'Callback'],
    ['a hyphen, which no import can have', 'call-back'],
    ['a way out of the folder', '../callback'],
    ['an element of another applet', 'ivrmenu'],
    ['a child element of another applet', 'whisper'],
    ['an element of the language', 'say'],
    ['a word of TypeScript', 'switch'],
    ['a word that modules reserve', 'await'],
  ])('refuses %s: "%s"', (_, name) => {
    expect(problemWith(name)).toContain(`"${name}"`);
  });

  test('has nothing against a good name', () => {
    expect(problemWith('callback2')).toBeUndefined();
  });
});
