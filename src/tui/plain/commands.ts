import { isDigit } from '../../core/input.ts';
import { COMMANDS, commandOf, type PhoneCommand } from '../commands.ts';
import { tabRows } from '../pane/tabs.ts';
import type { PhoneStore } from '../phone-store.ts';
import { textOf } from '../rows.ts';
import type { Saved } from '../session.ts';
import { breakNext, type Choice } from './choice.ts';
import { tellStanding } from './words.ts';

type Say = (line: string) => void;
/** What a command does where there is no screen. It may leave something to choose. */
type Plain = { readonly keys?: string; readonly about?: string; run(phone: PhoneStore, say: Say): Choice | undefined };

const tells =
  (lines: (phone: PhoneStore) => readonly string[]): Plain['run'] =>
  (phone, say) => {
    for (const line of lines(phone)) say(line);
    return undefined;
  };
const onScreen = (instead: string): Plain => ({ about: `on the screen only: ${instead}`, run: tells(() => [instead]) });

const PLAIN: Readonly<Record<string, Plain>> = {
  help: { run: tells((phone) => listCommands(phone)) },
  zoom: { keys: 'w or enter', about: 'where the call stands now', run: tells((phone) => tellStanding(phone.get())) },
  save: { about: 'save the call as a scenario that repeats it, under a free name', run: saveAtOnce },
  break: { about: 'break the next web request: x, then 1 for 500, 2 for a time-out, 3 for refused', run: breakNext },
  'next-tab': { run: tells((phone) => turnTab(phone, 'next-tab')) },
  'previous-tab': { run: tells((phone) => turnTab(phone, 'previous-tab')) },
  palette: onScreen('? lists the commands with their keys'),
  'edit-answer': onScreen('x breaks the next web request, and --answer says what servers answer'),
  flows: onScreen('q quits, then run another flow with --plain'),
  'edit-call': onScreen('q quits, then run with --to, --contact or --at'),
  compare: onScreen('b shows the next branch, w says where it stands'),
};
/** Of no use without a screen. */
const LOOKS = new Set(['up', 'down', 'page-up', 'page-down', 'close', 'background', 'mouse']);

/** Does what a key stands for; what there is to choose now, if there is something. */
export function runPlain(phone: PhoneStore, key: string, say: Say): Choice | undefined {
  if (isDigit(key)) {
    phone.press(key);
    return undefined;
  }
  const command = commandFor(phone, key);
  if (!command) say(`${key} does nothing now; ? lists the keys`);
  else if (LOOKS.has(command.id)) say(`${key} is of use on the screen only; ? lists the keys`);
  else if (PLAIN[command.id]) return PLAIN[command.id]?.run(phone, say);
  else command.run(phone);
  return undefined;
}

const commandFor = (phone: PhoneStore, key: string): PhoneCommand | undefined =>
  key === 'w' ? COMMANDS.find(({ id }) => id === 'zoom') : commandOf(phone.get(), key === ' ' ? 'space' : key);

function listCommands(phone: PhoneStore): readonly string[] {
  const here = COMMANDS.filter(({ id, keys, when }) => keys.length > 0 && !LOOKS.has(id) && (when?.(phone.get()) ?? true));
  return [
    '0 to 9, * and #: the keys of the telephone; pressed in the past, they begin a simulation in which nothing is written or posted',
    ...here.map(({ id, keys, about }) => `${PLAIN[id]?.keys ?? keys.join(' or ')}: ${PLAIN[id]?.about ?? about}`),
  ];
}

function saveAtOnce(phone: PhoneStore, say: Say): undefined {
  const call = phone.current()?.phone;
  if (!call) return;
  const { log } = call.call;
  const file = phone.session.saveName(log);
  const trouble = (error: unknown): Saved => ({ trouble: error instanceof Error ? error.message : String(error) });
  void phone.session
    .save(call, log, file, false)
    .catch(trouble)
    .then((saved) => say(tellSaved(saved)));
}

const tellSaved = (saved: Saved): string =>
  'saved' in saved
    ? `saved as ${saved.saved}`
    : `not saved: ${'exists' in saved ? `${saved.exists} is there already` : saved.trouble}`;

const WIDTH = 1000;
/** The log is long: so much of its end is said. */
const MOST_ROWS = 40;

/** The tab that comes next, said whole. */
function turnTab(phone: PhoneStore, id: string): readonly string[] {
  COMMANDS.find((command) => command.id === id)?.run(phone);
  const state = phone.get();
  if (state.at.page !== 'call') return [];
  const rows = tabRows(state, state.at.shown, state.tab, WIDTH).map((row) => textOf(row).trim());
  return [`tab ${state.tab}`, ...rows.filter((text) => text !== '').slice(-MOST_ROWS)];
}
