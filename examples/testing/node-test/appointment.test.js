import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertThat, call } from 'press9/testing';

const FLOW = new URL('../../../flows/appointment-reminder/flow.xml', import.meta.url);

test('a wrong key, then a new date', async () => {
  const c = await call(FLOW, { contact: { name: 'Asha' } });
  await c.press('7');
  await c.press('2');
  await c.end();
  assertThat(c).toHaveHeard('That key is not offered.');
  assertThat(c).toHaveSentSms(/^Pick a new slot/);
  assertThat(c).not.toHaveOptedOut();
  assert.equal(c.view().digits, '2');
});

test('nobody is at home', async () => {
  const c = await call(FLOW, { callee: 'no-answer' });
  assertThat(c).toMeet({ status: 'no-answer' });
  assert.equal(c.heard(), '');
});
