import { isDigit } from '../core/input.ts';
import type { Handset } from './handset.ts';
import type { PhoneCommand } from './phone-command.ts';
import { type Look, type PhoneState, TABS, type Tab } from './phone-state.ts';
import * as windows from './window/index.ts';

export type { PhoneCommand } from './phone-command.ts';

const viewOf = ({ at }: PhoneState) => (at.page === 'call' ? at.shown.view : undefined);
const onCall = ({ at }: PhoneState): boolean => at.page === 'call';
const under = (state: PhoneState): boolean => onCall(state) && viewOf(state)?.endedAt === undefined;
const ringing = (state: PhoneState): boolean => under(state) && viewOf(state)?.answeredAt === undefined;
const talking = (state: PhoneState): boolean => under(state) && viewOf(state)?.answeredAt !== undefined;
const inPast = ({ at }: PhoneState): boolean => at.page === 'call' && at.shown.past !== undefined;
const branched = ({ branches }: PhoneState): boolean => branches.length > 1;
const requestsOf = (state: PhoneState): number => viewOf(state)?.requests.length ?? 0;
const asked = (state: PhoneState): boolean => requestsOf(state) > 0;
const opened = ({ zoomed, compare }: PhoneState): boolean => zoomed || compare;

const PAGE = 8;
/** Up is towards older lines of the conversation and the log, and towards the top of other lists. */
const scrolled = ({ tab, scroll }: PhoneState, up: number): Partial<Look> => ({
  scroll: Math.max(0, scroll + (tab === 'log' ? up : -up)),
});
/** The request before or after the one that is meant; after the last, whichever is the latest. */
function otherRequest(state: PhoneState, by: 1 | -1): Partial<Look> {
  const last = requestsOf(state) - 1;
  const meant = Math.max(0, Math.min(last, state.request ?? last) + by);
  return { request: meant < last ? meant : undefined, scroll: 0 };
}
const arrow = (state: PhoneState, up: 1 | -1): Partial<Look> =>
  state.tab === 'web' && asked(state) ? otherRequest(state, up === 1 ? -1 : 1) : scrolled(state, up);
const showTab = (tab: Tab): Partial<Look> => ({ tab, scroll: 0, request: undefined });
const nextTab = ({ tab }: PhoneState, by: 1 | -1): Partial<Look> =>
  showTab(TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? 'log');
const otherGround = ({ background }: PhoneState): Partial<Look> => ({ background: background === 'dark' ? 'light' : 'dark' });

const zoomed = ({ zoomed }: PhoneState): Partial<Look> => ({ zoomed: !zoomed, scroll: 0 });

type Run = PhoneCommand['run'];
const look =
  (changes: (state: PhoneState) => Partial<Look>): Run =>
  (phone) =>
    phone.look(changes(phone.get()));

type Parts = readonly [keys: string, short: string, about: string, rank: number, run: Run, when?: PhoneCommand['when']];

/** Keys that differ are apart by a space. Where one key has two meanings, the first that is of use counts. */
const LIST: Readonly<Record<string, Parts>> = {
  answer: ['a', 'answer', 'answer the call', 9, (phone) => phone.answer(), ringing],
  decline: ['d', 'decline', 'decline the call, which the other side hears as busy', 8, (phone) => phone.decline(), ringing],
  'hang-up': ['h', 'hang up', 'hang up', 8, (phone) => phone.hangUp(), talking],
  redial: ['r', 'call again', 'call again, with all questions asked anew', 3, (phone) => void phone.dial()],
  back: ['[', 'step back', 'one moment back in time', 6, (phone) => phone.step(-1), onCall],
  forward: [']', 'on', 'one moment on', 7, (phone) => phone.step(1), inPast],
  close: ['esc', '', 'what is zoomed or compared back to its place', 0, look(() => ({ zoomed: false, compare: false })), opened],
  'to-now': ['} esc', 'now', 'back to the present', 7, (phone) => phone.toNow(), inPast],
  'to-start': ['{', 'start', 'to the start of the call', 0, (phone) => phone.step(Number.NEGATIVE_INFINITY), onCall],
  pause: ['space', 'pause', 'stop time, or let it go on', 4, (phone) => phone.togglePause(), under],
  faster: ['+ =', 'faster', 'let time go faster, up to 20 times', 0, (phone) => phone.changeSpeed(1)],
  slower: ['-', 'slower', 'let time go slower', 0, (phone) => phone.changeSpeed(-1)],
  break: ['x', 'break', 'break the next web request: 500, time-out, refused, or as you type', 5, windows.breakNext, under],
  'edit-answer': ['e', 'edit', 'change an answer that a server gave, and go on from there', 2, windows.editAnswer, asked],
  branch: ['b', 'branch', 'show the next branch', 5, (phone) => phone.turnBranch(1), branched],
  compare: ['|', 'compare', 'the branch beside the one it leaves', 3, look(({ compare }) => ({ compare: !compare })), branched],
  'next-tab': ['tab', 'tabs', 'the next of log, web, sms, callbacks, dnc', 4, look((state) => nextTab(state, 1)), onCall],
  'previous-tab': ['shift-tab', '', 'the tab before', 0, look((state) => nextTab(state, -1)), onCall],
  zoom: ['enter', 'zoom', 'the open tab in the whole window, and back', 1, look(zoomed), onCall],
  up: ['up', '', 'up; in the web tab, the request before', 0, look((state) => arrow(state, 1))],
  down: ['down', '', 'down; in the web tab, the next request', 0, look((state) => arrow(state, -1))],
  'page-up': ['pgup', '', 'up by a page', 0, look((state) => scrolled(state, PAGE))],
  'page-down': ['pgdn', '', 'down by a page', 0, look((state) => scrolled(state, -PAGE))],
  'copy-curl': ['y', 'curl', 'copy a web request as a curl command, where the terminal allows it', 0, windows.copyCurl, asked],
  save: ['s', 'save', 'save the call: a scenario that repeats it, or its log', 5, windows.save, onCall],
  'open-file': ['o', 'edit flow', 'open the flow at the applet that is shown, in $EDITOR', 2, windows.openEditor],
  flows: ['f', 'flows', 'choose another flow', 2, windows.chooseFlow],
  'edit-call': ['c', 'whom', 'whom to call, for which contact, and when; then call', 3, windows.editCall],
  background: ['', '', 'colours for a light or a dark background', 0, look(otherGround)],
  mouse: ['m', '', 'leave the mouse to the terminal, for marking text, or take it', 0, look(({ mouse }) => ({ mouse: !mouse }))],
  palette: [': ctrl-p', 'commands', 'find a command by its name', 2, (phone) => windows.palette(phone, COMMANDS)],
  help: ['?', 'help', 'what every key does', 6, (phone) => windows.help(phone, COMMANDS)],
  suspend: ['ctrl-z', '', 'stop for a while, back to the shell; fg goes on', 0, (phone) => void phone.suspend()],
  quit: ['q', 'quit', 'hang up and put the phone away', 9, (phone) => phone.leave('quit')],
  interrupt: ['ctrl-c', '', 'hang up and put the phone away, with exit code 130', 0, (phone) => phone.leave('interrupted')],
};

export const COMMANDS: readonly PhoneCommand[] = Object.entries(LIST).map(([id, [keys, short, about, rank, run, when]]) => ({
  id,
  keys: keys.split(' ').filter(Boolean),
  short,
  about,
  run,
  ...(rank > 0 && { rank }),
  ...(when && { when }),
}));

/** The command that a key stands for now. */
export function commandOf(state: PhoneState, key: string): PhoneCommand | undefined {
  const here = COMMANDS.filter(({ when }) => when?.(state) ?? true);
  return here.find(({ keys }) => keys.includes(key)) ?? here.find(({ keys }) => keys.includes(key.toLowerCase()));
}

/** Does what a key stands for; of one that is of no use now, says so. */
export function runCommand(phone: Handset, key: string): void {
  if (phone.get().note) phone.look({ note: undefined });
  if (isDigit(key)) {
    phone.press(key);
    return;
  }
  const name = key === ' ' ? 'space' : key;
  const command = commandOf(phone.get(), name);
  if (command) command.run(phone);
  else if (name.length === 1) phone.say(tellUseless(name));
}

function tellUseless(key: string): string {
  const command = COMMANDS.find(({ keys }) => keys.includes(key) || keys.includes(key.toLowerCase()));
  return command ? `${key} is of no use now: ${command.about}` : `${key} does nothing; ? tells what every key does`;
}
