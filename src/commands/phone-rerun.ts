import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createStoreOverlay } from '../adapters/facts-overlay.ts';
import { createRecordedClient } from '../adapters/http-recorded.ts';
import { createScriptedClient } from '../adapters/http-scripted.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createScriptedLine } from '../adapters/line-scripted.ts';
import { parseAgent, parseCallee } from '../adapters/phone-script.ts';
import { createSmsRecorder } from '../adapters/sms-recording.ts';
import { type Ports, placeCall } from '../call/run.ts';
import type { CallView } from '../call/view.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import type { Clock, Facts, Gate, HttpClient, HttpRequest, OptOutResult, OptOuts } from '../core/ports.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { addressPattern } from '../exotel/app-params.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import { driveSteps } from '../scenario/drive.ts';
import type { Story } from '../scenario/record-story.ts';
import { worldOf } from '../scenario/record-world.ts';
import type { Step } from '../scenario/schema.ts';
import { guardOf, type Law } from './law.ts';
import type { SimulationWorld } from './phone-simulation.ts';

/** What of the world a call that is made again knows. */
export type RerunWorld = Pick<SimulationWorld, 'facts' | 'answers' | 'agents' | 'audio' | 'law'>;

/** A call made again, to its end, on virtual time. */
export type Rerun = {
  log: readonly Logged[];
  view: CallView;
  /** The step that was not done; the number of steps when all were. */
  at: number;
  /** A request that the call waits for and nobody can answer; what comes after it counts for nothing. */
  asked?: { index: number; request: HttpRequest };
};

/** What was until now, and what it is made again with. */
export type Before = { story: Story; now: Ms; facts: CallFacts; flows: FlowSet };

/** Makes a call again with the people and the servers that it had. Nothing is written, posted or asked of a server. */
export async function rerun(before: Before, world: RerunWorld, steps: readonly Step[]): Promise<Rerun> {
  const { story, facts, flows } = before;
  const clock = createVirtualClock(story.view.startedAt);
  const log: Logged[] = [];
  let asked: Rerun['asked'];
  const unknown = (request: HttpRequest) => {
    const e = log.at(-1)?.e;
    if (e?.type === 'command' && e.command.type === 'fetch' && !e.command.async) asked ??= { index: log.length - 1, request };
  };
  const placed = await placeCall({ flows, dialect: exotelDialect }, facts, portsOf(before, world, clock, unknown), {
    listeners: [(logged) => void log.push(logged)],
  });
  if (!placed.placed) throw new BrokenInvariant('A call that is made again is not refused.');
  const driver = driveSteps(placed.call, steps, clock);
  await clock.run();
  return { log, view: driver.view, at: driver.at, ...(asked && { asked }) };
}

function portsOf(before: Before, world: RerunWorld, clock: Clock, unknown: (request: HttpRequest) => void): Ports {
  const { story, facts } = before;
  const known = createStoreOverlay(
    world.facts,
    { ids: createSystemIds(facts.seed), now: clock.now },
    { hidden: (fact) => fact.call === facts.call },
  ).facts;
  const pattern = (url: string) => addressPattern(url, facts.call);
  const others = createScriptedClient(clock, world.answers, othersIn(story.log, pattern, unknown));
  return {
    clock,
    http: createRecordedClient(clock, { log: story.log, before: [], pattern }, others),
    line: createScriptedLine(clock, { ...phonesOf(before, world), ...(world.audio && { audio: world.audio }) }),
    sms: createSmsRecorder(clock),
    gate: gateFor(known, world.law),
    optOuts: recordedOptOuts(story.view, known),
    callbacks: { send: () => {} },
  };
}

/** The phones of the call; who was not dialled in it does what options say. */
function phonesOf({ story, now, facts }: Before, world: RerunWorld) {
  const { view } = story;
  const { callee, agents = [] } = worldOf({ ...story, view: { ...view, endedAt: view.endedAt ?? now } }, facts) ?? {};
  const customer = callee === undefined ? undefined : parseCallee(callee);
  const others = (typeof agents === 'string' ? [agents] : agents).map(parseAgent);
  return {
    ...(customer?.ok && { callee: customer.phone }),
    agents: others.length > 0 ? others.flatMap((one) => (one.ok ? [one.phone] : [])) : world.agents,
  };
}

/** Servers of which no answer is known: those that said nothing in the call go on saying nothing. */
function othersIn(log: readonly Logged[], pattern: (url: string) => string, unknown: (request: HttpRequest) => void): HttpClient {
  const address = ({ method, url }: Pick<HttpRequest, 'method' | 'url'>) => `${method} ${pattern(url)}`;
  const silent = new Set(
    log.flatMap(({ e }) => (e.type === 'command' && e.command.type === 'fetch' ? [address(e.command)] : [])),
  );
  return {
    send(request) {
      if (!silent.has(address(request))) unknown(request);
    },
  };
}

/** The call itself was let through once. */
function gateFor(known: Pick<Facts, 'about'>, law: Law | undefined): Gate {
  const guard = guardOf(known, law);
  return {
    async ask(contact, at) {
      if (contact.channel === 'sms') return guard.ask(contact, at);
      return { verdict: 'allow', ground: { code: 'CALLED_BEFORE', says: 'The call was made before.', facts: [] }, warnings: [] };
    },
  };
}

/** As often as opt-outs were made before, each ends as it did then. */
function recordedOptOuts({ optOuts }: CallView, facts: Facts): OptOuts {
  const before = optOuts.map(({ result }): OptOutResult | undefined => {
    if (!result) return undefined;
    if ('fact' in result) return { ok: true, fact: result.fact };
    return { ok: false, says: result.failed, ...(result.journal !== undefined && { journal: result.journal }) };
  });
  return {
    async record(fact) {
      const then = before.shift();
      if (then?.ok === false) return then;
      const [recorded] = await facts.record([fact]);
      return then ?? { ok: true, fact: recorded?.id ?? '' };
    },
  };
}
