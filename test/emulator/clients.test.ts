import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type TestEmulator } from '../../src/emulator.ts';
import { ROOT } from '../source-files.ts';

/** What a client's callback was given. */
type Given = { error: string | null; result: Readonly<Record<string, string>> | null };

const ASHA = '9876543210';
const RAVI = '9876543211';
const MORNING = /^2026-01-05 10:\d\d:\d\d$/;
const CALL = { PhoneNumberSid: '08047112345', From: `0${ASHA}`, To: `0${RAVI}`, Direction: 'outbound-api' };

let emulator: TestEmulator;
let child: ChildProcess;
const folder = mkdtempSync(join(tmpdir(), 'press9-clients-'));

/** The certificate is trusted, and nothing else is changed: the clients believe to be talking to twilix.exotel.in. */
beforeAll(async () => {
  emulator = await createEmulator({ flows: join(ROOT, 'flows'), tls: true });
  const authority = join(folder, 'emulator.pem');
  writeFileSync(authority, emulator.certificate ?? '');
  child = fork(join(ROOT, 'test/programs/exotel-clients.cjs'), {
    execArgv: ['--no-deprecation', '--import', join(ROOT, 'test/programs/to-emulator.mjs')],
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: authority,
      EMULATOR_TLS_PORT: new URL(emulator.tlsUrl ?? '').port,
      EXOTEL_SID: emulator.sid,
    },
  });
});

afterEach(() => emulator.reset());

afterAll(async () => {
  child.kill();
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const asker =
  (client: 'exotel' | 'exotel-node', token = 'press9token') =>
  async (method: string, ...args: readonly string[]): Promise<Given> => {
    child.send({ client, token, method, args });
    const [given] = await once(child, 'message');
    return given as Given;
  };

describe('npm exotel 1.0.1, unmodified', () => {
  const ask = asker('exotel');

  it('sends an SMS and sees it arrive', async () => {
    const sent = await ask('sendSMS', ASHA, 'Your code is 4711 & <more>');
    expect(sent).toMatchObject({ error: null, result: { To: `0${ASHA}`, Body: 'Your code is 4711 & <more>', Status: 'queued' } });
    expect(sent.result?.['AccountSid']).toBe(emulator.sid);

    await emulator.advance('10s');
    const { result } = await ask('checkSMS', sent.result?.['Sid'] ?? '');
    expect(result).toMatchObject({
      Sid: sent.result?.['Sid'],
      Status: 'sent',
      DetailedStatusCode: '20005',
      DetailedStatus: 'DELIVERED_TO_HANDSET',
      DateSent: expect.stringMatching(MORNING),
    });
  });

  it('hears of a wrong number, a wrong token and an SMS that is not there as errors', async () => {
    expect((await ask('sendSMS', '12345', 'hello')).error).toBe('400: Invalid Recipient [12345]');
    expect((await asker('exotel', 'wrong')('sendSMS', ASHA, 'hello')).error).toBe('401: Unauthorized');
    expect((await ask('checkSMS', 'nothing')).error).toBe('404: No matching results');
  });
});

describe('npm exotel-node 0.0.3, unmodified', () => {
  const ask = asker('exotel-node');

  it('sends an SMS', async () => {
    const { error, result } = await ask('sendSMS', ASHA, 'hello');
    expect(error).toBeNull();
    expect(result).toMatchObject({ To: `0${ASHA}`, Body: 'hello', Status: 'queued', Direction: 'outbound-api' });
    expect(await emulator.messages()).toHaveLength(1);
  });

  it('connects two people and reads how it went', async () => {
    await emulator.seed({ people: [{ number: RAVI, does: 'answer:20s' }] });
    const placed = await ask('connectCall', ASHA, RAVI);
    expect(placed).toMatchObject({ error: null, result: { ...CALL, Status: 'in-progress', EndTime: '', Duration: '' } });
    const sid = placed.result?.['Sid'] ?? '';

    await emulator.run();
    await emulator.advance('2m');
    const { result } = await ask('getCallDetails', sid);
    expect(result).toMatchObject({ ...CALL, Sid: sid, Status: 'completed', StartTime: expect.stringMatching(MORNING) });
    expect(Number(result?.['Duration'])).toBeGreaterThan(20);
  });

  /** It looks at no status: what it hands on is the Call that is not in the answer. */
  it('reads refusals as an answer without a call', async () => {
    expect(await asker('exotel-node', 'wrong')('connectCall', ASHA, RAVI)).toEqual({ error: null, result: null });
    expect(await ask('connectCall', '12345', RAVI)).toEqual({ error: null, result: null });
    expect(await ask('getCallDetails', 'nothing')).toEqual({ error: null, result: null });
  });
});
