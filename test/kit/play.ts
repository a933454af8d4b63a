import { parseAnswerRule } from '../../src/adapters/answer-rule.ts';
import { createVirtualClock, type VirtualClock } from '../../src/adapters/clock-virtual.ts';
import { createScriptedClient } from '../../src/adapters/http-scripted.ts';
import { createScriptedLine } from '../../src/adapters/line-scripted.ts';
import { parseAgent, parseCallee } from '../../src/adapters/phone-script.ts';
import { createSmsRecorder } from '../../src/adapters/sms-recording.ts';
import { viewOf } from '../../src/call/fold.ts';
import type { Ports } from '../../src/call/perform.ts';
import { type LiveCall, placeCall } from '../../src/call/run.ts';
import type { Plan } from '../../src/call/state.ts';
import { transcript } from '../../src/call/transcript.ts';
import type { CallView } from '../../src/call/view.ts';
import type { CallEvent, CallFacts, Logged } from '../../src/core/event.ts';
import { callId, e164, type Ms, ms } from '../../src/core/ids.ts';
import type { OptOutResult, Post } from '../../src/core/ports.ts';
import { parseInstant, showClock } from '../../src/core/time.ts';
import { exotelDialect } from '../../src/exotel/dialect.ts';
import type { Flow, FlowSet } from '../../src/flow/model.ts';
import { readFlow } from '../../src/flow/read-xml.ts';
import { driveKeys, parseKeys } from '../../src/scenario/keys.ts';

/** Sunday, 22 November 2026, ten in the morning in India. */
export const START = parseInstant('2026-11-22T10:00') as Ms;

/** A flow from its XML; throws its problems, so that a broken test flow is seen at once. */
export function flowOf(xml: string): Flow {
  const read = readFlow(new TextEncoder().encode(xml), 'flow.xml');
  if (!read.ok) throw new Error(read.problems.map((p) => `${p.at.line}:${p.at.column} ${p.code} ${p.says}`).join('\n'));
  return read.flow;
}

/** A flow around some applets: `applets('<Hangup id="bye"/>')` starts at the first one. */
export function applets(xml: string, attributes = ''): Flow {
  const start = /id="([^"]+)"/.exec(xml)?.[1] ?? '';
  return flowOf(`<Flow name="test" start="${start}" class="service-implicit" ${attributes}>${xml}</Flow>`);
}

/** Flows that reach each other; `links` maps what a Transfer or Subflow says to the flow's name. */
export const setOf = (flow: Flow, others: readonly Flow[] = [], links: Readonly<Record<string, string>> = {}): FlowSet => ({
  root: flow.name,
  flows: new Map([flow, ...others].map((one) => [one.name, one])),
  links: new Map([flow, ...others].map((one) => [one.name, new Map(Object.entries(links))])),
  audio: new Map(),
});

export type Script = {
  /** As in `press9 run --keys`. */
  keys?: string;
  /** As in `press9 run --answer`. */
  answers?: readonly string[];
  callee?: string;
  agents?: readonly string[];
  at?: string;
  facts?: Partial<CallFacts>;
  /** What becomes of an opt-out; recorded unless told. */
  optOut?: OptOutResult;
  /** Ports of your own in place of the usual ones. */
  ports?: (usual: Ports, clock: VirtualClock) => Partial<Ports>;
  /** Runs before the clock does: subscribe, or set alarms of your own. */
  before?: (call: LiveCall, clock: VirtualClock) => void;
  /** Ask XState, not the memo. */
  oracle?: boolean;
  /** Stop here instead of running to the end, in milliseconds from the start. */
  until?: number;
};

export type Played = {
  call: LiveCall;
  clock: VirtualClock;
  log: readonly Logged[];
  events: readonly CallEvent[];
  view: CallView;
  plan: Plan;
  transcript: readonly string[];
  /** `applet>exit` in order. */
  path: readonly string[];
  /** `key:was` in order. */
  keys: readonly string[];
  posts: readonly Post[];
  /** When the call ended, as `0:12` after its start. */
  endedAt: string | undefined;
};

export const factsOf = (flow: Flow, more: Partial<CallFacts> = {}): CallFacts => ({
  call: callId('0123456789abcdef0123456789abkabm'),
  direction: 'outbound',
  customer: e164('+919876543210'),
  exophone: e164('+918047112345'),
  asked: 'flow',
  class: flow.class,
  flow: flow.name,
  file: 'flow.xml',
  contact: {},
  variables: {},
  ringFor: ms(30_000),
  timeLimit: flow.timeLimit,
  seed: 1,
  ...more,
});

function must<T>(parsed: ({ ok: true } & T) | { ok: false; problem: string }): T {
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed;
}

/** Plays a call of a flow on virtual time with the shipped scripted ports, and tells everything about it. */
export async function play(flows: Flow | FlowSet, script: Script = {}): Promise<Played> {
  const set = 'root' in flows ? flows : setOf(flows);
  const flow = set.flows.get(set.root) as Flow;
  const clock = createVirtualClock((script.at === undefined ? START : parseInstant(script.at)) as Ms);
  const posts: Post[] = [];
  const callee = script.callee === undefined ? undefined : must(parseCallee(script.callee)).phone;
  const usual: Ports = {
    clock,
    http: createScriptedClient(
      clock,
      (script.answers ?? []).map((rule) => must(parseAnswerRule(rule)).rule),
    ),
    line: createScriptedLine(clock, {
      ...(callee && { callee }),
      agents: (script.agents ?? []).map((agent) => must(parseAgent(agent)).phone),
    }),
    sms: createSmsRecorder(clock),
    gate: { ask: async () => ({ verdict: 'allow', ground: { code: 'NOT_LISTED', says: 'A test.', facts: [] }, warnings: [] }) },
    optOuts: {
      async record(_, post) {
        const result = script.optOut ?? { ok: true, fact: 'fact-1' };
        if (post && result.ok) posts.push(post);
        return result;
      },
    },
    callbacks: { send: (post) => void posts.push(post) },
  };
  const ports: Ports = { ...usual, ...script.ports?.(usual, clock) };
  const plan: Plan = { flows: set, dialect: exotelDialect, ...(script.oracle && { oracle: true }) };
  const placed = await placeCall(plan, factsOf(flow, script.facts), ports);
  if (!placed.placed) throw new Error('the gate of a test lets everything through');
  const { call } = placed;
  driveKeys(call, must(parseKeys(script.keys ?? '')).items, clock);
  script.before?.(call, clock);
  await clock.run(script.until === undefined ? undefined : ms(clock.now() + script.until));
  return told(call, clock, plan, posts);
}

function told(call: LiveCall, clock: VirtualClock, plan: Plan, posts: readonly Post[]): Played {
  const view = viewOf(call.log);
  const events = call.log.map(({ e }) => e);
  return {
    call,
    clock,
    log: call.log,
    events,
    view,
    plan,
    posts,
    transcript: transcript(view),
    path: events.flatMap((e) => (e.type === 'applet.left' ? [`${e.node}>${e.exit}`] : [])),
    keys: events.flatMap((e) => (e.type === 'key' ? [`${e.digit}:${e.was}`] : [])),
    endedAt: view.endedAt === undefined ? undefined : showClock(view.endedAt - view.startedAt),
  };
}
