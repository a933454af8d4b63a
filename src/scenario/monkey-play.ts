import { type LiveCall, placeCall } from '../call/run.ts';
import type { Plan } from '../call/state.ts';
import type { CallView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import type { Fact } from '../core/facts.ts';
import { UserError } from '../core/problem.ts';
import { type Driver, driveSteps } from './drive.ts';
import { type Caller, ruleFor, stepsOf } from './monkey-caller.ts';
import { keepPressing, type Pressed } from './monkey-press.ts';
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
  pressed: readonly Pressed[];
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
