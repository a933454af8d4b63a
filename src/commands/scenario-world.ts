import { dirname, relative, resolve } from 'node:path';
import { type AnswerRule, type Gives, typeOf } from '../adapters/answer-rule.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createScriptedClient } from '../adapters/http-scripted.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createScriptedLine } from '../adapters/line-scripted.ts';
import { createOptOuts } from '../adapters/opt-outs.ts';
import { type ParsedPhone, parseAgent, parseCallee, type PhoneScript } from '../adapters/phone-script.ts';
import { createSmsRecorder } from '../adapters/sms-recording.ts';
import { createMemoryStore } from '../adapters/store.ts';
import { createGuard } from '../compliance/guard.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import type { HttpClient, OptOuts, Post } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { parseInstant } from '../core/time.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import type { Scenario } from '../scenario/read.ts';
import type { HttpRule } from '../scenario/schema.ts';
import type { OpenWorld, ScenarioWorld } from '../scenario/world.ts';
import { callFacts } from './call-facts.ts';
import { readContact } from './contact-row.ts';
import { type RunOptions, withDefaults } from './run-options.ts';

/** A Monday morning, for scenarios that do not say when: the same for everybody, always. */
const USUAL_START = parseInstant('2026-01-05T10:00') as Ms;
const USUAL_SEED = 1;

export type ScenarioFlows = (path: string) => Promise<FlowSet>;

/** The flow file that a scenario is about: what `flow` names, from the scenario's folder; else flow.xml there, or one above. */
export const flowPathOf = (scenario: Pick<Scenario, 'file' | 'flow'>): string => resolve(dirname(scenario.file), scenario.flow ?? '../flow.xml');

/** Worlds on virtual time for the scenarios of one run; `seed` moves every random choice. */
export function scenarioWorlds(cwd: string, flows: ScenarioFlows, seed = USUAL_SEED): OpenWorld {
  return async (scenario) => {
    const path = flowPathOf({ ...scenario, file: resolve(cwd, scenario.file) });
    return openWorld(scenario, await flows(path), relative(cwd, path), cwd, seed);
  };
}

async function openWorld(scenario: Scenario, set: FlowSet, file: string, cwd: string, seed: number): Promise<ScenarioWorld> {
  const at = scenario.call.at ?? USUAL_START;
  const clock = createVirtualClock(at);
  const ids = createSystemIds(seed);
  const store = createMemoryStore({ ids, now: () => clock.now() });
  const facts = callFacts(set, file, optionsOf(scenario, seed), await contactOf(scenario, cwd), ids, at);
  await putOnList(scenario, store.facts.record, at);
  const webhooks: Post[] = [];
  const unexpected: { method: 'GET' | 'HEAD' | 'POST'; url: string }[] = [];
  const strict: HttpClient = {
    send(request, done) {
      unexpected.push({ method: request.method, url: request.url });
      clock.alarm(clock.now(), () => done({ ok: false, why: 'refused', says: 'no rule of the scenario answers it' }));
    },
  };
  const agents = (scenario.world.agents ?? []).map((text) => phoneOf(parseAgent(text), scenario, 'agents'));
  const callee = scenario.world.callee === undefined ? undefined : phoneOf(parseCallee(scenario.world.callee), scenario, 'callee');
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
      gate: createGuard(store.facts),
      optOuts: scenario.world.store === 'failing' ? failing : createOptOuts(store),
      callbacks: { send: (post) => void webhooks.push(post) },
    },
    unexpected: () => unexpected,
    webhooks: () => webhooks,
    known: () => store.facts.about(facts.customer),
  };
}

const failing: OptOuts = { record: async () => ({ ok: false, says: 'the store of this scenario is failing' }) };

function phoneOf(parsed: ParsedPhone, scenario: Scenario, what: string): PhoneScript {
  if (parsed.ok) return parsed.phone;
  throw new UserError(`${scenario.file}: world: ${what}: ${parsed.problem}`);
}

function optionsOf({ call }: Scenario, seed: number): RunOptions {
  const { to, from, inbound, set, customField, campaign, timeLimit, ringFor } = call;
  return withDefaults({
    country: 'IN',
    seed,
    ringFor: ringFor ?? ms(30_000),
    ...(set && { set }),
    ...(inbound && { inbound }),
    ...(to !== undefined && { to }),
    ...(from !== undefined && { from }),
    ...(customField !== undefined && { customField }),
    ...(campaign !== undefined && { campaign }),
    ...(timeLimit !== undefined && { timeLimit }),
  });
}

async function contactOf({ call, file }: Scenario, cwd: string) {
  const { contact } = call;
  if (contact === undefined) return undefined;
  return typeof contact === 'string' ? readContact(contact, dirname(resolve(cwd, file))) : { fields: contact, phone: contact['phone'] };
}

async function putOnList({ world, file }: Scenario, record: ReturnType<typeof createMemoryStore>['facts']['record'], at: Ms): Promise<void> {
  for (const text of world.dnc ?? []) {
    const normal = normalise(text);
    if (!normal.ok) throw new UserError(`${file}: world: dnc: "${text}" is no phone number: ${normal.why}.`);
    await record([{ kind: 'opt-out', number: normal.number as E164, scope: 'all', source: 'manual', at, actor: 'scenario' }]);
  }
}

type Answer = Pick<HttpRule, 'status' | 'body' | 'json' | 'type' | 'headers' | 'after' | 'fail'>;

function toRule(rule: HttpRule): AnswerRule {
  const inOrder = rule['in order']?.map(toGives);
  return { method: rule.method, pattern: rule.url, gives: toGives(rule), ...(rule.times !== undefined && { times: rule.times }), ...(inOrder && { inOrder }) };
}

function toGives({ status, body, json, type, headers, after, fail }: Answer): Gives {
  if (fail) return { type: fail };
  const text = json === undefined ? (body ?? '') : JSON.stringify(json);
  const named = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return { type: 'answer', status, contentType: type ?? named ?? typeOf(text), after: after ?? ms(0), body: text };
}
