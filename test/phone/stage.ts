import { parseAnswerRule } from '../../src/adapters/answer-rule.ts';
import { createDelivery } from '../../src/adapters/delivery.ts';
import { createBreakableClient } from '../../src/adapters/http-breakable.ts';
import { createScriptedClient } from '../../src/adapters/http-scripted.ts';
import { createSystemIds } from '../../src/adapters/ids.ts';
import { createPhoneLine, type PhoneLine } from '../../src/adapters/line-phone.ts';
import { createOptOuts } from '../../src/adapters/opt-outs.ts';
import { parseAgent } from '../../src/adapters/phone-script.ts';
import { createSmsRecorder, type SentSms } from '../../src/adapters/sms-recording.ts';
import { createMemoryStore, type Store } from '../../src/adapters/store.ts';
import { type Ports, placeCall } from '../../src/call/run.ts';
import { flowPorts } from '../../src/commands/open-flow.ts';
import { phoneCall, phoneClock } from '../../src/commands/phone-call.ts';
import { type SimulationWorld, simulate } from '../../src/commands/phone-simulation.ts';
import { createGuard } from '../../src/compliance/guard.ts';
import { LIST_ONLY } from '../../src/compliance/policy.ts';
import type { CallFacts } from '../../src/core/event.ts';
import { e164, type Ms, ms } from '../../src/core/ids.ts';
import type { HttpClient, HttpRequest, OptOuts } from '../../src/core/ports.ts';
import { callbacksOf } from '../../src/exotel/callback.ts';
import { exotelDialect } from '../../src/exotel/dialect.ts';
import { loadFlow } from '../../src/flow/load.ts';
import type { FlowSet } from '../../src/flow/model.ts';
import type { PhoneSession } from '../../src/tui/session.ts';
import { createWall, type Wall } from './wall.ts';

/** 22 November 2026, 10:00 in India. */
export const MORNING = ms(Date.UTC(2026, 10, 22, 4, 30));

export type StageOptions = {
  /** As after `--answer`. */
  answers?: readonly string[];
  /** What the servers themselves say, for which there is no such rule. */
  servers?: readonly string[];
  /** As after `--agent`. */
  agents?: readonly string[];
  optOuts?: OptOuts;
  variables?: Record<string, string>;
  ringFor?: Ms;
  storeOption?: string;
  /** Parts of your own in place of the usual ones. */
  session?: Partial<PhoneSession>;
};

/** A phone and everything behind it, on virtual time: all real but the clock and the wire. */
export type PhoneStage = {
  clock: Wall;
  session: PhoneSession;
  store: Store;
  line: PhoneLine;
  /** What reached the servers themselves. */
  asked: readonly HttpRequest[];
  /** What the real calls sent. */
  sent: readonly SentSms[];
  /** A file of the flow was saved. */
  saved(): void;
  finished(): number;
};

/** @param flow XML text, or the path of a flow file. */
export async function setStage(flow: string, options: StageOptions = {}): Promise<PhoneStage> {
  const set = await flowsOf(flow);
  const wall = createWall();
  const clock = wall.clock(MORNING);
  const ids = createSystemIds(7);
  const store = createMemoryStore({ ids, now: () => clock.now() });
  const agents = (options.agents ?? []).map(agent);
  const answers = (options.answers ?? []).map(rule);
  const line = createPhoneLine(clock, { agents });
  const asked: HttpRequest[] = [];
  const servers: SimulationWorld['servers'] = (on) => counted(asked, createScriptedClient(on, (options.servers ?? []).map(rule)));
  const http = createScriptedClient(clock, answers, servers(clock));
  const breakable = createBreakableClient(clock, http);
  const sms = createSmsRecorder(clock);
  const ports: Ports = {
    clock,
    http: breakable,
    line,
    sms,
    gate: createGuard(store.facts, LIST_ONLY),
    optOuts: options.optOuts ?? createOptOuts(store),
    callbacks: createDelivery({ http, outbox: store.outbox, clock }),
  };
  const facts = () => ({ ...factsOf(set, options), call: ids.call(clock.now()) });
  const knobs = phoneClock(clock);
  const listeners = new Set<() => void>();
  const ticks = wall.clock(MORNING);
  let finished = 0;
  const world: SimulationWorld = { createClock: (start) => wall.clock(start), servers, facts: store.facts, answers, agents };
  const session: PhoneSession = {
    ...atRest(set),
    facts: facts(),
    async dial() {
      const placed = await placeCall({ flows: set, dialect: exotelDialect }, facts(), ports);
      if (!placed.placed) return placed;
      return { placed: true, phone: phoneCall(placed.call, set, knobs, line, breakable), verdict: placed.verdict };
    },
    simulate: (start) => simulate(start, world),
    now: () => clock.now(),
    every(wait, tick) {
      const again = () => {
        tick();
        cancel = ticks.alarm(ms(ticks.now() + wait), again);
      };
      let cancel = ticks.alarm(ms(ticks.now() + wait), again);
      return () => cancel();
    },
    listed: () => store.facts.about(session.facts.customer),
    store: { describe: store.describe, ...(options.storeOption !== undefined && { option: options.storeOption }) },
    onSaved(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    finish: async () => {
      finished++;
      return 0;
    },
    ...options.session,
  };
  const saved = () => {
    for (const listener of listeners) listener();
  };
  return { clock: wall, session, store, line, asked, sent: sms.sent, saved, finished: () => finished };
}

/** Lets everything that was promised come to pass; time stands still. */
export async function settle({ clock }: Pick<PhoneStage, 'clock'>): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await clock.advance(ms(0));
    await new Promise((soon) => setImmediate(soon));
  }
}

/** What of a session needs no call: one flow, one person, no disk and no editor. */
function atRest(set: FlowSet) {
  const flow = rootOf(set);
  return {
    title: flow.name,
    callbacks: (log) =>
      callbacksOf(log, { profile: 'automated-calls', events: [] }).map((fields, i) => ({
        id: `callback-${i + 1}`,
        contentType: 'multipart/form-data',
        fields,
      })),
    flowChoices: async () => [{ path: flow.file, name: flow.name, about: `${flow.nodes.size} applets`, broken: false }],
    chooseFlow: async (path) =>
      path === flow.file ? [] : [{ code: 'FILE_UNREADABLE', severity: 'error', at: flow.at, says: `There is no ${path}.` }],
    form: { to: '+919876543210', contact: '', at: '' },
    fillForm: async () => undefined,
    reread: async (of) => ({ type: 'same', flows: of?.flows ?? set }),
    saveName: () => 'recording.yaml',
    save: async () => ({ trouble: 'This phone has no disk.' }),
    edit: async () => 'This phone has no editor.',
  } satisfies Partial<PhoneSession>;
}

async function flowsOf(flow: string): Promise<FlowSet> {
  const text = flow.startsWith('<');
  const loaded = await loadFlow(text ? 'flow.xml' : flow, text ? { read: async () => Buffer.from(flow) } : flowPorts('.', flow));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, undefined, 2));
  return loaded.set;
}

function rootOf(set: FlowSet) {
  const root = set.flows.get(set.root);
  if (!root) throw new Error('no root');
  return root;
}

function factsOf(set: FlowSet, options: StageOptions): Omit<CallFacts, 'call'> {
  const root = rootOf(set);
  return {
    direction: 'outbound',
    customer: e164('+919876543210'),
    exophone: e164('+918047112345'),
    asked: 'flow',
    class: root.class,
    flow: root.name,
    file: root.file,
    contact: {},
    variables: { name: 'Asha', ...options.variables },
    ringFor: options.ringFor ?? ms(30_000),
    timeLimit: root.timeLimit,
    seed: 7,
  };
}

/** A client that keeps what it is asked. */
const counted = (asked: HttpRequest[], client: HttpClient): HttpClient => ({
  send(request, done) {
    asked.push(request);
    client.send(request, done);
  },
});

function agent(text: string) {
  const parsed = parseAgent(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.phone;
}

function rule(text: string) {
  const parsed = parseAnswerRule(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.rule;
}
