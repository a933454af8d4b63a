import { basename, dirname, relative, resolve } from 'node:path';
import type { AnswerRule } from '../adapters/answer-rule.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createScriptedClient } from '../adapters/http-scripted.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createScriptedLine } from '../adapters/line-scripted.ts';
import { createOptOuts } from '../adapters/opt-outs.ts';
import { type ParsedPhone, type PhoneScript, parseAgent, parseCallee } from '../adapters/phone-script.ts';
import { createSmsRecorder } from '../adapters/sms-recording.ts';
import { createMemoryStore } from '../adapters/store.ts';
import { createGuard } from '../compliance/guard.ts';
import { type Gives, typeOf } from '../core/gives.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import type { HttpClient, OptOuts, Post } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { parseInstant } from '../core/time.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Scenario } from '../scenario/read.ts';
import type { HttpRule } from '../scenario/schema.ts';
import { CannotRun, type OpenWorld, type ScenarioWorld } from '../scenario/world.ts';
import { callFacts } from './call-facts.ts';
import { readContact } from './contact-row.ts';
import { type RunOptions, withDefaults } from './run-options.ts';
import { earlierFacts, policyIn } from './scenario-law.ts';

/** A Monday morning, for scenarios that do not say when: the same for everybody, always. */
const USUAL_START = parseInstant('2026-01-05T10:00') as Ms;
const USUAL_SEED = 1;

/** The flows that a scenario is about, by the path of the first one's file. @throws UserError for a flow that cannot be run. */
export type ScenarioFlows = (path: string, scenario: Scenario) => Promise<FlowSet>;

/** The flow file that a scenario is about: what `flow` names, from the scenario's folder; else flow.xml there, of a `scenarios` folder above it. */
export function flowPathOf({ file, flow }: Pick<Scenario, 'file' | 'flow'>): string {
  const folder = dirname(file);
  return resolve(folder, flow ?? (basename(folder) === 'scenarios' ? '../flow.xml' : 'flow.xml'));
}

/** Worlds on virtual time for the scenarios of one run; `seed` moves every random choice. */
export function scenarioWorlds(cwd: string, flows: ScenarioFlows, seed = USUAL_SEED): OpenWorld {
  return async (scenario) => {
    const path = flowPathOf({ ...scenario, file: resolve(cwd, scenario.file) });
    return openWorld(scenario, await flows(path, scenario), relative(cwd, path), cwd, seed);
  };
}

async function openWorld(scenario: Scenario, set: FlowSet, file: string, cwd: string, seed: number): Promise<ScenarioWorld> {
  const at = scenario.call.at ?? USUAL_START;
  const clock = createVirtualClock(at);
  const ids = createSystemIds(seed);
  const store = createMemoryStore({ ids, now: () => clock.now() });
  const contact = await placed(scenario, ['call'], 'contact', () => contactOf(scenario, cwd));
  const facts = await placed(scenario, ['call'], 'to', () => callFacts(set, file, optionsOf(scenario, seed), contact, ids, at));
  await placed(scenario, ['world'], 'dnc', () => putOnList(scenario, store.facts.record, at));
  await placed(scenario, ['world'], 'dnd', async () => {
    const earlier = earlierFacts(scenario.world, facts.customer, at);
    if (earlier.length > 0) await store.facts.record(earlier);
  });
  const webhooks: Post[] = [];
  const unexpected: { method: 'GET' | 'HEAD' | 'POST'; url: string }[] = [];
  const strict: HttpClient = {
    send(request, done) {
      unexpected.push({ method: request.method, url: request.url });
      clock.alarm(clock.now(), () => done({ ok: false, why: 'refused', says: 'no rule of the scenario answers it' }));
    },
  };
  const { agents: agentTexts = [], callee: calleeText } = scenario.world;
  const agents = await placed(scenario, ['world'], 'agents', () => agentTexts.map((text) => phoneOf(parseAgent(text))));
  const callee = await placed(scenario, ['world'], 'callee', () => calleeText && phoneOf(parseCallee(calleeText)));
  return {
    plan: { flows: set, dialect: exotelDialect },
    facts,
    clock,
    run: () => clock.run(),
    ports: {
      clock,
      http: createScriptedClient(clock, (scenario.world.http ?? []).map(toRule), strict),
      line: createScriptedLine(clock, { ...(callee && { callee }), agents }),
      sms: createSmsRecorder(clock),
      gate: createGuard(store.facts, policyIn(scenario.world)),
      optOuts: scenario.world.store === 'failing' ? failing : createOptOuts(store),
      callbacks: { send: (post) => void webhooks.push(post) },
    },
    unexpected: () => unexpected,
    webhooks: () => webhooks,
    known: () => store.facts.about(facts.customer),
  };
}

const failing: OptOuts = { record: async () => ({ ok: false, says: 'the store of this scenario is failing' }) };

/** A mistake that only shows when the world is made, told at its place in the scenario. */
async function placed<T>({ places }: Scenario, path: readonly string[], key: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, advice } = error;
    const at = places.at?.(path, key) ?? places.file;
    throw new CannotRun([
      {
        code: 'SCENARIO_BAD_VALUE',
        severity: 'error',
        at,
        says: `${key}: ${message.replace(/^--[\w-]+: /, '')}`,
        ...(advice !== undefined && { try: advice }),
      },
    ]);
  }
}

function phoneOf(parsed: ParsedPhone): PhoneScript {
  if (parsed.ok) return parsed.phone;
  throw new UserError(parsed.problem);
}

function optionsOf({ call }: Scenario, seed: number): RunOptions {
  const { to, from, exophone, inbound, set, customField, campaign, timeLimit, ringFor } = call;
  return withDefaults({
    country: 'IN',
    seed,
    ringFor: ringFor ?? ms(30_000),
    ...(set && { set }),
    ...(inbound && { inbound }),
    ...(to !== undefined && { to }),
    ...(from !== undefined && { from }),
    ...(exophone !== undefined && { exophone }),
    ...(customField !== undefined && { customField }),
    ...(campaign !== undefined && { campaign }),
    ...(timeLimit !== undefined && { timeLimit }),
  });
}

async function contactOf({ call, file }: Scenario, cwd: string) {
  const { contact } = call;
  if (contact === undefined) return undefined;
  return typeof contact === 'string'
    ? readContact(contact, dirname(resolve(cwd, file)))
    : { fields: contact, phone: contact['phone'] };
}

async function putOnList(
  { world }: Scenario,
  record: ReturnType<typeof createMemoryStore>['facts']['record'],
  at: Ms,
): Promise<void> {
  for (const text of world.dnc ?? []) {
    const normal = normalise(text);
    if (!normal.ok) throw new UserError(`"${text}" is no phone number: ${normal.why}.`);
    await record([{ kind: 'opt-out', number: normal.number as E164, scope: 'all', source: 'manual', at, actor: 'scenario' }]);
  }
}

type Answer = Pick<HttpRule, 'status' | 'body' | 'json' | 'type' | 'headers' | 'after' | 'fail'>;

function toRule(rule: HttpRule): AnswerRule {
  const inOrder = rule['in order']?.map(toGives);
  return {
    method: rule.method,
    pattern: rule.url,
    gives: toGives(rule),
    ...(rule.times !== undefined && { times: rule.times }),
    ...(inOrder && { inOrder }),
  };
}

function toGives({ status, body, json, type, headers, after, fail }: Answer): Gives {
  if (fail) return { type: fail };
  const text = json === undefined ? (body ?? '') : JSON.stringify(json);
  const named = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return { type: 'answer', status, contentType: type ?? named ?? typeOf(text), after: after ?? ms(0), body: text };
}
