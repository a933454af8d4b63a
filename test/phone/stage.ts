import { readFile } from 'node:fs/promises';
import { parseAnswerRule } from '../../src/adapters/answer-rule.ts';
import { createVirtualClock, type VirtualClock } from '../../src/adapters/clock-virtual.ts';
import { createDelivery } from '../../src/adapters/delivery.ts';
import { createScriptedClient } from '../../src/adapters/http-scripted.ts';
import { createSystemIds } from '../../src/adapters/ids.ts';
import { createPhoneLine, type PhoneLine } from '../../src/adapters/line-phone.ts';
import { createOptOuts } from '../../src/adapters/opt-outs.ts';
import { parseAgent } from '../../src/adapters/phone-script.ts';
import { createSmsRecorder } from '../../src/adapters/sms-recording.ts';
import { createMemoryStore, type Store } from '../../src/adapters/store.ts';
import { type Placed, type Ports, placeCall } from '../../src/call/run.ts';
import { createGuard } from '../../src/compliance/guard.ts';
import { LIST_ONLY } from '../../src/compliance/policy.ts';
import type { CallFacts } from '../../src/core/event.ts';
import { e164, type Ms, ms } from '../../src/core/ids.ts';
import type { OptOuts } from '../../src/core/ports.ts';
import { callbacksOf } from '../../src/exotel/callback.ts';
import { exotelDialect } from '../../src/exotel/dialect.ts';
import { loadFlow } from '../../src/flow/load.ts';
import type { PhoneSession } from '../../src/tui/session.ts';

/** 22 November 2026, 10:00 in India. */
export const MORNING = ms(Date.UTC(2026, 10, 22, 4, 30));

export type StageOptions = {
  /** As after `--answer`. */
  answers?: readonly string[];
  /** As after `--agent`. */
  agents?: readonly string[];
  optOuts?: OptOuts;
  variables?: Record<string, string>;
  ringFor?: Ms;
  storeOption?: string;
};

/** A phone and everything behind it, on virtual time: all real but the clock and the wire. */
export type PhoneStage = { clock: VirtualClock; session: PhoneSession; store: Store; line: PhoneLine; finished(): number };

/** @param flow XML text, or the path of a flow file. */
export async function setStage(flow: string, options: StageOptions = {}): Promise<PhoneStage> {
  const read = async (path: string) => (flow.startsWith('<') ? Buffer.from(flow) : readFile(path));
  const loaded = await loadFlow(flow.startsWith('<') ? 'flow.xml' : flow, { read });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, undefined, 2));
  const { set } = loaded;
  const root = set.flows.get(set.root);
  if (!root) throw new Error('no root');
  const clock = createVirtualClock(MORNING);
  const ids = createSystemIds(7);
  const store = createMemoryStore({ ids, now: () => clock.now() });
  const line = createPhoneLine(clock, { agents: (options.agents ?? []).map(agent) });
  const http = createScriptedClient(clock, (options.answers ?? []).map(rule));
  const ports: Ports = {
    clock,
    http,
    line,
    sms: createSmsRecorder(clock),
    gate: createGuard(store.facts, LIST_ONLY),
    optOuts: options.optOuts ?? createOptOuts(store),
    callbacks: createDelivery({ http, outbox: store.outbox, clock }),
  };
  const facts = (): CallFacts => ({
    call: ids.call(clock.now()),
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
  });
  return withSession(clock, store, line, facts, () => placeCall({ flows: set, dialect: exotelDialect }, facts(), ports), options);
}

function withSession(
  clock: VirtualClock,
  store: Store,
  line: PhoneLine,
  facts: () => CallFacts,
  dial: () => Promise<Placed>,
  { storeOption }: StageOptions,
): PhoneStage {
  const own = facts();
  let paused = false;
  let speed = 1;
  let finished = 0;
  const session: PhoneSession = {
    title: own.flow,
    facts: own,
    dial,
    answer: () => void line.answer(),
    decline: () => void line.decline(),
    clock: {
      now: () => clock.now(),
      pause: () => {
        paused = true;
      },
      resume: () => {
        paused = false;
      },
      setSpeed: (wanted) => {
        speed = wanted;
      },
      paused: () => paused,
      speed: () => speed,
    },
    every(wait, tick) {
      const again = () => {
        tick();
        cancel = clock.alarm(ms(clock.now() + wait), again);
      };
      let cancel = clock.alarm(ms(clock.now() + wait), again);
      return () => cancel();
    },
    listed: () => store.facts.about(own.customer),
    store: { describe: store.describe, ...(storeOption !== undefined && { option: storeOption }) },
    callbacks: (log) =>
      callbacksOf(log, { profile: 'automated-calls', events: [] }).map((fields, i) => ({
        id: `callback-${i + 1}`,
        contentType: 'multipart/form-data',
        fields,
      })),
    finish: async () => {
      finished++;
      return 0;
    },
  };
  return { clock, session, store, line, finished: () => finished };
}

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
