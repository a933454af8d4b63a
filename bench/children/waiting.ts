import { createVirtualClock } from '../../src/adapters/clock-virtual.ts';
import { type Ports, placeCall } from '../../src/call/run.ts';
import { ms } from '../../src/core/ids.ts';
import type { Clock, Line } from '../../src/core/ports.ts';
import { speechTime } from '../../src/core/speech.ts';
import { ANSWERS_AFTER, factsOf, MENU_WAIT, plan, START, TEXTS } from '../appointment.ts';
import { startActor } from '../baselines/actor-calls.ts';
import { BaselineCall } from '../baselines/baseline-call.ts';
import { SimulatedClock } from '../baselines/simulated-clock.ts';
import { allow, recorded, unused } from '../ports.ts';

/*
 * Makes calls that wait in the menu, all on one clock, and prints how many bytes each keeps: the call, its state and the
 * two alarms it has set (the menu's wait and the time limit). What the caller brought (the facts) is made before, for both
 * programs alike, and so is nothing of the phone: it plays nothing now. The log goes nowhere, as when a host drains it.
 * Needs --expose-gc.
 */
const CALLS = 10_000;
const WARM_UP = 500;
const IN_THE_MENU = ms(START + ANSWERS_AFTER + speechTime(TEXTS.welcome) + speechTime(TEXTS.menu) + MENU_WAIT / 2);

const customers = Array.from({ length: CALLS }, (_, i) => factsOf(i));

/** Holds everything alive that `begin` returns. */
type Held = { calls: readonly unknown[]; clock: unknown };

/** One phone for all calls, which keeps nothing once a prompt is over. */
function quietLine(clock: Clock): Line {
  const later = (wait: number, ring: () => void) => clock.alarm(ms(clock.now() + wait), ring);
  return {
    dial(_leg, _number, _ringFor, changed) {
      later(0, () => changed('ringing'));
      later(ANSWERS_AFTER, () => changed('answered'));
    },
    play: (_leg, sounds, finished) =>
      void later(
        sounds.reduce((sum, sound) => sum + (sound.ms ?? 0), 0),
        finished,
      ),
    stop() {},
    hangUp() {},
  };
}

async function beginOurs(count: number): Promise<Held> {
  const clock = createVirtualClock(START);
  const ports: Ports = { ...unused, clock, line: quietLine(clock), gate: allow, optOuts: recorded };
  const calls = [];
  for (const facts of customers.slice(0, count)) {
    const placed = await placeCall(plan, facts, ports, { keepLog: false });
    if (!placed.placed) throw new Error('The gate of the benchmark refused a call.');
    calls.push(placed.call);
  }
  await clock.run(IN_THE_MENU);
  for (const { state } of calls) expectWaiting(state.machine?.snapshot.value);
  return { calls, clock };
}

async function beginActors(count: number): Promise<Held> {
  const clock = new SimulatedClock(START);
  const calls = customers.slice(0, count).map((facts) => startActor(new BaselineCall(facts, clock, false)));
  clock.run(IN_THE_MENU);
  for (const actor of calls) expectWaiting(actor.getSnapshot().value);
  return { calls, clock };
}

function expectWaiting(state: unknown): void {
  if (state !== 'waiting') throw new Error(`A call is in "${String(state)}", not waiting in the menu.`);
}

function heap(): number {
  if (!globalThis.gc) throw new Error('This program needs --expose-gc.');
  for (let i = 0; i < 3; i++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const begin = process.argv[2] === 'ours' ? beginOurs : beginActors;
await begin(WARM_UP);
const before = heap();
const held = await begin(CALLS);
const bytes = (heap() - before) / CALLS;
if (held.calls.length !== CALLS) throw new Error('Some calls are missing.');
console.log(bytes);
