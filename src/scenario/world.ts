import type { Ports } from '../call/run.ts';
import type { Plan } from '../call/state.ts';
import type { CallFacts } from '../core/event.ts';
import type { Fact } from '../core/facts.ts';
import type { Clock, HttpRequest, Post } from '../core/ports.ts';
import { type Problem, UserError } from '../core/problem.ts';
import type { Scenario } from './read.ts';

/** The world one scenario runs in: virtual time, scripted people and servers, a store of its own. */
export type ScenarioWorld = {
  plan: Plan;
  facts: CallFacts;
  ports: Ports;
  clock: Clock;
  /** Lets time go by until nothing more happens. */
  run(): Promise<void>;
  /** Requests that no rule of the scenario answered. */
  unexpected(): readonly Pick<HttpRequest, 'method' | 'url'>[];
  /** Opt-out webhooks that went out. */
  webhooks(): readonly Post[];
  /** What the store holds of the customer's number. */
  known(): Promise<readonly Fact[]>;
};

/** A scenario that cannot be run: its flow is broken, or it names what is not there. */
export class CannotRun extends UserError {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ says }) => says).join(' '), { exitCode: 1 });
    this.problems = problems;
  }
}

/** Made by whoever joins the adapters. @throws UserError when the scenario names what is not there. */
export type OpenWorld = (scenario: Scenario) => Promise<ScenarioWorld>;
