import type { CallEvent, Logged } from '../core/event.ts';
import { isOwnInput, type Stimulus, type WorldInput } from '../core/input.ts';
import { type CallState, newCall, type Plan } from './state.ts';
import { step } from './step.ts';

export type Difference = {
  /** Index in the recorded log. */
  index: number;
  recorded: Logged | undefined;
  replayed: CallEvent | undefined;
};
export type Replay = { same: true; state: CallState } | { same: false; difference: Difference };

/** Deliveries are made by the host, not by the engine; everything else must come again. */
const isOurs = (logged: Logged): boolean => logged.e.type !== 'delivery';

function stimulusOf(event: CallEvent, state: CallState): Stimulus | undefined {
  if (event.type === 'started') return { type: 'start' };
  if (event.type === 'timer.fired') {
    const timer = state.timers.find((one) => one.timer === event.timer);
    return { type: 'timer.fired', timer: timer?.id ?? event.timer };
  }
  if (event.type === 'input' && !isOwnInput(event.input)) return event.input as WorldInput;
  return undefined;
}

/** The same text for the same event, whatever the order of its fields. */
const canonical = (event: CallEvent | undefined): string | undefined =>
  event &&
  JSON.stringify(event, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** Feeds the inputs of a recorded log again and demands the same events; tells the first difference. */
export function replay(plan: Plan, recorded: readonly Logged[]): Replay {
  const log = recorded.filter(isOurs);
  const first = log[0];
  if (first?.e.type !== 'started') return { same: false, difference: { index: 0, recorded: first, replayed: undefined } };
  let state = newCall(plan, first.e.facts, first.at);
  for (let i = 0; i < log.length; ) {
    const here = log[i] as Logged;
    const stimulus = stimulusOf(here.e, state);
    const out = stimulus ? step(plan, state, stimulus, here.at) : undefined;
    if (!out || out.events.length === 0)
      return { same: false, difference: { index: recorded.indexOf(here), recorded: here, replayed: undefined } };
    state = out.state;
    for (const event of out.events) {
      const expected = log[i];
      if (canonical(expected?.e) !== canonical(event)) {
        return {
          same: false,
          difference: { index: expected ? recorded.indexOf(expected) : recorded.length, recorded: expected, replayed: event },
        };
      }
      i++;
    }
  }
  return { same: true, state };
}
