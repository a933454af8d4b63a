import type { AnswerRule } from '../adapters/answer-rule.ts';
import { createClosableClock } from '../adapters/clock-closable.ts';
import type { SystemClock } from '../adapters/clock-system.ts';
import { createStoreOverlay } from '../adapters/facts-overlay.ts';
import { createBreakableClient } from '../adapters/http-breakable.ts';
import { createRecordedClient } from '../adapters/http-recorded.ts';
import { createScriptedClient } from '../adapters/http-scripted.ts';
import { createPhoneLine } from '../adapters/line-phone.ts';
import type { PhoneScript } from '../adapters/phone-script.ts';
import { createSmsRecorder } from '../adapters/sms-recording.ts';
import { viewOf } from '../call/fold.ts';
import { resumeCall } from '../call/resume.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { NewFact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { optOutFact } from '../core/opt-out.ts';
import type { Audio, Clock, Facts, HttpClient, OptOuts } from '../core/ports.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { addressPattern } from '../exotel/app-params.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { Simulation, SimulationStart } from '../tui/session.ts';
import { guardOf, type Law } from './law.ts';
import { phoneCall, phoneClock } from './phone-call.ts';
import { createQuestions } from './phone-questions.ts';

/** What simulations know of the world. */
export type SimulationWorld = {
  /** A clock that begins at `start`. */
  createClock(start: Ms): SystemClock;
  /** The servers themselves, for when the person wants one asked. */
  servers(clock: Clock): HttpClient;
  /** Read, and never written to. */
  facts: Pick<Facts, 'about' | 'list'>;
  /** As after `--answer`. */
  answers: readonly AnswerRule[];
  agents: readonly PhoneScript[];
  law?: Law;
  /** Must not wait on the simulation's clock. */
  audio?: Audio;
};

/**
 * The call again from the end of a log, on its own clock, which stands until it is resumed. Nothing that it does leaves this
 * process: answers come from the record, then from rules, then from the person.
 * @throws BrokenInvariant when the log does not replay.
 */
export function simulate(start: SimulationStart, world: SimulationWorld): Simulation {
  const { log, flows, recorded, edited } = start;
  const facts = factsIn(log);
  const clock = createClosableClock(world.createClock(start.at ?? (log.at(-1) as Logged).at));
  const knobs = phoneClock(clock);
  knobs.pause();
  const questions = createQuestions(clock, world.servers(clock));
  questions.subscribe(() => clock.wait(questions.first() !== undefined));
  const ruled = createScriptedClient(clock, world.answers, questions.client);
  const pattern = (url: string) => addressPattern(url, facts.call);
  const known = createRecordedClient(clock, { log: recorded, before: log, edited, pattern }, ruled);
  const breakable = createBreakableClient(clock, known);
  const { agents, audio } = world;
  const line = createPhoneLine(clock, { agents, standing: viewOf(log).legs, ...(audio && { audio }) });
  const list = listIn(log, facts, world, clock);
  const call = resumeCall({ flows, dialect: exotelDialect }, log, {
    clock,
    http: breakable,
    line,
    sms: createSmsRecorder(clock, sentIn(log)),
    gate: guardOf(list, world.law),
    optOuts: optOutsOn(list),
    callbacks: { send() {} },
  });
  return Object.assign(phoneCall(call, flows, knobs, line, breakable), {
    question: () => questions.first(),
    onQuestion: (listener: () => void) => questions.subscribe(listener),
    close() {
      questions.close();
      clock.close();
    },
  });
}

function factsIn([first]: readonly Logged[]): CallFacts {
  if (first?.e.type !== 'started') throw new BrokenInvariant('A log without its beginning cannot be gone on with.');
  return first.e.facts;
}

/** The do-not-call list at the end of a log: of this call the store knows what the log says, and no more. */
function listIn(log: readonly Logged[], facts: CallFacts, world: SimulationWorld, clock: Clock): Facts {
  let made = 0;
  const stamp = { ids: { call: () => facts.call, next: () => `simulated-${++made}` }, now: () => clock.now() };
  const list = createStoreOverlay(world.facts, stamp, { hidden: ({ call }) => call === facts.call }).facts;
  void list.record(optOutsIn(log, facts)); // in memory: done when it returns
  return list;
}

/** The opt-outs of a log that count: recorded, or journalled. */
function optOutsIn(log: readonly Logged[], facts: CallFacts): readonly NewFact[] {
  const kept = new Set(
    log.flatMap(({ e }) => {
      if (e.type !== 'input') return [];
      const { input } = e;
      const counts = input.type === 'optOut.recorded' || (input.type === 'optOut.failed' && input.journal !== undefined);
      return counts ? [input.id] : [];
    }),
  );
  return log.flatMap(({ at, e }) =>
    e.type === 'command' && e.command.type === 'optOut' && kept.has(e.command.id) ? [optOutFact(facts, e.command, at)] : [],
  );
}

const optOutsOn = (list: Facts): OptOuts => ({
  async record(fact) {
    const [made] = await list.record([fact]);
    return made ? { ok: true, fact: made.id } : { ok: false, says: 'nothing was written down' };
  },
});

/** How many SMS there were, by the number of the last. */
function sentIn(log: readonly Logged[]): number {
  const last = log.findLast(({ e }) => e.type === 'input' && e.input.type === 'sms.accepted')?.e;
  const sid = last?.type === 'input' && last.input.type === 'sms.accepted' ? last.input.sid : '';
  return Number(/^sms(\d{29})$/.exec(sid)?.[1] ?? 0);
}
