import { placeCall } from '../call/run.ts';
import { transcript } from '../call/transcript.ts';
import { emptyView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import { sayReasons } from '../core/facts.ts';
import { showDuration } from '../core/time.ts';
import { callbacksOf } from '../exotel/callback.ts';
import { type Driver, driveSteps } from './drive.ts';
import { editsFor } from './edits.ts';
import { CALLBACKS, missesOf, type Traces } from './expect.ts';
import { sayMatch } from './hearing.ts';
import { nearest } from './nearest.ts';
import type { Failure, Outcome } from './outcome.ts';
import type { Scenario } from './read.ts';
import type { Step } from './schema.ts';
import type { OpenWorld, ScenarioWorld } from './world.ts';

/** Runs one scenario to its end, on virtual time. */
export async function runScenario(scenario: Scenario, open: OpenWorld): Promise<Outcome> {
  const world = await open(scenario);
  const placed = await placeCall(world.plan, world.facts, world.ports);
  if (!placed.placed) {
    const refused = sayReasons(placed.verdict);
    return conclude(scenario, world, [], undefined, refused);
  }
  const driver = driveSteps(placed.call, scenario.steps, world.clock);
  await world.run();
  return conclude(scenario, world, placed.call.log, driver);
}

async function conclude(
  scenario: Scenario,
  world: ScenarioWorld,
  log: readonly Logged[],
  driver: Driver | undefined,
  refused?: string,
): Promise<Outcome> {
  const { expect } = scenario;
  const view = driver?.view ?? emptyView();
  const traces: Traces = {
    view,
    webhooks: world.webhooks(),
    callbacks: expect.callbacks ? callbacksOf(log, CALLBACKS) : [],
    facts: expect.dnc ? await world.known() : [],
    ...(refused !== undefined && { refused }),
  };
  const others = [...refusal(scenario, refused), ...stepFailure(scenario, driver), ...unasked(scenario, world)];
  const misses = missesOf(expect, traces);
  if (others.length + misses.length === 0) return { scenario, failures: [], log, view };
  const { places } = scenario;
  const missed = misses
    .map(({ name, ...miss }) => ({ ...miss, at: places.expect[name] ?? places.file }))
    .sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const lines = view.lines.length > 0 ? transcript(view) : [];
  const failures = [...others, ...missed].map((failure): Failure => ({ ...failure, transcript: lines }));
  const names = new Set(misses.map(({ name }) => name));
  const edits = others.length > 0 ? [] : [...names].flatMap((name) => editsFor(name, expect, traces));
  return { scenario, failures, log, view, edits };
}

type Untold = Omit<Failure, 'transcript'>;

function refusal({ expect, places }: Scenario, refused: string | undefined): Untold[] {
  if (refused === undefined || expect.status !== undefined) return [];
  return [{ expected: 'a call', instead: `it was refused: ${refused}`, at: places.file }];
}

function stepFailure({ steps, places }: Scenario, driver: Driver | undefined): Untold[] {
  const step = driver && steps[driver.at];
  if (!step) return [];
  const { at, since, view } = driver;
  return [
    {
      expected: sayStep(step),
      instead: nearest(step, view),
      at: places.steps[at] ?? places.file,
      step: { number: at + 1, since },
    },
  ];
}

function unasked({ places }: Scenario, world: ScenarioWorld): Untold[] {
  return world.unexpected().map(({ method, url }) => ({
    expected: 'no web request that nothing answers',
    instead: `${method} ${url.replace(/[?#].*$/s, '')} was asked, and no rule of world: http: fits`,
    at: places.at?.(['world'], 'http') ?? places.file,
  }));
}

export function sayStep(step: Step): string {
  switch (step.type) {
    case 'hear':
      return `hear ${sayMatch(step.match)}`;
    case 'press':
    case 'barge':
      return `press ${step.type === 'barge' ? '!' : ''}${step.digits.join('')}`;
    case 'wait':
      return `wait ${showDuration(step.for)}`;
    case 'at':
      return `at ${step.node}`;
    case 'keep':
      return `keep pressing ${step.digits.join('')}`;
    case 'quiet':
      return `quiet until ${step.until}`;
    case 'hang up':
      return 'hang up';
  }
}
