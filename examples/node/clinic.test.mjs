import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createEmulator } from 'press9/emulator';
import { startClinic } from './server.mjs';

/** Everybody is called once: who is called again within hours is a violation. */
const [ASHA, RAVI, MEENA, KIRAN] = ['09876543210', '09876543211', '09876543212', '09876543213'];

/** As it runs at Exotel: its addresses are those of production. */
const flows = new URL('flows', import.meta.url);

describe('the reminders of a clinic', () => {
  const env = { PORT: '0', EXOPHONE: '08047112345' };
  let clinic;
  let emulator;

  const askForReminder = (number) => fetch(`${clinic.url}/reminders`, { method: 'POST', body: JSON.stringify({ number }) });

  before(async () => {
    clinic = await startClinic(env);
    emulator = await createEmulator({
      flows,
      routes: { 'https://clinic.example': clinic.url },
      exophones: [env.EXOPHONE],
    });
    const { url, sid, key, token } = emulator;
    Object.assign(env, { EXOTEL_URL: url, EXOTEL_SID: sid, EXOTEL_KEY: key, EXOTEL_TOKEN: token });
    env.EXOTEL_FLOW = await emulator.flowUrl('appointment');
  });

  // Fails a test after which there are violations that it did not expect.
  afterEach(() => emulator.reset());

  after(async () => {
    await emulator.close();
    await clinic.close();
  });

  it('finds another day and hour, and sends a note of it', async () => {
    const response = await askForReminder(ASHA);
    assert.equal(response.status, 201);
    const { callSid } = await response.json();

    await emulator.press(callSid, '2, 1, 10#');
    await emulator.run();

    assert.equal(clinic.bookings.get(callSid), 'Tuesday, 10:00');
    const [note] = await emulator.messages();
    assert.deepEqual([note.to, note.status], ['+919876543210', 'sent']);
    assert.equal(note.text, 'Kaveri Clinic: Tuesday, 10:00. See you then!');
    assert.equal(clinic.calls.get(callSid), 'completed');
  });

  it('has no hour for her at night', async () => {
    const { callSid } = await (await askForReminder(RAVI)).json();
    await emulator.press(callSid, '2, 2, 22#');
    await emulator.run();
    assert.deepEqual(await emulator.messages(), []);
    assert.equal((await emulator.calls())[0].status, 'completed');
  });

  it('learns that nobody was at home', async () => {
    await emulator.seed({ people: [{ number: MEENA, does: 'no-answer' }] });
    const { callSid } = await (await askForReminder(MEENA)).json();
    await emulator.run();
    assert.equal(clinic.calls.get(callSid), 'no-answer');
  });

  it('stops when she presses 9, and a call all the same is a violation', async () => {
    const { callSid } = await (await askForReminder(KIRAN)).json();
    await emulator.press(KIRAN, '2, 9');
    await emulator.run();

    const posts = await emulator.callbacks();
    assert.deepEqual(
      posts.map(({ what, state }) => `${what} ${state}`),
      ['webhook delivered', 'callback delivered'],
    );
    assert.equal(clinic.calls.get(callSid), 'completed');
    assert.equal((await askForReminder(KIRAN)).status, 409);

    // A day later the clinic's server starts anew, and its list was only in memory.
    await emulator.advance('24h');
    clinic.optOuts.clear();
    assert.equal((await askForReminder(KIRAN)).status, 201);
    const [violation] = emulator.expectViolations('OPTED_OUT');
    assert.match(violation.reasons[0].says, /pressed 9/);
  });
});
