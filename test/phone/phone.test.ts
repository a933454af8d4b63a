import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { columns } from '../../src/tui/width.ts';
import { BIN } from '../kit/cli.ts';
import { sameFrame as same } from './frames.ts';
import { hasTmux, openScreen, type Screen } from './tmux.ts';

const THERE = hasTmux();
if (!THERE) process.stderr.write('\n!!! SKIPPED: the phone was NOT tried in a terminal, because tmux is not installed here.\n\n');

const REMINDER = 'flows/appointment-reminder/flow.xml';

/** In which cells of the terminal the line between the panes stands. */
const borders = (rows: readonly string[]): ReadonlySet<number> =>
  new Set(rows.map((row) => columns(row.slice(0, row.indexOf('│')))));

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A flow with something in it that is different. */
function altered(flow: string, was: string, is: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'press9-altered-'));
  folders.push(folder);
  const text = readFileSync(flow, 'utf8');
  expect(text).toContain(was);
  const path = join(folder, 'flow.xml');
  writeFileSync(path, text.replace(was, is));
  return path;
}

/** With 10,000 characters more in its second text. */
const longer = (flow: string): string => altered(flow, '{{evil}}', `{{evil}} ${'लंबा 👨‍👩‍👧 مرحبا word '.repeat(500)}`);

/** Its menu waits long enough for a test on a busy machine. */
const patient = (flow: string): string => altered(flow, 'timeout="5s"', 'timeout="90s"');

describe.skipIf(!THERE)('press9 run in a terminal (needs tmux)', { timeout: 60_000 }, () => {
  let screen: Screen | undefined;

  afterEach(() => {
    screen?.close();
    screen = undefined;
  });

  function run(columns: number, rows: number, flow = patient(REMINDER), more: readonly string[] = []): Screen {
    const options = ['--to', '9876543210', '--set', 'name=Asha', '--at', '2026-11-22T10:00', '--seed', '7', '--store', 'memory:'];
    const answer = ['--answer', 'POST https://clinic.example/optouts => 200 ok'];
    screen = openScreen(columns, rows, [process.execPath, BIN, 'run', flow, ...options, ...answer, ...more]);
    return screen;
  }

  /** Answers, goes on to the menu at 8 times speed, and stops time there. */
  async function toTheMenu(phone: Screen): Promise<void> {
    await phone.until('[a] answer');
    phone.press('a', '+', '+'); // not faster: the wait must be long enough to be seen
    await phone.until('your turn');
    phone.press('Space');
    await phone.until('PAUSED', 'your turn');
  }

  it('tells the story of an opt-out at 80x24', async () => {
    const phone = run(80, 24);
    await phone.until('[a] answer', 'q quit');
    await same(phone, 'ringing-80x24');
    expect(phone.mode()).toEqual({ other: '1', cursor: '0' });
    await toTheMenu(phone);
    await same(phone, 'menu-80x24');
    phone.press('5');
    await phone.until('<<5>>', 'not offered');
    await same(phone, 'wrong-key-80x24');
    // How many words of a prompt are heard would depend on the machine: the key waits until it is out.
    phone.press('Space');
    await phone.until('your turn', '3 of 3');
    phone.press('9');
    await phone.until('CALL OVER', '[LOG]', 'the flow hung up at bye');
    await same(phone, 'ended-80x24');
    phone.press('Tab', 'Tab', 'Tab', 'Enter');
    await phone.until('[CALLBACKS 2]', 'attempt 1: 200');
    await same(phone, 'callbacks-80x24');
    phone.press('Tab');
    await phone.until('[DNC 1]', 'pressed 9 in call');
    await same(phone, 'dnc-80x24');
    phone.press('r');
    await phone.until('NOT CALLED', 'What can be done');
    await same(phone, 'refused-80x24');
    phone.press('q');
    await phone.until('EXIT 3', 'icanon', 'echo');
    expect(phone.mode()).toEqual({ other: '0', cursor: '1' });
  });

  it.each([
    [60, 20],
    [59, 20],
    [140, 40],
  ])('uses the room of %ix%i', async (columns, rows) => {
    const phone = run(columns, rows);
    await toTheMenu(phone);
    await same(phone, `menu-${columns}x${rows}`);
    phone.press('Space', '1');
    await phone.until('CALL OVER', 'goal confirmed');
    await same(phone, `ended-${columns}x${rows}`);
  });

  it('follows when the window changes its size', async () => {
    const phone = run(80, 24);
    await toTheMenu(phone);
    phone.resize(140, 40);
    await phone.until('reschedule."', 'q quit');
    await same(phone, 'menu-140x40');
    phone.resize(80, 24);
    await same(phone, 'menu-80x24');
  });

  it('shows Hindi, Arabic, emoji and escape sequences without losing its columns', async () => {
    const evil = 'evil=red\u001b[31m\u001b[2J\u001b]0;x\u0007\tinvoice\u202efdp.exe';
    const phone = run(80, 24, longer('test/phone/fixtures/wild.xml'), ['--set', evil]);
    await phone.until('[a] answer');
    phone.press('a', '5');
    await phone.until('amount');
    phone.press('2', '1');
    await phone.until('typed 21');
    phone.press('Space');
    await phone.until('PAUSED');
    const rows = phone.shows().split('\n');
    expect([...borders(rows.slice(2, 13))]).toEqual([48]);
    expect(phone.shows()).toContain('␛[31m␛[2J');
    expect(rows[23]).toContain('q quit');
    phone.press('q');
    await phone.until('EXIT 0', 'icanon', 'echo');
  });

  it.each(['C-c', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)('gives the terminal back after %s', async (how) => {
    const phone = run(80, 24);
    await phone.until('[a] answer');
    phone.press('a');
    await phone.until('IN PROGRESS');
    if (how === 'C-c') phone.press('C-c');
    else process.kill(phone.pid(), how);
    await phone.until('EXIT 130', 'icanon', 'echo', 'the caller hung up');
    expect(phone.shows()).not.toContain('-icanon');
    expect(phone.shows()).not.toContain('-echo');
    expect(phone.mode()).toEqual({ other: '0', cursor: '1' });
  });

  it('ends when its terminal is closed', async () => {
    const phone = run(80, 24);
    await phone.until('[a] answer');
    const pid = phone.pid();
    phone.close();
    screen = undefined;
    const lives = () => process.kill(pid, 0);
    await vi.waitFor(() => expect(lives).toThrow('ESRCH'), { timeout: 20_000 });
  });
});
