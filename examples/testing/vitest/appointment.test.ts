import { call } from 'press9/testing';
import { expect, test } from 'vitest';
import 'press9/testing/vitest';

const FLOW = new URL('../../../flows/appointment-reminder/flow.xml', import.meta.url);
const asha = { to: '9876543210', contact: { name: 'Asha' } };

test('Asha confirms', async () => {
  const c = await call(FLOW, asha);
  await c.press('1');
  await c.end();
  expect(c).toHaveHeard('Hello Asha');
  expect(c).toHaveEndedAt('bye');
  expect(c).toMeet({ goals: 'confirmed', digits: '1' });
  expect(c).not.toHaveOptedOut();
});

test('Asha wants no more calls, and does not wait for the end of the prompt', async () => {
  const c = await call(FLOW, asha);
  await c.hear('press 2 to');
  await c.press('!9');
  await c.end();
  expect(c).not.toHaveHeard('to stop receiving');
  expect(c).toHaveOptedOut({ key: '9', scope: 'all' });
  expect(c).toHavePosted('https://clinic.example/optouts', { number: '+919876543210' });
});
