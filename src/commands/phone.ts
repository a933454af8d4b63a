import type { EventEmitter } from 'node:events';
import { dirname, resolve } from 'node:path';
import { createAudio } from '../adapters/audio-wav.ts';
import { createSystemClock, type SystemClock } from '../adapters/clock-system.ts';
import { createFiles } from '../adapters/files.ts';
import { createFetchClient } from '../adapters/http-fetch.ts';
import { createPhoneLine } from '../adapters/line-phone.ts';
import type { Store } from '../adapters/store.ts';
import { every } from '../adapters/ticker.ts';
import { viewOf } from '../call/fold.ts';
import { type Placed, placeCall } from '../call/run.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import type { CallLog, Cancel, OptOutResult, OptOuts } from '../core/ports.ts';
import { callbacksOf } from '../exotel/callback.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import type { CallbackPreview, PhoneClock, PhoneSession, PhoneTerminal } from '../tui/session.ts';
import { callbackEncoding, callbackOptions, postCallbacks } from './callbacks.ts';
import type { Io } from './io.ts';
import { openRecord } from './record.ts';
import { heading, refusal, report } from './report.ts';
import type { RunOptions } from './run-options.ts';
import { createWorld, idsOf } from './world.ts';

export type PhoneStart = { set: FlowSet; facts: CallFacts; options: RunOptions; store: Store; path: string };

/** Opens the phone on the process's terminal and sets the exit code when it is put away. */
export async function runPhone(io: Io, start: PhoneStart): Promise<void> {
  // React has a slow build with checks for developers, and takes it unless told.
  const { env } = process;
  env['NODE_ENV'] ??= 'production';
  const { openPhone } = await import('../tui/open-phone.tsx');
  io.exitCode = await openPhone(phoneSession(io, start), terminalOf(io));
}

/** After the phone was put away, waits between attempts to deliver something are this much shorter. */
const HURRY = 100;
const SAY_AFTER = ms(700);

/** The phone's world: real time, real requests, a person as the customer. */
export function phoneSession(io: Io, { set, facts, options, store, path }: PhoneStart): PhoneSession {
  const clock = createSystemClock(options.at === undefined ? {} : { start: options.at });
  const files = resolve(io.cwd, dirname(path));
  const line = createPhoneLine(clock, {
    agents: options.agent,
    audio: createAudio(createFetchClient(createSystemClock()), createFiles(), files),
  });
  const { ports, delivery } = createWorld(options, store, clock, () => line);
  const optOuts = watchOptOuts(ports.optOuts);
  const nextFacts = factsOfEachCall(facts, options, clock);
  let record: CallLog | undefined;
  let last: Placed | undefined;

  async function dial(): Promise<Placed> {
    const listeners = [(logged: Logged) => record?.append(logged)];
    await record?.close();
    record = options.record === undefined ? undefined : openRecord(io, options.record, { set, path });
    last = await placeCall(
      { flows: set, dialect: exotelDialect },
      nextFacts(),
      { ...ports, optOuts: optOuts.port },
      { listeners },
    );
    if (last.placed) postCallbacks(last.call, options, delivery);
    return last;
  }

  async function finish(): Promise<number> {
    clock.setSpeed(HURRY);
    const stop = sayOnce(io, 'press9: handing over what the call left to deliver; Ctrl-C leaves it for later\n');
    await optOuts.settled();
    await delivery.idle();
    stop();
    await record?.close();
    if (last?.placed) io.out(`${heading(last.call.facts)}\n\n${report(viewOf(last.call.log), last.call.log, options)}`);
    else if (last) io.err(refusal(last.verdict, facts.customer));
    return optOuts.lost() ? 1 : 0;
  }

  return {
    title: facts.flow,
    facts,
    dial,
    answer: () => void line.answer(),
    decline: () => void line.decline(),
    clock: phoneClock(clock),
    every,
    listed: () => store.facts.about(facts.customer),
    store: { describe: store.describe, ...(options.store !== undefined && { option: options.store }) },
    callbacks: (log) => previews(log, options),
    finish,
  };
}

/** The first call has the facts it was given; each later one its own CallSid. */
function factsOfEachCall(first: CallFacts, options: RunOptions, clock: SystemClock): () => CallFacts {
  const ids = idsOf(options);
  const used = new Set<string>();
  return () => {
    let { call } = first;
    while (used.has(call)) call = ids.call(clock.now());
    used.add(call);
    return { ...first, call };
  };
}

/** Opt-outs, with an eye on those that are not in the store. */
function watchOptOuts(port: OptOuts) {
  const results: Promise<OptOutResult>[] = [];
  let lost = false;
  return {
    port: {
      record(...what: Parameters<OptOuts['record']>) {
        const result = port.record(...what);
        results.push(result);
        void result.then(({ ok }) => {
          if (!ok) lost = true;
        });
        return result;
      },
    },
    lost: () => lost,
    settled: () => Promise.all(results),
  };
}

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

/** A system clock that knows how its knobs stand. */
function phoneClock(clock: SystemClock): PhoneClock {
  let paused = false;
  let speed = 1;
  return {
    now: () => clock.now(),
    pause() {
      paused = true;
      clock.pause();
    },
    resume() {
      paused = false;
      clock.resume();
    },
    setSpeed(wanted) {
      speed = wanted;
      clock.setSpeed(wanted);
    },
    paused: () => paused,
    speed: () => speed,
  };
}

function sayOnce(io: Io, text: string): Cancel {
  const stop = every(SAY_AFTER, () => {
    stop();
    io.err(text);
  });
  return stop;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The process's terminal. While the phone is open, its handlers stand in for those of `main`, which would just exit. */
function terminalOf(io: Io): PhoneTerminal {
  const { stdin, stdout, stderr } = process;
  return {
    stdin,
    stdout,
    stderr,
    colour: io.colour,
    onInterrupt: (listener) => all(SIGNALS.map((signal) => instead(process, signal, listener))),
    onGone: (listener) => all([stdin, stdout, stderr].map((stream) => instead(stream, 'error', listener))),
    onCrash,
  };
}

const all = (cancels: readonly Cancel[]) => () => {
  for (const cancel of cancels) cancel();
};

/** Hears an event in place of everybody else. */
function instead(emitter: EventEmitter, event: string, listener: () => void): Cancel {
  const others = emitter.listeners(event) as ((...args: unknown[]) => void)[];
  for (const other of others) emitter.off(event, other);
  emitter.on(event, listener);
  return () => {
    emitter.off(event, listener);
    for (const other of others) emitter.on(event, other);
  };
}

/** Before anybody writes about it: what is written to the other screen of a terminal is lost with it. */
function onCrash(listener: () => void): Cancel {
  process.on('uncaughtExceptionMonitor', listener);
  process.prependListener('unhandledRejection', listener);
  return () => {
    process.off('uncaughtExceptionMonitor', listener);
    process.off('unhandledRejection', listener);
  };
}
