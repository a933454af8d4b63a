/** Fills an emulator's file with calls that are over, of different people, days, lengths and outcomes. Arguments: file, count. */
import { openRecords } from '../../src/adapters/records.ts';
import type { CallRecord, CallStatus } from '../../src/core/call-record.ts';
import { callId, e164, ms } from '../../src/core/ids.ts';
import { numberOf } from '../emulator/requests.ts';

const [path = '', count = '0'] = process.argv.slice(2);
const STATUSES: readonly CallStatus[] = ['completed', 'completed', 'completed', 'no-answer', 'busy', 'failed'];
const DAY = 86_400_000;
const EXOPHONE = e164('+918047112233');

/** They spread over thirty days, whether many or few; the last ones end now. */
const begun = Date.now() - 30 * DAY;
const step = (30 * DAY) / Number(count);

function stored(i: number): CallRecord {
  const createdAt = ms(Math.floor(begun + i * step));
  const status = STATUSES[i % STATUSES.length] ?? 'completed';
  const length = 20_000 + ((i * 7919) % 100) * 1000;
  const customer = e164(`+91${numberOf(i)}`);
  const sid = callId(`${i.toString(16).padStart(28, 'a')}26b1`);
  const answered = status === 'completed' ? { answeredAt: ms(createdAt + 3000) } : {};
  return {
    sid,
    facts: {
      call: sid,
      direction: i % 10 === 0 ? 'inbound' : 'outbound',
      customer,
      exophone: EXOPHONE,
      asked: 'flow',
      class: 'SI',
      flow: 'appointment-reminder',
      file: 'flows/appointment-reminder/flow.xml',
      contact: {},
      variables: {},
      customField: `order-${i}`,
      ringFor: ms(30_000),
      timeLimit: ms(14_400_000),
      seed: 0,
    },
    from: customer,
    to: EXOPHONE,
    status,
    createdAt,
    updatedAt: ms(createdAt + length),
    endedAt: ms(createdAt + length),
    legs: [{ leg: 1, number: customer, state: 'completed', dialledAt: createdAt, ...answered, endedAt: ms(createdAt + length) }],
    recorded: false,
    price: answered.answeredAt === undefined ? 0 : 0.6 * Math.ceil((length - 3000) / 60_000),
  };
}

const records = await openRecords({ path });
for (let i = 0; i < Number(count); i += 1000) {
  const turn = Array.from({ length: Math.min(1000, Number(count) - i) }, (_, n) => stored(i + n));
  await Promise.all(turn.map((record) => records.calls.save(record)));
}
await records.close();
