import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playDemo } from '../src/commands/demo-play.ts';
import type { Io } from '../src/commands/io.ts';
import { COMMANDS } from '../src/tui/commands.ts';
import type { DemoFrame } from '../src/tui/demo-story.ts';
import { type Row, textOf } from '../src/tui/rows.ts';
import { screen } from '../src/tui/screen.ts';
import { framesSvg } from './frame-svg.ts';

const ROOT = join(import.meta.dirname, '..');
const SIZE = { columns: 80, rows: 24 };
/** These make the picture. */
const PICTURE: readonly DemoFrame[] = ['menu', 'simulation', 'opt-out'];
const ABOUT = {
  title: 'The press9 phone in a terminal: three moments of press9 demo',
  text: 'A menu that waits for a key, with its keypad, countdown and path. The same call from its past with another key: a simulation. Then key 9, which cuts the prompt off and opts the caller out.',
};
/** Pages with frames of the demo, or the list of keys, between marks. */
const PAGES = ['README.md', 'docs/phone.md'];

export type DemoFrames = ReadonlyMap<DemoFrame, readonly Row[]>;

/** The screen at the moments of the demo that have a name, on virtual time. */
export async function demoFrames(): Promise<DemoFrames> {
  const frames = new Map<DemoFrame, readonly Row[]>();
  const io: Io = { out() {}, err() {}, cwd: ROOT, env: {}, isTTY: false, colour: false, exitCode: 0 };
  await playDemo(io, 'screen', (phone) => ({
    seen: ({ frame }) => void (frame && frames.set(frame, screen(phone.get(), SIZE))),
  }));
  return frames;
}

/** What is made from the demo and the phone's commands: path and text. */
export async function demoFiles(): Promise<readonly { path: string; text: string }[]> {
  const frames = await demoFrames();
  const picture = PICTURE.map((name) => frameOf(frames, name));
  return [
    { path: 'docs/phone.svg', text: framesSvg(picture, SIZE, ABOUT) },
    ...PAGES.map((path) => ({ path, text: withMade(readFileSync(join(ROOT, path), 'utf8'), frames) })),
  ];
}

/** What stands between the marks of a page, made anew. */
function withMade(page: string, frames: DemoFrames): string {
  return page.replaceAll(/(<!-- made: (\S+)(?: (\S+))? -->\n)[\s\S]*?(<!-- end -->)/g, (_, begin, what, name, end) => {
    const made = what === 'keys' ? keyTable() : textFrame(frameOf(frames, name));
    return `${begin}\n${made}\n\n${end}`;
  });
}

function frameOf(frames: DemoFrames, name: string): readonly Row[] {
  const frame = frames.get(name as DemoFrame);
  if (!frame) throw new Error(`The demo has no frame "${name}".`);
  return frame;
}

const textFrame = (rows: readonly Row[]): string => ['```', ...rows.map((row) => textOf(row).trimEnd()), '```'].join('\n');

function keyTable(): string {
  const rows = COMMANDS.map(({ id, keys, about }) => {
    const named = keys.length > 0 ? keys.map(keyCell).join(' ') : `\`: ${id}\``;
    return `| ${named} | ${about.replaceAll('|', '\\|')} |`;
  });
  return [
    '| Key | |',
    '|---|---|',
    '| `0`-`9` `*` `#` | a key of the telephone; in the past it begins a simulation |',
    ...rows,
  ].join('\n');
}

const NAMES: Readonly<Record<string, string>> = {
  esc: 'Esc',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  enter: 'Enter',
  space: 'Space',
  up: 'Up',
  down: 'Down',
  pgup: 'PgUp',
  pgdn: 'PgDn',
};
const keyCell = (key: string): string =>
  `\`${NAMES[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`).replace('|', '\\|')}\``;
