import { afterEach, describe, expect, it } from 'vitest';
import { BIN, press9 } from '../kit/cli.ts';
import { hasTmux, openScreen, openShell, type Screen } from './tmux.ts';

const THERE = hasTmux();
if (!THERE) process.stderr.write('\n!!! SKIPPED: the phone in lines was NOT tried, because tmux is not installed here.\n\n');

const FLOW = 'flows/appointment-reminder/flow.xml';
const OPTIONS = ['--to', '9876543210', '--set', 'name=Asha', '--at', '2026-11-22T10:00', '--store', 'memory:'];
const ANSWER = ['--answer', 'POST https://clinic.example/optouts => 200 ok'];
const ARGS = ['run', FLOW, ...OPTIONS, ...ANSWER, '--plain'];
const PLAIN = [process.execPath, BIN, ...ARGS];
const SIMPLY = [process.execPath, BIN, 'run', FLOW, ...OPTIONS];
const HERS = { other: '0', cursor: '1' };

describe.skipIf(!THERE)('press9 run --plain in a terminal (needs tmux)', { timeout: 60_000 }, () => {
  let screen: Screen | undefined;

  afterEach(() => {
    screen?.close();
    screen = undefined;
  });

  function run(program: readonly string[] = PLAIN): Screen {
    screen = openScreen(140, 60, program);
    return screen;
  }

  it('tells the story of an opt-out in lines, key by key, and of the call again', async () => {
    const phone = run();
    await phone.until('ringing: +91 98xxxxx210', 'press a to answer');
    expect(phone.mode()).toEqual(HERS);
    expect(phone.mouse()).toBe('00');
    phone.press('a', '+', '+', '+');
    await phone.until('welcome says: Hello Asha, your appointment is tomorrow at 3 PM.', 'menu says: Press 1');
    phone.press('9');
    await phone.until('key 9', 'opt-out recorded', 'removed says: You have been removed');
    await phone.until('call over: the flow hung up at bye', 'Status: completed', 'r calls again');
    expect(phone.mode()).toEqual(HERS);
    phone.press('r');
    await phone.until('not called', 'OPTED_OUT');
    phone.press('q');
    await phone.until('EXIT 3', 'icanon echo');
  });

  it.each(['C-c', 'SIGTERM', 'SIGHUP'] as const)('gives the terminal back after %s', async (how) => {
    const phone = run();
    await phone.until('press a to answer');
    phone.press('a');
    await phone.until('answered');
    if (how === 'C-c') phone.press('C-c');
    else process.kill(phone.pid(), how);
    await phone.until('EXIT 130', 'icanon echo', 'the caller hung up');
    expect(phone.shows()).not.toMatch(/-icanon|-echo/);
  });

  it('stops with Ctrl-Z and says where the call stands when it is back', async () => {
    const shell = openShell(140, 60);
    screen = shell;
    await shell.until('ready$');
    shell.press(`${SIMPLY.join(' ')} --plain`, 'Enter');
    await shell.until('press a to answer');
    shell.press('a');
    await shell.until('welcome says');
    shell.press('C-z');
    await shell.until('Stopped');
    shell.press('fg', 'Enter');
    await shell.until('in progress, 0:0', 'if nobody does anything, the call ends at');
    shell.press('q');
    await shell.until('the caller hung up');
  });

  it('is also what a terminal gets that can only print', async () => {
    const phone = run(['env', 'TERM=dumb', ...SIMPLY]);
    await phone.until('ringing: +91 98xxxxx210', 'press a to answer');
    phone.press('q');
    await phone.until('EXIT 0', 'icanon echo');
  });

  it('prints a transcript where nobody can press a key', async () => {
    const phone = run(['sh', '-c', `${PLAIN.map((word) => `'${word}'`).join(' ')} </dev/null`]);
    await phone.until('EXIT 0', 'Hello Asha', 'Result    completed');
    expect(phone.shows()).not.toContain('press a to answer');
  });

  it('prints a transcript when the keys are given', async () => {
    const phone = run([...PLAIN, '--keys', '1']);
    await phone.until('EXIT 0', 'goal "confirmed" reached', 'Result    completed');
    expect(phone.shows()).not.toContain('press a to answer');
  });
});

describe('press9 run --plain elsewhere', () => {
  it('prints a transcript at once', async () => {
    const { code, out } = await press9(ARGS);
    expect(code).toBe(0);
    expect(out).toContain('Hello Asha');
    expect(out).toContain('Result    completed');
  });
});
