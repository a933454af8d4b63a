import { factsOf } from '../appointment.ts';
import { type Program, programs } from '../programs.ts';

/*
 * Plays calls with one program for as long as the parent says, and tells how many it made a second. Each program has a
 * process of its own: they share no garbage and no feedback of the compiler.
 */
const play = programs[process.argv[2] as Program];
const CUSTOMERS = 2000;
/** A look at the clock after so many calls. */
const BATCH = 50;
const facts = Array.from({ length: CUSTOMERS }, (_, i) => factsOf(i));
let next = 0;

async function callsPerSecond(forMs: number): Promise<number> {
  let calls = 0;
  const begun = performance.now();
  let now = begun;
  for (; now - begun < forMs; now = performance.now()) {
    for (let i = 0; i < BATCH; i++) {
      const at = next++ % CUSTOMERS;
      const log = await play(at, facts[at] as (typeof facts)[number]);
      if (log.at(-1)?.e.type !== 'ended') throw new Error('A call did not come to its end.');
    }
    calls += BATCH;
  }
  return (calls * 1000) / (now - begun);
}

process.on('message', (forMs: number) => void callsPerSecond(forMs).then((speed) => process.send?.(speed)));
