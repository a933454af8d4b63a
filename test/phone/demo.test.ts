import { afterEach, describe, expect, it } from 'vitest';
import { BIN } from '../kit/cli.ts';
import { hasTmux, openScreen, type Screen } from './tmux.ts';

const THERE = hasTmux();
if (!THERE) process.stderr.write('\n!!! SKIPPED: the demo was NOT tried in a terminal, because tmux is not installed here.\n\n');

describe.skipIf(!THERE)('press9 demo in a terminal (needs tmux)', { timeout: 60_000 }, () => {
  let screen: Screen | undefined;

  afterEach(() => {
    screen?.close();
    screen = undefined;
  });

  function demo(columns: number, rows: number): Screen {
    screen = openScreen(columns, rows, [process.execPath, BIN, 'demo']);
    return screen;
  }

  it('rings and is answered by itself; a key takes the phone over, and q leaves it with what to try next', async () => {
    const phone = demo(80, 24);
    await phone.until('RINGING', 'Any key takes over, q quits.');
    await phone.until('IN PROGRESS', 'You read what the caller hears', 'Hello Asha');
    phone.press('9');
    await phone.until('You have the phone now');
    expect(phone.shows()).not.toContain('key 9');
    phone.press('h');
    await phone.until('the caller hung up', 'CALL OVER');
    phone.press('q');
    await phone.until('EXIT 0', 'What to try next:', 'npx press9 init my-project');
    expect(phone.mode()).toEqual({ other: '0', cursor: '1' });
  });

  it('is played on a large screen too, and can be left at once', async () => {
    const phone = demo(140, 40);
    await phone.until('RINGING', 'Any key takes over, q quits.', 'law: ok');
    phone.press('q');
    await phone.until('EXIT 0', 'What to try next:');
  });
});
