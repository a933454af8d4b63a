import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BIN, press9 } from '../kit/cli.ts';
import { sameFrame } from './frames.ts';
import { hasTmux, openScreen, type Screen } from './tmux.ts';

/** One sitting in front of the phone, in a terminal of each size. */
describe.skipIf(!hasTmux())('a sitting at the phone (needs tmux)', { timeout: 120_000 }, () => {
  let folder: string;
  let phone: Screen;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'press9-sitting-'));
    copyFileSync(join(import.meta.dirname, 'fixtures/clinic.xml'), join(folder, 'flow.xml'));
  });
  afterEach(() => {
    phone.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  function open(columns: number, rows: number): Screen {
    const call = ['--to', '9876543210', '--set', 'name=Asha', '--at', '2026-11-22T10:00', '--seed', '7', '--store', 'dnc.db'];
    return openScreen(columns, rows, ['env', '-C', folder, process.execPath, BIN, 'run', 'flow.xml', ...call]);
  }

  /** Steps back until a moment shows a text. */
  async function backTo(text: string): Promise<void> {
    for (let steps = 0; steps < 40 && !phone.shows().includes(text); steps++) {
      const before = phone.shows();
      phone.press('[');
      await phone.changed(before);
    }
    await phone.until(text);
  }

  it.each([
    [60, 20],
    [80, 24],
    [140, 40],
  ])('%ix%i: a wrong key, 9, back, another key, a server that fails, an edited flow, a saved scenario', async (columns, rows) => {
    const same = (name: string) => sameFrame(phone, `${name}-${columns}x${rows}`);
    phone = open(columns, rows);
    await phone.until('[a] answer');
    phone.press('a', '+', '+', '+');
    await phone.until('your turn');
    phone.press('5');
    await phone.until('not offered');
    await phone.until('your turn', '2/3');
    phone.press('9');
    await phone.until('COMPLETED', 'bye');
    await same('sitting-opted-out');

    await backTo('your turn');
    await same('sitting-past');
    phone.press('1');
    await phone.until('SIMULATION', 'What does', 'ask');
    await same('sitting-question');
    phone.press('2'); // a time-out takes as long on every machine
    await phone.until('COMPLETED', 'hung up at bye');
    await same('sitting-fork');

    writeFileSync(join(folder, 'flow.xml'), '<Flow name="clinic" start="welcome" class="service-implicit">');
    await phone.until('flow.xml:1');
    await same('sitting-broken-flow');
    const text = readFileSync(join(import.meta.dirname, 'fixtures/clinic.xml'), 'utf8');
    writeFileSync(join(folder, 'flow.xml'), text.replace('We cannot look it up now', 'Please call us'));
    await phone.until('Please call us');
    await same('sitting-edited-flow');
    phone.press('Escape');
    await phone.until('edited flow');
    await same('sitting-after-the-edit');

    phone.press('s');
    await phone.until('.yaml');
    await same('sitting-save');
    phone.press('C-u');
    for (const key of 'from-the-phone.yaml') phone.press(key);
    phone.press('Enter');
    await phone.until('press9 test');
    phone.press('q');
    await phone.until('EXIT 0', 'icanon', 'echo');
    expect(phone.mode()).toEqual({ other: '0', cursor: '1' });

    const tested = await press9(['test', 'from-the-phone.yaml'], { cwd: folder });
    expect(tested.out).toContain('1 passed');
    expect(tested.code).toBe(0);
    const listed = await press9(['dnc', 'list', '--history', '--json', '--store', 'dnc.db'], { cwd: folder });
    expect(JSON.parse(listed.out).facts).toMatchObject([
      { kind: 'opt-out', source: 'key-press', key: '9' },
      { kind: 'contacted' },
    ]);
  });
});
