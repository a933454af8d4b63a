import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { createAudio } from '../adapters/audio-wav.ts';
import { createNdjsonLog } from '../adapters/call-log-ndjson.ts';
import { createSystemClock } from '../adapters/clock-system.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createFiles } from '../adapters/files.ts';
import { createFetchClient } from '../adapters/http-fetch.ts';
import { createScriptedLine } from '../adapters/line-scripted.ts';
import { machineNow } from '../adapters/machine-now.ts';
import type { Store } from '../adapters/store.ts';
import { viewOf } from '../call/fold.ts';
import { type LiveCall, placeCall } from '../call/run.ts';
import type { CallView } from '../call/view.ts';
import type { Asked } from '../compliance/ledger.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import type { CallLog } from '../core/ports.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import { driveKeys } from '../scenario/keys.ts';
import { callFacts } from './call-facts.ts';
import { postCallbacks } from './callbacks.ts';
import { readContact } from './contact-row.ts';
import type { Io } from './io.ts';
import { lawOf } from './law.ts';
import { openFlow } from './open-flow.ts';
import { checkRecord, openRecord, type Recorded } from './record.ts';
import { cautions, heading, refusal, report } from './report.ts';
import { describeRun, type RunOptions, withDefaults } from './run-options.ts';
import { settingsOf, withSettings } from './settings.ts';
import { verdictJson } from './verdict-json.ts';
import { createWorld, deliverLeftovers, idsOf, openRunStore } from './world.ts';

export function runCommand(io: Io): Command {
  return withSettings(describeRun(), io).action(async (flow: string, given: Partial<RunOptions>, command: Command) => {
    const settings = settingsOf(command);
    const read = withDefaults({ ...given, exophones: settings.exophones });
    checkRecord(io, read.record);
    const { set, path } = await openFlow(io, flow);
    const contact = read.contact === undefined ? undefined : await readContact(read.contact, io.cwd);
    const ids = idsOf(read);
    const at = read.at ?? machineNow();
    const facts = callFacts(set, path, read, contact, ids, at);
    const store = await openRunStore(io, read, ids);
    sayStore(io, store);
    try {
      const options = { ...read, law: await lawOf(io, settings, store, at) };
      if (io.isTTY && !options.keys && !options.json) {
        const { runPhone } = await import('./phone.ts');
        await runPhone(io, { set, facts, options, store, path });
      } else await runPlain(io, set, facts, options, store, path);
      await deliverLeftovers(io, store, createSystemClock());
    } finally {
      await store.close();
    }
  });
}

/** People should know where their list is, and at once when it cannot be kept. */
function sayStore(io: Io, store: Store): void {
  io.err(`store: ${store.describe}\n`);
  for (const note of store.notes) io.err(`store: ${note}\n`);
  if (store.health !== 'ok') io.err(`press9: WARNING: ${store.health.problem}\n`);
}

/** The call on virtual time, with a scripted caller, as text. */
async function runPlain(io: Io, set: FlowSet, facts: CallFacts, options: RunOptions, store: Store, path: string): Promise<void> {
  const clock = createVirtualClock(options.at ?? machineNow());
  const { ports, delivery, ledger } = createWorld(options, store, clock, () =>
    createScriptedLine(clock, {
      ...(options.callee && { callee: options.callee }),
      agents: options.agent,
      audio: createAudio(createFetchClient(createSystemClock()), createFiles(), resolve(io.cwd, dirname(path))),
    }),
  );
  const logs = openLogs(io, options, { set, path });
  const write = (logged: Logged): void => {
    for (const log of logs) log.append(logged);
  };
  const placed = await placeCall({ flows: set, dialect: exotelDialect }, facts, ports, { listeners: [write] });
  if (!placed.placed) {
    io.exitCode = 3;
    if (options.json) io.out(`${JSON.stringify({ refused: true, ...verdictJson(placed.verdict) })}\n`);
    io.err(refusal(placed.verdict, facts.customer));
    return;
  }
  const { call } = placed;
  if (placed.verdict) io.err(cautions(placed.verdict));
  if (facts.direction === 'inbound' && options.callee?.does === 'answer' && options.callee.talks !== undefined) {
    clock.alarm(ms(clock.now() + options.callee.talks), () => call.hangUp());
  }
  postCallbacks(call, options, delivery);
  const unused = driveKeys(call, options.keys ?? [], clock);
  await clock.run();
  await delivery.idle();
  await Promise.all(logs.map((log) => log.close()));
  for (const loss of await ledger.settled()) io.err(`press9: WARNING: ${loss}\n`);
  conclude(io, call, options, unused(), ledger.asked);
}

function openLogs(io: Io, { json, record }: RunOptions, made: Recorded): CallLog[] {
  return [...(json ? [createNdjsonLog(io.out)] : []), ...(record === undefined ? [] : [openRecord(io, record, made)])];
}

function conclude(io: Io, call: LiveCall, options: RunOptions, unused: number, asked: readonly Asked[]): void {
  const view = viewOf(call.log);
  if (!options.json) io.out(`${heading(call.facts)}\n\n${report(view, call.log, options, asked)}`);
  if (unused > 0) {
    io.err(`press9: the call was over before ${unused} of ${options.keys?.length ?? 0} items of --keys\n`);
  }
  if (optOutLost(view)) io.exitCode = 1;
}

/** An opt-out that is not in the store must not look like success. */
const optOutLost = ({ optOuts }: CallView): boolean => optOuts.some(({ result }) => !result || 'failed' in result);
