import { applets } from '../src/applets/index.ts';
import type { Plan } from '../src/call/state.ts';
import type { CallFacts, Logged } from '../src/core/event.ts';
import { callId, e164, type Ms, ms, nodeId } from '../src/core/ids.ts';
import type { Digit } from '../src/core/input.ts';
import type { Prompt } from '../src/core/prompt.ts';
import { speechTime } from '../src/core/speech.ts';
import type { Flow, FlowNode } from '../src/flow/model.ts';

/** The appointment call that every program here plays. Benchmarks own their flow, so that figures stay comparable. */
export const TEXTS = {
  welcome: 'Hello {{name}}, your appointment is tomorrow at 3 PM.',
  menu: 'Press 1 to confirm, press 2 to reschedule, or press 9 to stop receiving these calls.',
  wrongKey: 'That key is not offered.',
  confirmed: 'Thank you for confirming.',
  removed: 'You have been removed from our call list.',
} as const;
export const FLOW_NAME = 'appointment';
export const LANGUAGE = 'en-IN';
export const MENU_WAIT = ms(5000);
export const MENU_TRIES = 3;
export const RING_FOR = ms(30_000);
export const TIME_LIMIT = ms(14_400_000);
export const ANSWERS_AFTER = ms(3000);
export const START = ms(Date.UTC(2026, 10, 22, 4, 30));

const FILE = 'appointment.xml';
const at = { file: FILE, line: 1, column: 1 };
const say = (text: string): Prompt => [{ type: 'say', text, loop: 1 }];
const bye = nodeId('bye');

const greeting = (id: string, text: string, next: string, goal?: string): FlowNode => ({
  kind: 'greeting',
  id: nodeId(id),
  settings: applets.greeting.settings.parse({ prompt: say(text) }),
  wires: { next: nodeId(next) },
  ...(goal !== undefined && { goal }),
  at,
  places: {},
});

const nodes: readonly FlowNode[] = [
  greeting('welcome', TEXTS.welcome, 'menu'),
  {
    kind: 'menu',
    id: nodeId('menu'),
    settings: applets.menu.settings.parse({
      timeout: '5s',
      tries: String(MENU_TRIES),
      prompt: say(TEXTS.menu),
      invalid: say(TEXTS.wrongKey),
      keys: [{ digit: '1' }, { digit: '9' }],
    }),
    wires: {
      'key:1': nodeId('confirmed'),
      'key:9': nodeId('optOut'),
      noInput: bye,
      invalid: bye,
    },
    at,
    places: {},
  },
  greeting('confirmed', TEXTS.confirmed, 'bye', 'confirmed'),
  {
    kind: 'optout',
    id: nodeId('optOut'),
    settings: applets.optout.settings.parse({}),
    wires: { next: nodeId('removed'), failed: bye },
    at,
    places: {},
  },
  greeting('removed', TEXTS.removed, 'bye'),
  {
    kind: 'hangup',
    id: bye,
    settings: applets.hangup.settings.parse({}),
    wires: {},
    at,
    places: {},
  },
];

const flow: Flow = {
  name: FLOW_NAME,
  file: FILE,
  start: nodeId('welcome'),
  class: 'SI',
  language: LANGUAGE,
  timeLimit: TIME_LIMIT,
  nodes: new Map(nodes.map((node) => [node.id, node])),
  at,
};

export const plan: Plan = {
  flows: {
    root: FLOW_NAME,
    flows: new Map([[FLOW_NAME, flow]]),
    links: new Map(),
    audio: new Map(),
  },
  dialect: { params: () => [], recording: () => '' },
};

const NAMES = ['Asha', 'Ravi', 'Meena', 'Kabir', 'Farah', 'Joseph', 'Leela', 'Imran'];

/** A customer of their own for every call: nothing that is made of a name can be kept from the call before. */
export function factsOf(i: number): CallFacts {
  const name = `${NAMES[i % NAMES.length]}-${letters(i)}`;
  return {
    call: callId(`c${String(i).padStart(31, '0')}`),
    direction: 'outbound',
    customer: e164(`+9198${String(i).padStart(8, '0')}`),
    exophone: e164('+918047112233'),
    asked: 'flow',
    class: 'SI',
    flow: FLOW_NAME,
    file: FILE,
    contact: { name },
    variables: {},
    ringFor: RING_FOR,
    timeLimit: TIME_LIMIT,
    seed: 1,
  };
}

/** A number in letters: digits in a name would take longer to speak. */
const letters = (i: number): string => i.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');

/** What a caller does: a key, and when, counted from the start of the call. */
export type Press = { after: Ms; key: Digit };

const menuAt = ANSWERS_AFTER + speechTime(TEXTS.welcome);
const menuTime = speechTime(TEXTS.menu);
const offeredAgain = menuAt + 4000 + speechTime(TEXTS.wrongKey);
const press = (after: number, key: Digit): Press => ({ after: ms(after), key });

/** The mix of calls, in turn: two opt out, two confirm; two press a wrong key first, one lets a try pass in silence. */
export const MIX: readonly (readonly Press[])[] = [
  // A wrong key into the menu's prompt, then 9 while it waits.
  [press(menuAt + 4000, '7'), press(offeredAgain + menuTime + 1500, '9')],
  // 1 while the menu waits.
  [press(menuAt + menuTime + 2000, '1')],
  // Silence, then 9 into the prompt.
  [press(menuAt + menuTime + MENU_WAIT + 2500, '9')],
  // A wrong key, then 1 into the prompt.
  [press(menuAt + 4000, '7'), press(offeredAgain + 3000, '1')],
];

export const pressesOf = (i: number): readonly Press[] => MIX[i % MIX.length] ?? [];

/** Plays one call of the mix, number `i`, to its end: the engine and its baselines. */
export type PlayCall = (i: number, facts: CallFacts) => Promise<readonly Logged[]>;
