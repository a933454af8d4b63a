import { type LiveCall, placeCall } from '../call/run.ts';
import type { Plan } from '../call/state.ts';
import type { CallView } from '../call/view.ts';
import { accepts } from '../core/accept.ts';
import type { Logged } from '../core/event.ts';
import type { Fact } from '../core/facts.ts';
import { type Digit, isDigit } from '../core/input.ts';
import type { Clock } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { appletFor } from '../flow/graph.ts';
import type { FlowNode } from '../flow/model.ts';
import { type Driver, driveSteps } from './drive.ts';
import { canPress } from './keys.ts';
import { type Caller, ruleFor, stepsOf } from './monkey-caller.ts';
import type { Scenario } from './read.ts';
import { scenarioFile } from './schema.ts';
import type { OpenWorld } from './world.ts';

/** How often a caller may come to the same applet before the call is taken for one without end. */
export const MOST_VISITS = 50;

/** A random caller's call, over. */
export type Played = {
  caller: Caller;
  plan: Plan;
  log: readonly Logged[];
  view: CallView;
  known: readonly Fact[];
  /** The applet at which the caller gave up going round. */
  round: string | undefined;
  /** Keys pressed by a caller who keeps pressing, and where. */
  pressed: readonly { digit: Digit; node: string }[];
  /** Steps that were done. */
  done: number;
};

/** Where a flow and its scenarios are. */
export type Stage = {
  /** The path that a scenario of this flow would have. */
  file: string;
  flow?: string;
  /** `FILE.csv#ROW`, from that scenario's folder. */
  contact?: string;
  open: OpenWorld;
};

function scenarioOf({ file, flow, contact }: Stage, caller: Caller): Scenario {
  const { agents, store } = caller;
  const parsed = scenarioFile.parse({
    ...(flow !== undefined && { flow }),
    call: { ...(contact !== undefined && { contact }) },
    world: { agents, store, http: [ruleFor(caller)] },
    steps: stepsOf(caller),
  });
  return { ...parsed, title: file, file, places: { steps: [], expect: {}, file: { file, line: 1, column: 1 } } };
}

/** Plays a caller's call to its end. One that comes to the same applet for ever is hung up. */
export async function playCaller(stage: Stage, caller: Caller): Promise<Played> {
  const scenario = scenarioOf(stage, caller);
  const world = await stage.open(scenario);
  const placed = await placeCall(world.plan, world.facts, world.ports);
  if (!placed.placed) throw new UserError(`${stage.file}: the call of a random caller was refused.`);
  const { call } = placed;
  const driver = driveSteps(call, scenario.steps, world.clock);
  const round = stopRound(call, driver);
  const pressed = caller.last === 'keeps pressing' ? keepPressing(call, driver, scenario.steps.length, world.clock) : [];
  await world.run();
  const { plan } = world;
  const { view } = driver;
  return { caller, plan, log: call.log, view, known: await world.known(), round: round(), pressed, done: driver.at };
}

function stopRound(call: LiveCall, { view }: Driver): () => string | undefined {
  const visits = new Map<string, number>();
  let round: string | undefined;
  call.subscribe(({ e }) => {
    if (e.type !== 'applet.entered' || round !== undefined) return;
    const place = `${e.flow} ${e.node}`;
    visits.set(place, (visits.get(place) ?? 0) + 1);
    if ((visits.get(place) ?? 0) <= MOST_VISITS) return;
    round = e.node;
    if (!view.ended) call.hangUp();
  });
  return () => round;
}

/** Presses what each applet offers, one after the other, so that no way out of it stays untried. */
function keepPressing(call: LiveCall, driver: Driver, steps: number, clock: Clock) {
  const turns = new Map<FlowNode, number>();
  const pressed: { digit: Digit; node: string }[] = [];
  let busy = false;
  let typing: Digit[] = [];
  const look = (): void => {
    if (busy || driver.at < steps || !canPress(call)) return;
    busy = true;
    clock.alarm(clock.now(), () => {
      busy = false;
      const node = call.state.stand?.node;
      if (!node || !canPress(call)) return;
      if (typing.length === 0) {
        const turn = turns.get(node) ?? 0;
        turns.set(node, turn + 1);
        const inputs = inputsOf(node);
        typing = [...(inputs[turn % inputs.length] ?? '#')].filter(isDigit);
      }
      const digit = typing.shift() as Digit;
      pressed.push({ digit, node: node.id });
      call.press(digit);
      look();
    });
  };
  call.subscribe(({ e }) => {
    if (e.type === 'applet.left') typing = [];
    look();
  });
  look();
  return pressed;
}

const NUMBERS = ['1#', '5#', '12#', '123#', '1234#', '123456#', '0#', '*#'];

/** What may be typed where a caller is asked: the offered keys, and numbers that would be taken. */
function inputsOf(node: FlowNode): readonly string[] {
  const offers = appletFor(node).offers?.(node.settings);
  if (!offers) return ['#'];
  const keys = offers.keys.map(({ digit }) => digit);
  if (!offers.anyKey) return keys.length > 0 ? keys : ['#'];
  const { accept } = node.settings as { accept?: string };
  const numbers = NUMBERS.filter((number) => accept === undefined || accepts(accept, number.slice(0, -1)));
  return [...keys, ...(numbers.length > 0 ? numbers : NUMBERS)];
}
