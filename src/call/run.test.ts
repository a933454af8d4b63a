import { describe, expect, it } from 'vitest';
import { applets, factsOf, play, START, setOf } from '../../test/kit/play.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createScriptedClient } from '../adapters/http-scripted.ts';
import { createScriptedLine } from '../adapters/line-scripted.ts';
import { createSmsRecorder } from '../adapters/sms-recording.ts';
import type { Contact, Verdict } from '../core/facts.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { Ports } from './perform.ts';
import { placeCall } from './run.ts';

const reminder = applets(
  '<Greeting id="hello" next="text"><Say>Hello.</Say></Greeting><Sms id="text" next="bye">Hi</Sms><Hangup id="bye"/>',
);
const LISTED: Verdict = { verdict: 'block', reasons: [{ code: 'OPTED_OUT', says: 'They pressed 9.', facts: [] }], warnings: [] };

function portsWith(gate: (contact: Contact) => Verdict): {
  ports: Ports;
  clock: ReturnType<typeof createVirtualClock>;
  asked: Contact[];
} {
  const clock = createVirtualClock(START);
  const asked: Contact[] = [];
  const ports: Ports = {
    clock,
    http: createScriptedClient(clock, []),
    line: createScriptedLine(clock),
    sms: createSmsRecorder(clock),
    gate: {
      async ask(contact) {
        asked.push(contact);
        return gate(contact);
      },
    },
    optOuts: { record: async () => ({ ok: true, fact: 'f' }) },
    callbacks: { send() {} },
  };
  return { ports, clock, asked };
}

const allow: Verdict = {
  verdict: 'allow',
  ground: { code: 'NOT_LISTED', says: 'Nothing speaks against it.', facts: [] },
  warnings: [],
};
const plan = { flows: setOf(reminder), dialect: exotelDialect };

describe('placing a call', () => {
  it('asks the gate first, and a refused call never begins', async () => {
    const { ports, clock, asked } = portsWith(() => LISTED);
    const events: unknown[] = [];
    const placed = await placeCall(plan, factsOf(reminder), ports, { listeners: [(logged) => events.push(logged)] });
    await clock.run();
    expect(placed).toEqual({ placed: false, verdict: LISTED });
    expect(asked).toMatchObject([{ number: '+919876543210', channel: 'voice', class: 'SI' }]);
    expect(events).toEqual([]);
  });

  it('needs no leave for an inbound call', async () => {
    const { ports, asked } = portsWith((contact) => (contact.channel === 'voice' ? LISTED : allow));
    const placed = await placeCall(plan, factsOf(reminder, { direction: 'inbound' }), ports);
    expect(placed.placed).toBe(true);
    expect(asked).toEqual([]);
  });

  it('asks again before each SMS, and tells the flow when one is refused', async () => {
    const { ports, clock } = portsWith((contact) => (contact.channel === 'sms' ? LISTED : allow));
    const placed = await placeCall(plan, factsOf(reminder), ports);
    await clock.run();
    if (!placed.placed) throw new Error('not placed');
    const inputs = placed.call.log.flatMap(({ e }) => (e.type === 'input' ? [e.input] : []));
    expect(inputs).toContainEqual({ type: 'sms.refused', id: 1, says: 'They pressed 9.' });
  });
});

describe('the log', () => {
  it('is numbered from 1 without gaps, its times never go back, and every envelope names the call', async () => {
    const { log, call } = await play(reminder);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    expect(log.every(({ at }, i) => i === 0 || at >= (log[i - 1]?.at ?? 0))).toBe(true);
    expect(new Set(log.map((logged) => logged.call))).toEqual(new Set([call.facts.call]));
  });

  it('is heard by listeners and not kept when it need not be', async () => {
    const { ports, clock } = portsWith(() => allow);
    let heard = 0;
    const placed = await placeCall(plan, factsOf(reminder), ports, { keepLog: false, listeners: [() => heard++] });
    await clock.run();
    if (!placed.placed) throw new Error('not placed');
    expect(placed.call.log).toEqual([]);
    expect(heard).toBeGreaterThan(10);
  });
});
