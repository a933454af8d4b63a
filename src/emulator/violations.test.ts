import { expect, it } from 'vitest';
import { e164, ms } from '../core/ids.ts';
import type { Violation } from '../core/violation.ts';
import { createHub, type News } from './hub.ts';
import type { Told } from './parts.ts';
import { createViolations } from './violations.ts';

const one: Violation = {
  id: 'violation-1',
  at: ms(0),
  channel: 'voice',
  number: e164('+919876543210'),
  verdict: 'block',
  reasons: [
    { code: 'OPTED_OUT', says: 'they pressed 9' },
    { code: 'HOURS', says: 'it is night' },
  ],
};

function begin() {
  const [said, news, hub] = [[] as Told[], [] as News[], createHub()];
  const stop = hub.watch((heard) => news.push(heard));
  return { said, news, stop, hub, violations: createViolations({ say: (line) => said.push(line), hub }) };
}

it('are listed, told in the log with the number masked, and to whoever watches until they stop', () => {
  const { said, news, stop, hub, violations } = begin();
  violations.add(one);
  expect(hub.watched).toBe(true);
  stop();
  expect(hub.watched).toBe(false);
  violations.add({ ...one, id: 'violation-2' });
  expect(violations.list().map(({ id }) => id)).toEqual(['violation-1', 'violation-2']);
  expect(news).toEqual([{ type: 'violation', violation: one }]);
  expect(said[0]).toEqual({
    about: 'violation',
    says: 'a call to +91 98xxxxx210 that should not go out: OPTED_OUT: they pressed 9; HOURS: it is night',
  });
});

it('beyond ten thousand are only counted, and all are forgotten', () => {
  const { violations } = begin();
  for (let n = 0; n < 10_005; n++) violations.add(one);
  expect([violations.list().length, violations.count()]).toEqual([10_000, 10_005]);
  violations.clear();
  expect([violations.list().length, violations.count()]).toEqual([0, 0]);
});
