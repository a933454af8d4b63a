import { createVirtualClock } from '../src/adapters/clock-virtual.ts';
import { createScriptedLine } from '../src/adapters/line-scripted.ts';
import { type Ports, placeCall } from '../src/call/run.ts';
import { ms } from '../src/core/ids.ts';
import { ANSWERS_AFTER, type PlayCall, plan, pressesOf, START } from './appointment.ts';
import { allow, recorded, unused } from './ports.ts';

const callee = { does: 'answer', after: ANSWERS_AFTER } as const;

/** Through the engine, on a clock and a phone of its own. */
export const playOurCall: PlayCall = async (i, facts) => {
  const clock = createVirtualClock(START);
  const ports: Ports = {
    ...unused,
    clock,
    line: createScriptedLine(clock, { callee }),
    gate: allow,
    optOuts: recorded,
  };
  const placed = await placeCall(plan, facts, ports);
  if (!placed.placed) throw new Error('The gate of the benchmark refused a call.');
  const { call } = placed;
  for (const { after, key } of pressesOf(i)) clock.alarm(ms(START + after), () => call.press(key));
  await clock.run();
  return call.log;
};
