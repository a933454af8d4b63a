import { dirname, resolve } from 'node:path';
import { createAudio } from '../adapters/audio-wav.ts';
import { createSystemClock } from '../adapters/clock-system.ts';
import { createFiles } from '../adapters/files.ts';
import { createFetchClient } from '../adapters/http-fetch.ts';
import type { Store } from '../adapters/store.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { Ids } from '../core/ports.ts';
import { callbacksOf } from '../exotel/callback.ts';
import type { FlowSet } from '../flow/model.ts';
import type { CallbackPreview, PhoneSession } from '../tui/session.ts';
import { callFacts } from './call-facts.ts';
import { callbackEncoding, callbackOptions } from './callbacks.ts';
import { editAt } from './editor.ts';
import type { Io } from './io.ts';
import { flowChoices } from './phone-choices.ts';
import { createDialler } from './phone-dial.ts';
import { createPhoneFlow } from './phone-flow.ts';
import { type Callee, formOf, readForm } from './phone-form.ts';
import { rereadCall } from './phone-reread.ts';
import { saveCall, saveName } from './phone-save.ts';
import { type SimulationWorld, simulate } from './phone-simulation.ts';
import { type PhoneTime, realTime } from './phone-time.ts';
import type { RunOptions } from './run-options.ts';
import { idsOf } from './world.ts';

export type PhoneStart = { set: FlowSet; facts: CallFacts; options: RunOptions; store: Store; path: string };

/** The phone's world: real time unless told, real requests, a person as the customer. */
export function phoneSession(io: Io, start: PhoneStart, time: PhoneTime = realTime): PhoneSession {
  const { cwd } = io;
  const { store } = start;
  const flow = createPhoneFlow(cwd, start);
  let callee: Callee = {
    options: start.options,
    contact: { fields: start.facts.contact, phone: start.facts.customer },
  };
  const ids = idsOf(start.options);
  const now = () => callee.options.at ?? time.now();

  /** Of the call that is dialled next, but for its CallSid. */
  function facts(): CallFacts {
    const { set, path } = flow.current();
    const own: Ids = { ...ids, call: () => start.facts.call };
    return callFacts(set, path, callee.options, callee.contact, own, now());
  }

  /** What simulations know: of the store what it says, and nothing that could be changed. */
  const simulated = ({ flows, root }: FlowSet): SimulationWorld => ({
    createClock: time.clock,
    servers: createFetchClient,
    facts: store.facts,
    answers: callee.options.answer,
    agents: callee.options.agent,
    audio: audioFor(cwd, flows.get(root)?.file ?? flow.current().path),
    ...(callee.options.law && { law: callee.options.law }),
  });

  const next = () => {
    const { set, path } = flow.current();
    return { set, path, facts: facts(), options: callee.options, now: now(), audio: audioFor(cwd, path) };
  };
  const dialler = createDialler(io, store, next, ids, time);

  return {
    get title() {
      return facts().flow;
    },
    get facts() {
      return facts();
    },
    dial: dialler.dial,
    finish: dialler.finish,
    simulate: (from) => simulate(from, simulated(from.flows)),
    now,
    every: time.every,
    listed: () => store.facts.about(facts().customer),
    store: { describe: store.describe, ...(start.options.store !== undefined && { option: start.options.store }) },
    callbacks: (log) => previews(log, callee.options),
    flowChoices: () => flowChoices(cwd, flow.current().path),
    chooseFlow: flow.choose,
    get form() {
      return formOf(callee, facts());
    },
    async fillForm(form) {
      const read = await readForm(cwd, callee, formOf(callee, facts()), form);
      if ('field' in read) return read;
      callee = read;
      return undefined;
    },
    onSaved: flow.onSaved,
    async reread(of) {
      const problems = await flow.reload();
      if (problems.length > 0) return { type: 'broken', problems };
      const { set, path } = flow.current();
      if (!of) return { type: 'same', flows: set };
      // A call of another flow than is dialled next: no file of its own was saved.
      if (of.call.facts.file !== path) return { type: 'same', flows: of.flows };
      return rereadCall(of, set, simulated(set));
    },
    saveName: (log) => saveName(cwd, log),
    save: ({ flows }, log, file, overwrite) => saveCall(cwd, flows, log, file, overwrite),
    edit: (place) => editAt(io, place),
  };
}

/** Lengths of recordings, by addresses or by paths from the folder of a flow. Asks on a clock of its own. */
const audioFor = (cwd: string, path: string) =>
  createAudio(createFetchClient(createSystemClock()), createFiles(), resolve(cwd, dirname(path)));

function previews(log: readonly Logged[], options: RunOptions): CallbackPreview[] {
  const started = log[0]?.e;
  if (started?.type !== 'started' || started.facts.direction === 'inbound') return [];
  return callbacksOf(log, callbackOptions(options)).map((fields, i) => ({
    id: `${started.facts.call}-callback-${i + 1}`,
    ...(options.callbackUrl !== undefined && { url: options.callbackUrl }),
    contentType: callbackEncoding(options),
    fields,
  }));
}
