import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { ROOT } from '../source-files.ts';

/** From a key to what it shows, at most; the machine may be busy. */
const PATIENCE = { timeout: 20_000, interval: 40 };

export function hasTmux(): boolean {
  try {
    execFileSync('tmux', ['-V']);
    return true;
  } catch {
    return false;
  }
}

export type Screen = {
  press(...keys: string[]): void;
  /** Bytes as they are, also such as no key sends. */
  write(text: string): void;
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** What stands on the screen now. */
  shows(): string;
  /** The screen, made steady, as soon as it is the same several times. */
  still(): Promise<string>;
  /** Waits until the screen has all of these. */
  until(...texts: string[]): Promise<void>;
  /** Waits until the screen is another one. */
  changed(from: string): Promise<void>;
  /** `1` where the terminal's other screen is shown, and where the cursor is. */
  mode(): { other: string; cursor: string };
  /** Reports of the mouse are wanted, and their numbers may be large. */
  mouse(): string;
  /** What a program put on the clipboard last. */
  clipboard(): string;
  /** Of the program. */
  pid(): number;
  close(): void;
};

/** Tells how the terminal is set: `icanon echo`, or with a `-` what is off. */
export const STTY = `stty -a | tr ' ' '\\n' | grep -E '^-?(icanon|echo);?$' | tr '\\n' ' '`;

/** Runs a program in a tmux of its own; after it a shell waits, which has said `EXIT` and its code. */
export const openScreen = (columns: number, rows: number, program: readonly string[]): Screen =>
  open(columns, rows, ['sh', '-c', `${program.map(quote).join(' ')} 2>/dev/null; echo "EXIT $?"; ${STTY}; exec cat`]);

/** A shell as people have one, which can stop what it runs and bring it back. Its prompt is `ready$`. */
export const openShell = (columns: number, rows: number): Screen =>
  open(columns, rows, ['env', 'PS1=ready$ ', 'HISTFILE=', 'bash', '--norc', '--noprofile', '-i']);

function open(columns: number, rows: number, command: readonly string[]): Screen {
  const folder = mkdtempSync(join(tmpdir(), 'press9-tmux-'));
  const socket = join(folder, 'socket');
  const tmux = (...args: string[]) => execFileSync('tmux', ['-S', socket, '-u', ...args], { encoding: 'utf8', cwd: ROOT });
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, ...command);
  tmux('set-option', '-g', 'set-clipboard', 'on');
  const ask = (format: string) => tmux('display', '-p', format).trim();
  const shows = (...how: readonly string[]) => tmux('capture-pane', '-p', ...how).replaceAll('\u00a0', ' ');
  return {
    press: (...keys) => void tmux('send-keys', ...keys),
    write: (text) => void tmux('send-keys', '-H', ...Array.from(Buffer.from(text), (byte) => byte.toString(16))),
    paste(text) {
      tmux('set-buffer', '-b', 'pasted', text);
      tmux('paste-buffer', '-d', '-p', '-b', 'pasted');
    },
    resize: (x, y) => void tmux('resize-window', '-x', `${x}`, '-y', `${y}`),
    shows: () => shows(),
    still() {
      const seen: string[] = [];
      return vi.waitFor(() => {
        seen.push(steady(shows()));
        const latest = seen.slice(-8);
        expect(latest.length === 8 && latest.every((screen) => screen === latest[0])).toBe(true);
        return latest[0] ?? '';
      }, PATIENCE);
    },
    until: (...texts) =>
      vi.waitFor(() => {
        // A line that the terminal wrapped is one line here: where it breaks depends on how long the path of the clone is.
        const screen = shows('-J');
        for (const text of texts) expect(screen).toContain(text);
      }, PATIENCE),
    changed: (from) => vi.waitFor(() => expect(shows()).not.toBe(from), PATIENCE),
    mode: () => ({ other: ask('#{alternate_on}'), cursor: ask('#{cursor_flag}') }),
    mouse: () => ask('#{mouse_standard_flag}#{mouse_sgr_flag}'),
    clipboard: () => tmux('show-buffer'),
    pid: () => Number(execFileSync('pgrep', ['-P', ask('#{pane_pid}')], { encoding: 'utf8' }).split('\n')[0]),
    close() {
      tmux('kill-server');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A screen with everything that depends on how fast the machine is made the same, column for column. */
export const steady = (screen: string): string =>
  screen
    .split('\n')
    .map((line) =>
      line
        .replace(/\b\d?\d:\d\d:\d\d\b/g, (time) => time.replace(/\d/g, '#'))
        .replace(/(?<![\d#:])\d:\d\d(?:\.\d)?(?![\d:])/g, (time) => time.replace(/\d/g, '#'))
        .replace(/\b\d+ ms\b/g, (took) => took.replace(/\d/g, '#'))
        .replace(/\d+\.\d s/g, (time) => time.replace(/\d/g, '#'))
        .replace(/\[[#.]{3,}\]/g, (bar) => `[${'~'.repeat(bar.length - 2)}]`)
        .replace(/\] \d\d s$/, '] ## s')
        .replace(/<<([\d*#])>>/g, '  $1  ')
        .replace(/[( ]{3}\| RING \|.*$/, '(( | RING | ))')
        .trimEnd(),
    )
    .join('\n');
