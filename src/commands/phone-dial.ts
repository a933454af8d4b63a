import type { Deliverer } from '../adapters/delivery.ts';
import { createPhoneLine } from '../adapters/line-phone.ts';
import type { Store } from '../adapters/store.ts';
import { viewOf } from '../call/fold.ts';
import { type Placed, placeCall } from '../call/run.ts';
import type { Ledger } from '../compliance/ledger.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import { type E164, type Ms, ms } from '../core/ids.ts';
import type { Audio, CallLog, Cancel, Ids, OptOutResult, OptOuts } from '../core/ports.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import type { PhoneCall, PhoneClock, PhoneSession } from '../tui/session.ts';
import { postCallbacks } from './callbacks.ts';
import type { Io } from './io.ts';
import { phoneCall, phoneClock } from './phone-call.ts';
import type { PhoneTime } from './phone-time.ts';
import { openRecord } from './record.ts';
import { heading, refusal, report } from './report.ts';
import type { RunOptions } from './run-options.ts';
import { createWorld } from './world.ts';

/** What is dialled next. The first call has the CallSid of its facts; each later one its own. */
export type NextCall = { set: FlowSet; path: string; facts: CallFacts; options: RunOptions; now: Ms; audio: Audio };

export type Dialler = Pick<PhoneSession, 'dial' | 'finish'>;

type Dialled = { placed: Placed; clock: PhoneClock; delivery: Deliverer; ledger: Ledger; options: RunOptions; customer: E164 };

/** After the phone was put away, waits between attempts to deliver something are this much shorter. */
const HURRY = 100;
const SAY_AFTER = ms(700);

/** Dials real calls, and in the end waits for what they left to do. */
export function createDialler(io: Io, store: Store, next: () => NextCall, ids: Ids, time: PhoneTime): Dialler {
  const optOuts = watchOptOuts();
  const calls: Dialled[] = [];
  const sid = sidOfEachCall(ids);
  let record: CallLog | undefined;

  async function dial(): ReturnType<PhoneSession['dial']> {
    const { set, path, options, now, audio, ...wanted } = next();
    const own = time.clock(now);
    const line = createPhoneLine(own, { agents: options.agent, audio });
    const { ports, breakable, delivery, ledger } = createWorld(options, store, own, () => line);
    const facts = { ...wanted.facts, call: sid(wanted.facts, now) };
    const clock = phoneClock(own);
    let phone: PhoneCall | undefined;
    await record?.close();
    const made = {
      path,
      get set() {
        return phone?.flows ?? set;
      },
    };
    const mine = options.record === undefined ? undefined : openRecord(io, options.record, made);
    record = mine;
    const listeners = [(logged: Logged) => mine?.append(logged)];
    const ours = { ...ports, optOuts: optOuts.watch(ports.optOuts) };
    const placed = await placeCall({ flows: set, dialect: exotelDialect }, facts, ours, { listeners });
    calls.push({ placed, clock, delivery, ledger, options, customer: facts.customer });
    if (!placed.placed) return placed;
    postCallbacks(placed.call, options, delivery);
    phone = phoneCall(placed.call, set, clock, line, breakable);
    return { placed: true, phone, verdict: placed.verdict };
  }

  async function finish(): Promise<number> {
    for (const { clock } of calls) {
      clock.resume();
      clock.setSpeed(HURRY);
    }
    const stop = sayOnce(io, time, 'press9: handing over what the call left to deliver; Ctrl-C leaves it for later\n');
    await optOuts.settled();
    await Promise.all(calls.map(({ delivery }) => delivery.idle()));
    const losses = await Promise.all(calls.map(({ ledger }) => ledger.settled()));
    stop();
    for (const loss of losses.flat()) io.err(`press9: WARNING: ${loss}\n`);
    await record?.close();
    const last = calls.at(-1);
    if (last) tell(io, last);
    return optOuts.lost() ? 1 : 0;
  }

  return { dial, finish };
}

function tell(io: Io, { placed, ledger, options, customer }: Dialled): void {
  if (!placed.placed) io.err(refusal(placed.verdict, customer));
  else io.out(`${heading(placed.call.facts)}\n\n${report(viewOf(placed.call.log), placed.call.log, options, ledger.asked)}`);
}

function sidOfEachCall(ids: Ids) {
  const used = new Set<string>();
  return (first: CallFacts, at: Ms) => {
    let { call } = first;
    while (used.has(call)) call = ids.call(at);
    used.add(call);
    return call;
  };
}

/** Opt-outs, with an eye on those that are not in the store. */
function watchOptOuts() {
  const results: Promise<OptOutResult>[] = [];
  let lost = false;
  return {
    watch: (port: OptOuts): OptOuts => ({
      record(...what) {
        const result = port.record(...what);
        results.push(result);
        void result.then(({ ok }) => {
          if (!ok) lost = true;
        });
        return result;
      },
    }),
    lost: () => lost,
    settled: () => Promise.all(results),
  };
}

function sayOnce(io: Io, { every }: PhoneTime, text: string): Cancel {
  const stop = every(SAY_AFTER, () => {
    stop();
    io.err(text);
  });
  return stop;
}
