import { viewOf } from '../call/fold.ts';
import { placeCall } from '../call/run.ts';
import { transcript } from '../call/transcript.ts';
import { type CallView, emptyView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import { callbacksOf } from '../exotel/callback.ts';
import { driveSteps } from './drive.ts';
import { missesOf, type Traces } from './expect.ts';
import { sayMatch, textOf } from './hearing.ts';
import type { Failure, Outcome } from './outcome.ts';
import type { Scenario } from './read.ts';
import type { Step } from './schema.ts';
import type { OpenWorld, ScenarioWorld } from './world.ts';

const CALLBACKS = { profile: 'automated-calls', events: [] } as const;

/** Runs one scenario to its end, on virtual time. */
export async function runScenario(scenario: Scenario, open: OpenWorld): Promise<Outcome> {
  const world = await open(scenario);
  const placed = await placeCall(world.plan, world.facts, world.ports);
  if (!placed.placed) {
    const refused = placed.verdict.verdict === 'allow' ? '' : placed.verdict.reasons.map(({ says }) => says).join(' ');
    return conclude(scenario, world, [], undefined, refused);
  }
  const driver = driveSteps(placed.call, scenario.steps, world.clock);
  await world.run();
  return conclude(scenario, world, placed.call.log, driver.at);
}

async function conclude(
  scenario: Scenario,
  world: ScenarioWorld,
  log: readonly Logged[],
  at: number | undefined,
  refused?: string,
): Promise<Outcome> {
  const view = log.length > 0 ? viewOf(log) : emptyView();
  const traces: Traces = {
    view,
    webhooks: world.webhooks(),
    callbacks: callbacksOf(log, CALLBACKS),
    facts: scenario.expect.dnc ? await world.known() : [],
    ...(refused !== undefined && { refused }),
  };
  const lines = view.lines.length > 0 ? transcript(view) : [];
  const failures = [
    ...stepFailure(scenario, at, traces, lines),
    ...missesOf(scenario.expect, traces).map(
      ({ name, expected, instead }): Failure => ({
        expected,
        instead,
        at: scenario.places.expect[name] ?? scenario.places.file,
        transcript: lines,
      }),
    ),
    ...world.unexpected().map(
      ({ method, url }): Failure => ({
        expected: 'no web request that nothing answers',
        instead: `${method} ${url.replace(/[?#].*$/s, '')} was asked, and no rule of world: http: fits`,
        at: scenario.places.file,
        transcript: lines,
      }),
    ),
  ];
  if (refused !== undefined && scenario.expect.status === undefined) {
    failures.unshift({ expected: 'a call', instead: `it was refused: ${refused}`, at: scenario.places.file, transcript: [] });
  }
  return { scenario, failures, log, view };
}

function stepFailure(scenario: Scenario, at: number | undefined, traces: Traces, lines: readonly string[]): Failure[] {
  const step = at === undefined ? undefined : scenario.steps[at];
  if (!step || at === undefined) return [];
  return [
    {
      expected: sayStep(step),
      instead: nearest(step, traces.view),
      at: scenario.places.steps[at] ?? scenario.places.file,
      transcript: lines,
    },
  ];
}

export function sayStep(step: Step): string {
  switch (step.type) {
    case 'hear':
      return `hear ${sayMatch(step.match)}`;
    case 'press':
    case 'barge':
      return `press ${step.type === 'barge' ? '!' : ''}${step.digits.join('')}`;
    case 'wait':
      return `wait ${step.for} ms`;
    case 'at':
      return `at ${step.node}`;
    case 'quiet':
      return `quiet until ${step.until}`;
    case 'hang up':
      return 'hang up';
  }
}

/** What did happen that comes nearest to a step that never could be done. */
function nearest(step: Step, view: CallView): string {
  const path = view.visited.map(({ node }) => node).join(' > ') || 'no applet';
  const ended = `the call was over: the caller went ${path}`;
  if (step.type === 'at') return `the caller never came there, but went ${path}`;
  if (step.type !== 'hear') return view.answeredAt === undefined ? `nobody answered: ${view.status}` : ended;
  const said = view.speeches.map(({ sounds }) => textOf(sounds)).filter(Boolean);
  const best = said.toSorted((a, b) => likeness(b, step) - likeness(a, step))[0];
  return best === undefined ? 'nothing was heard' : `the nearest that was said: "${best}"`;
}

/** How many words of what was wanted stand in a text. */
function likeness(text: string, step: Extract<Step, { type: 'hear' }>): number {
  const wanted = 'contains' in step.match ? step.match.contains : 'text' in step.match ? step.match.text : '';
  const words = new Set(text.toLowerCase().split(/\W+/));
  return wanted
    .toLowerCase()
    .split(/\W+/)
    .filter((word) => word !== '' && words.has(word)).length;
}
