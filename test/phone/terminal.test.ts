import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BIN, inTempFolder } from '../kit/cli.ts';
import { hasTmux, openScreen, openShell, type Screen, STTY } from './tmux.ts';

const THERE = hasTmux();
if (!THERE) process.stderr.write('\n!!! SKIPPED: the terminal was NOT tried, because tmux is not installed here.\n\n');

const FLOW = 'flows/appointment-reminder/flow.xml';
const OPTIONS = [
  '--to',
  '9876543210',
  '--set',
  'name=Asha',
  '--at',
  '2026-11-22T10:00',
  '--store',
  'memory:',
  '--ring-for',
  '10m',
];
const PHONE = [process.execPath, BIN, 'run', FLOW, ...OPTIONS];
const OPEN = { other: '1', cursor: '0' };
const PATIENCE = { timeout: 10_000, interval: 40 };
const RESTORED = { other: '0', cursor: '1' };

describe.skipIf(!THERE)('the terminal of press9 run (needs tmux)', { timeout: 60_000 }, () => {
  let screen: Screen | undefined;

  afterEach(() => {
    screen?.close();
    screen = undefined;
  });

  const expectMine = (phone: Screen) => vi.waitFor(() => expect([phone.mode(), phone.mouse()]).toEqual([OPEN, '11']), PATIENCE);
  const expectRestored = (phone: Screen) =>
    vi.waitFor(() => expect([phone.mode(), phone.mouse()]).toEqual([RESTORED, '00']), PATIENCE);

  /** A shell in which the phone was started, and answered. */
  async function inShell(environment = ''): Promise<Screen> {
    const shell = openShell(80, 24);
    screen = shell;
    await shell.until('ready$');
    shell.press(`${environment} ${PHONE.join(' ')}`, 'Enter');
    await shell.until('[a] answer');
    shell.press('a');
    await shell.until('IN PROGRESS', 'Hello Asha');
    await expectMine(shell);
    return shell;
  }

  /** The shell has the terminal, and it is one for people. */
  async function expectShell(shell: Screen, says: string): Promise<void> {
    await shell.until(says, 'ready$');
    await expectRestored(shell);
    shell.press(STTY, 'Enter');
    await shell.until('icanon echo');
    expect(shell.shows()).not.toMatch(/-icanon|-echo/);
  }

  it('is the shell’s while the phone is stopped, and the phone’s again with the same call', async () => {
    const phone = await inShell();
    for (const _ of ['once', 'twice']) {
      phone.press('C-z');
      await expectShell(phone, 'Stopped');
      phone.press('fg', 'Enter');
      await phone.until('IN PROGRESS', 'Hello Asha', 'q quit');
      await expectMine(phone);
    }
    phone.press('q');
    await expectShell(phone, 'the caller hung up');
  });

  it('comes back in the size that the window has by then', async () => {
    const phone = await inShell();
    phone.press('C-z');
    await expectShell(phone, 'Stopped');
    phone.resize(120, 30);
    phone.press('fg', 'Enter');
    await phone.until('IN PROGRESS');
    await vi.waitFor(() => expect(phone.shows().split('\n')[29]).toContain('q quit'), PATIENCE);
  });

  it('is not taken from the shell by a phone in the background', async () => {
    const phone = await inShell();
    phone.press('C-z');
    await expectShell(phone, 'Stopped');
    phone.press('clear; bg', 'Enter');
    await phone.until('ready$', 'bin.js run');
    phone.press('jobs', 'Enter');
    await expectShell(phone, 'Stopped');
    phone.press('fg', 'Enter');
    await phone.until('IN PROGRESS', 'q quit');
    await expectMine(phone);
  });

  it.each(['SIGTSTP', 'SIGSTOP'] as const)('is drawn anew after %s from outside', async (signal) => {
    const phone = await inShell();
    process.kill(phone.pid(), signal);
    await phone.until('Stopped', 'ready$');
    if (signal === 'SIGTSTP') await expectRestored(phone);
    phone.press('fg', 'Enter');
    await phone.until('IN PROGRESS', 'Hello Asha', 'q quit');
    await expectMine(phone);
    phone.press('q');
    await expectShell(phone, 'the caller hung up');
  });

  it('stays the phone’s where there is no shell that could bring it back', async () => {
    screen = openScreen(80, 24, PHONE);
    await screen.until('[a] answer');
    screen.press('C-z');
    screen.press('a');
    await screen.until('IN PROGRESS', 'q quit');
    await expectMine(screen);
  });

  it('is an editor’s while one is open, whose Ctrl-C and Ctrl-Z are its own', () =>
    inTempFolder(async (folder) => {
      const editor = join(folder, 'editor.sh');
      writeFileSync(editor, `trap 'echo interrupted' INT\necho "editing $*"; ${STTY}\nuntil read line; do :; done\n`);
      const phone = await inShell(`EDITOR="sh ${editor}"`);
      phone.press('o');
      await phone.until('editing', FLOW, 'icanon echo');
      await expectRestored(phone);
      phone.press('C-c');
      await phone.until('interrupted');
      phone.press('C-z');
      await phone.until('Stopped', 'ready$');
      phone.press('fg', 'Enter');
      await phone.until('sh ');
      phone.press('done', 'Enter');
      await phone.until('IN PROGRESS', 'Hello Asha');
      await expectMine(phone);
    }));

  it.each([
    ['q', 'EXIT 0'],
    ['C-c', 'EXIT 130'],
    ['SIGTERM', 'EXIT 130'],
    ['SIGINT', 'EXIT 130'],
    ['SIGHUP', 'EXIT 130'],
    ['a crash', 'EXIT 70'],
  ] as const)('is as it was after %s', async (how, says) => {
    const crash = 'data:text/javascript,process.on("SIGUSR2",()=>setImmediate(()=>{throw new Error("boom")}))';
    const [node = '', ...rest] = PHONE;
    screen = openScreen(80, 24, [node, '--import', crash, ...rest]);
    await screen.until('[a] answer');
    screen.press('a');
    await screen.until('IN PROGRESS');
    await expectMine(screen);
    if (how.startsWith('SIG')) process.kill(screen.pid(), how);
    else if (how === 'a crash') process.kill(screen.pid(), 'SIGUSR2');
    else screen.press(how);
    await screen.until(says, 'icanon echo');
    expect(screen.shows()).not.toMatch(/-icanon|-echo/);
    await expectRestored(screen);
  });

  it('hears clicks on the keypad, on tabs and on the last line', async () => {
    const phone = await inShell();
    const click = async (text: string) => {
      const rows = phone.shows().split('\n');
      const y = rows.findLastIndex((row) => row.includes(text));
      phone.write(`\u001b[<0;${(rows[y] ?? '').indexOf(text) + 2};${y + 1}M\u001b[<0;1;1m`);
    };
    await click('callbacks');
    await phone.until('[CALLBACKS 0]');
    await click('pause');
    await phone.until('PAUSED');
    await click('space');
    await click('[9]');
    await phone.until('key 9');
  });

  it('takes a copied request to the clipboard, and pastes as text', async () => {
    screen = openScreen(80, 24, [
      process.execPath,
      BIN,
      'run',
      'flows/balance-url/flow.xml',
      ...OPTIONS,
      '--answer',
      `GET */balance* => 200 Ten${' rupees'.repeat(300)}`, // speaks for two minutes
    ]);
    const phone = screen;
    await phone.until('[a] answer');
    phone.press('a');
    await phone.until('IN PROGRESS', 'Ten');
    phone.press('y');
    await vi.waitFor(() => expect(phone.clipboard()).toMatch(/^curl .*balance/), PATIENCE);
    phone.paste('quit q q');
    await phone.until('no number to dial', 'IN PROGRESS');
  });
});
