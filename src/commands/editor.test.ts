import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editAt } from './editor.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-editor-'));
  mkdirSync(join(cwd, 'bin'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** A program that writes down what it was called with. */
function install(name: string, more = ''): void {
  const path = join(cwd, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n{ echo ${name}; for arg in "$@"; do echo "$arg"; done; } > "$TOLD"\n${more}`);
  chmodSync(path, 0o755);
}
const told = () => readFileSync(join(cwd, 'told'), 'utf8').replaceAll(cwd, 'CWD').trim().split('\n');
const open = (env: Record<string, string>, file = 'flow.xml') =>
  editAt(
    { cwd, env: { PATH: `${join(cwd, 'bin')}:/bin:/usr/bin`, TOLD: join(cwd, 'told'), ...env } },
    { file, line: 7, column: 3 },
  );

describe('the editor', () => {
  it.each([
    ['vim', ['vim', '+7', 'CWD/flow.xml']],
    ['nano -w', ['nano', '-w', '+7', 'CWD/flow.xml']],
    ['code', ['code', '--wait', '--goto', 'CWD/flow.xml:7:3']],
    ['code --wait --new-window', ['code', '--wait', '--new-window', '--goto', 'CWD/flow.xml:7:3']],
    ['codium -w', ['codium', '-w', '--goto', 'CWD/flow.xml:7:3']],
    ['subl', ['subl', '--wait', 'CWD/flow.xml:7:3']],
    ['gvim', ['gvim', '-f', '+7', 'CWD/flow.xml']],
    ['something', ['something', 'CWD/flow.xml']],
  ])('is told of the place as it wants to be: %s', async (editor, words) => {
    install(words[0] ?? '');
    expect(await open({ EDITOR: editor })).toBeUndefined();
    expect(told()).toEqual(words);
  });

  it('is $VISUAL before $EDITOR, and may stand in quotes', async () => {
    install('my vim');
    expect(await open({ VISUAL: `"${join(cwd, 'bin/my vim')}" -c 'set number'`, EDITOR: 'nano' })).toBeUndefined();
    expect(told()).toEqual(['my vim', '-c', 'set number', 'CWD/flow.xml']);
  });

  it('gets a strange file name as one word, and no shell reads it', async () => {
    install('vim');
    await open({ EDITOR: 'vim' }, '-c $(touch oops); "a" b.xml');
    expect(told()).toEqual(['vim', '+7', 'CWD/-c $(touch oops); "a" b.xml']);
  });

  it('is one that is installed when none is named', async () => {
    install('nano');
    expect(await open({ PATH: join(cwd, 'bin'), EDITOR: ' ' })).toBeUndefined();
    expect(told()).toEqual(['nano', '+7', 'CWD/flow.xml']);
  });

  it('is asked for when there is none', async () => {
    expect(await open({ PATH: join(cwd, 'bin') })).toMatch(/^There is no editor to open: .*export EDITOR=nano/);
  });

  it('that is not there, or fails, is told', async () => {
    expect(await open({ VISUAL: 'vmi -x' })).toMatch(/^The editor "vmi" of \$VISUAL cannot be started: there is no such program/);
    install('vim', 'exit 3');
    expect(await open({ EDITOR: 'vim' })).toBe('The editor vim ended with exit code 3.');
    install('nano', 'kill -TERM $$');
    expect(await open({ EDITOR: 'nano' })).toBe('The editor nano was ended by SIGTERM.');
  });

  it('has Ctrl-C to itself while it is open', async () => {
    let heard = 0;
    const listen = () => heard++;
    process.on('SIGINT', listen);
    install('vim', `kill -INT ${process.pid}`);
    expect(await open({ EDITOR: 'vim' })).toBeUndefined();
    expect([heard, process.listeners('SIGINT').includes(listen)]).toEqual([0, true]);
    process.off('SIGINT', listen);
  });
});
