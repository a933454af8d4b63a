import { DemoEnd, type NextCommand } from './demo-end.ts';
import type { Handset } from './handset.ts';
import type { PhoneState } from './phone-state.ts';
import { textOf } from './rows.ts';
import type { CallForm } from './session.ts';

/** A step of a story. */
export type DemoStep = {
  /** It begins as soon as this is so; at once unless told. */
  when?(state: PhoneState): boolean;
  /** What the last line says, also in later steps that say nothing. */
  caption?: string;
  /** What is said instead where there is no screen. */
  inLines?: string;
  does?(phone: Handset): void;
  /** Names of the keys that are pressed. */
  keys?: readonly string[];
  /** How long all this can be seen, in milliseconds. */
  seen: number;
  /** The picture of how it looks then. */
  frame?: DemoFrame;
};

export type DemoFrame = 'menu' | 'past' | 'simulation' | 'compared' | 'opt-out' | 'callbacks' | 'dnc' | 'web';

/** What the story knows of the world. */
export type DemoWorld = {
  /** Whom and what it calls second. */
  second: { flow: string; callee: CallForm };
  next: readonly NextCommand[];
};

const viewOf = ({ at }: PhoneState) => (at.page === 'call' ? at.shown.view : undefined);
const ringing = (state: PhoneState): boolean => viewOf(state)?.status === 'ringing';
const waits = (state: PhoneState): boolean => viewOf(state)?.waiting !== undefined;
const over = (state: PhoneState): boolean => viewOf(state)?.endedAt !== undefined;
const refused = ({ at }: PhoneState): boolean => at.page === 'refused';
const lists = (text: string) => (state: PhoneState) =>
  state.window?.rows(80, 100).some((row) => textOf(row).includes(text)) ?? false;
const says = (node: string) => (state: PhoneState) => viewOf(state)?.speaking?.node === node;

/** A story of about a minute; on a screen, or in lines. */
export const demoStory = (world: DemoWorld, on: 'screen' | 'lines'): readonly DemoStep[] =>
  on === 'screen' ? onScreen(world) : inLines(world);

const onScreen = (world: DemoWorld): readonly DemoStep[] => [
  ...THE_MENU,
  ...SIDE_BY_SIDE,
  ...THE_REAL_CALL,
  ...TABS,
  ...REFUSED,
  ...chosen(world),
  ...THE_SERVER,
  ...WEB,
  theEnd(world),
];

const inLines = (world: DemoWorld): readonly DemoStep[] =>
  [...THE_MENU, ...THE_REAL_CALL, DNC_IN_LINES, ...REFUSED, ...dialled(world), ...THE_SERVER, ...WEB_IN_LINES].map((step) =>
    step.inLines === undefined ? step : { ...step, caption: step.inLines },
  );

/** A wrong key, and what another one would have done. */
const THE_MENU: readonly DemoStep[] = [
  {
    when: ringing,
    caption: 'press9 demo: a call without a phone. Any key takes over, q quits.',
    inLines: 'This is press9 demo: a call without a phone, as somebody at the keyboard lives it.',
    seen: 2500,
  },
  { caption: 'a answers. You read what the caller hears, as fast as it is spoken.', keys: ['a'], seen: 2000 },
  {
    when: says('menu'),
    caption: 'The keypad says where each key leads. + lets time go faster.',
    inLines: '+ lets time go faster, - slower.',
    keys: ['+'],
    seen: 1000,
  },
  {
    when: waits,
    caption: 'Now it listens. Below: what silence does, and when the call would end.',
    inLines: 'Now it listens.',
    keys: ['-'],
    seen: 2600,
    frame: 'menu',
  },
  { caption: '5 leads nowhere: a wrong try. The menu says so, and asks again.', keys: ['5'], seen: 3000 },
  {
    caption: '[ goes back in time, ] forth, and all that is shown follows.',
    inLines: '[ goes back in time, ] forth.',
    keys: ['['],
    seen: 1300,
  },
  { keys: ['['], seen: 1500, frame: 'past' },
  {
    caption: '1, pressed in the past, begins a simulation. Nothing is written or posted.',
    keys: ['1'],
    seen: 1500,
    frame: 'simulation',
  },
];

const SIDE_BY_SIDE: readonly DemoStep[] = [
  {
    when: over,
    caption: '| compares it with the real call: what if she had pressed 1?',
    keys: ['|'],
    seen: 3200,
    frame: 'compared',
  },
  { keys: ['|'], seen: 0 },
];

const THE_REAL_CALL: readonly DemoStep[] = [
  { when: over, caption: 'b shows the real call, which stood still meanwhile; } goes to its present.', keys: ['b'], seen: 1300 },
  { keys: ['}'], seen: 1500 },
  {
    caption: '9 opts out, and cuts the prompt off: unheard words are struck through.',
    inLines: '9 opts out, and cuts the prompt off.',
    keys: ['9'],
    seen: 2400,
    frame: 'opt-out',
  },
  { when: over, caption: 'The call is over. This is what came of it.', inLines: 'The call is over.', seen: 2200 },
];

const TABS: readonly DemoStep[] = [
  {
    caption: 'callbacks: what your server is told, and whether it arrived.',
    keys: ['tab', 'tab', 'tab'],
    seen: 2800,
    frame: 'callbacks',
  },
  { caption: 'dnc: she is on the do-not-call list now; since when, by which key.', keys: ['tab'], seen: 2800, frame: 'dnc' },
];
const DNC_IN_LINES: DemoStep = { caption: 'She is on the do-not-call list now.', keys: ['shift-tab'], seen: 0 };

const REFUSED: readonly DemoStep[] = [
  { caption: 'r calls again, and is refused: nothing is dialled.', keys: ['r'], seen: 0 },
  { when: refused, seen: 2600 },
];

/** Another flow and another person: as a person chooses them, and where there is no window for it. */
const chosen = ({ second }: DemoWorld): readonly DemoStep[] => [
  {
    caption: 'f calls with another flow (and c another person, here Imran).',
    does: ({ session }) => void session.fillForm(second.callee),
    keys: ['f'],
    seen: 0,
  },
  { when: lists('balance-passthru'), keys: [...'balance-p'], seen: 900 },
  { keys: ['enter'], seen: 0 },
  { when: ringing, keys: ['tab'], seen: 0 },
];
const dialled = ({ second }: DemoWorld): readonly DemoStep[] => [
  { caption: 'Another flow, and another person, Imran.', does: (phone) => void dialOther(phone, second), seen: 0 },
  { when: ringing, seen: 0 },
];
async function dialOther(phone: Handset, { flow, callee }: DemoWorld['second']): Promise<void> {
  phone.look({ tab: 'log' });
  await phone.session.fillForm(callee);
  await phone.session.chooseFlow(flow);
  await phone.dial();
}

const THE_SERVER: readonly DemoStep[] = [
  { caption: 'x breaks the next web request of the call.', keys: ['x'], seen: 1600 },
  { keys: ['1'], seen: 1300 },
  { caption: 'The server of the bank fails: what does the caller hear?', keys: ['a'], seen: 2600 },
];

const WEB: readonly DemoStep[] = [
  {
    caption: 'web: the request, its parameters, the answer, and whether Exotel can do it.',
    keys: ['tab', 'enter'],
    seen: 1800,
  },
  { keys: ['pgdn'], seen: 2200, frame: 'web' },
];
const WEB_IN_LINES: readonly DemoStep[] = [
  { caption: 'The request, its parameters, the answer, and whether Exotel can do it.', keys: ['tab'], seen: 0 },
  { when: over, seen: 0 },
];

const theEnd = ({ next }: DemoWorld): DemoStep => ({
  does: (phone) => phone.look({ window: new DemoEnd(phone, next), note: undefined, zoomed: false, scroll: 0 }),
  seen: 0,
});
