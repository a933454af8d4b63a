import type { AnyApplet } from '../../src/applets/index.ts';
import { createMemo, type Edge, type MachineState } from '../../src/call/memo.ts';
import type { AppletCommand } from '../../src/core/command.ts';
import { type CallInput, DIGITS, type FetchAnswer, type LegState } from '../../src/core/input.ts';

const answer = (status: number, contentType: string, body: string, method: FetchAnswer['method'] = 'GET'): FetchAnswer => ({
  type: 'fetch.answered',
  method,
  id: 1,
  status,
  contentType,
  body,
});

/** Answers of a server that some applet can use. */
const USABLE: readonly FetchAnswer[] = [
  answer(200, 'text/plain', 'Hello there.'),
  answer(200, 'application/json', '{"gather_prompt":{"text":"Type."},"max_input_digits":2,"repeat_menu":1}'),
  answer(200, 'application/json', '{"destination":{"numbers":["+918011111111"]},"fetch_after_attempt":true}'),
  answer(
    200,
    'application/json',
    '{"destination":{"numbers":["+918011111111"]},"start_call_playback":{"type":"text","value":"Hi."}}',
  ),
];
const LEG_STATES: readonly LegState[] = ['ringing', 'answered', 'completed', 'busy', 'no-answer', 'failed', 'canceled'];

/** One of everything that can reach an applet with these settings. */
export function inputsFor(applet: AnyApplet, settings: unknown): CallInput[] {
  const exits = applet.exits(settings).map(({ name }) => name);
  const names = exits.flatMap((exit) => (exit.startsWith('return:') ? [exit.slice('return:'.length)] : []));
  return [
    ...DIGITS.map((digit) => ({ type: 'digit', digit }) as const),
    { type: 'caller.hungUp' },
    { type: 'prompt.finished' },
    ...USABLE,
    answer(302, 'text/plain', ''),
    answer(404, 'text/html', ''),
    answer(200, 'text/plain', '', 'HEAD'),
    answer(404, 'text/plain', '', 'HEAD'),
    { type: 'fetch.failed', id: 1, why: 'timeout', says: 'too late' },
    ...LEG_STATES.map((to) => ({ type: 'leg.changed', leg: 2, to }) as const),
    { type: 'sms.accepted', id: 1, sid: 'sms' },
    { type: 'sms.refused', id: 1, says: 'no' },
    { type: 'optOut.recorded', id: 1, fact: 'f' },
    { type: 'optOut.failed', id: 1, says: 'no' },
    ...[...exits, 'else'].map((exit) => ({ type: 'case.answered', value: 'x', exit }) as const),
    ...(['open', 'closed', 'holiday'] as const).map((state) => ({ type: 'hours.answered', state }) as const),
    { type: 'visits.answered', visits: 1, exceeded: false },
    { type: 'visits.answered', visits: 2, exceeded: true },
    { type: 'keys.judged', keys: '1', accepted: true },
    { type: 'keys.judged', keys: '1', accepted: false },
    { type: 'legs.unanswered', dialled: 0 },
    { type: 'legs.unanswered', dialled: 1 },
    { type: 'flow.returned' },
    ...names.map((name) => ({ type: 'flow.returned', name }) as const),
  ];
}

/** A step of a machine: what it got (`start`, a class, or a timer's id), and what it did. */
export type Walk = { stimulus: string; edge: Edge };
export type Walked = { settings: unknown; steps: readonly Walk[]; whole: boolean };

/**
 * Everything a machine of these settings can do, asked through the memo, and everything it can do once a server's answer
 * changed its settings. `whole` is false where there were too many states to see them all.
 */
export function walkMachine(applet: AnyApplet, settings: unknown, most = 500): Walked[] {
  const walked = walkOne(applet, settings, most);
  const becomes = walked.steps.some(({ edge }) => edge.commands.some(({ type }) => type === 'become'));
  if (!becomes) return [walked];
  const others = [undefined, ...USABLE].flatMap((from) => applet.read?.(from, settings) ?? []);
  return [walked, ...others.map((other) => walkOne(applet, other, most))];
}

function walkOne(applet: AnyApplet, settings: unknown, most: number): Walked {
  const machine = applet.machine(settings);
  const memo = createMemo(machine, applet.kind);
  const known = new Set<string>(machine.events);
  const classes = [...new Set(inputsFor(applet, settings).map((input) => applet.classify(input, settings)))];
  const stimuli = classes.filter((name) => known.has(name));
  const seen = new Set<MachineState>();
  const steps: Walk[] = [];
  const waiting: { state: MachineState; timers: readonly string[] }[] = [];
  const take = (stimulus: string, edge: Edge, timers: readonly string[]) => {
    steps.push({ stimulus, edge });
    if (seen.has(edge.to)) return;
    seen.add(edge.to);
    const still = timers.filter((id) => !edge.cancel.includes(id));
    waiting.push({ state: edge.to, timers: [...still, ...edge.set.map(({ id }) => id)] });
  };
  take('start', memo.start(), []);
  for (let next = waiting.shift(); next && seen.size < most; next = waiting.shift()) {
    const { state, timers } = next;
    if (state.snapshot.status === 'done') continue;
    for (const stimulus of stimuli) take(stimulus, memo.follow(state, stimulus), timers);
    for (const id of timers)
      take(
        id,
        memo.follow(state, id),
        timers.filter((other) => other !== id),
      );
  }
  return { settings, steps, whole: waiting.length === 0 && seen.size < most };
}

/** Every command of a walk. */
export const commandsIn = (walked: readonly Walked[]): AppletCommand[] =>
  walked.flatMap(({ steps }) => steps.flatMap(({ edge }) => edge.commands));
