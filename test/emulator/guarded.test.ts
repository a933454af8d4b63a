import { afterEach, describe, expect, it } from 'vitest';
import { ASHA, ask, basic, bed, closeAll, LINE, overSocket } from '../kit/emulator.ts';

afterEach(closeAll);

const SECRET = 'hunter2';

describe('credentials in the address of a callback', () => {
  it('are used, and are in no log, on no page, in no answer of the control plane', async () => {
    const emulator = await bed({ callbackRetries: ['5m'] });
    await emulator.call({ StatusCallback: `http://clinic:${SECRET}@127.0.0.1:9/status?key=${SECRET}` });
    await emulator.post('Sms/send', {
      From: LINE,
      To: ASHA,
      Body: 'Hello',
      StatusCallback: `http://clinic:${SECRET}@127.0.0.1:9/`,
    });
    await emulator.run();
    expect((await emulator.callbacks()).every(({ attempts }) => attempts.length === 2)).toBe(true);
    const page = await ask('GET', emulator.url);
    const told = await Promise.all(
      ['calls', 'callbacks', 'messages', `calls/${(await emulator.calls())[0]?.sid}`].map((path) =>
        emulator.control('GET', path),
      ),
    );
    for (const { text, status } of [page, ...told]) {
      expect(status).toBe(200);
      expect(text).not.toContain(`${SECRET}@`);
    }
    expect(page.text).not.toContain(SECRET);
    expect(emulator.log.join('\n')).not.toContain(SECRET);
    expect(emulator.log).toContainEqual(expect.stringContaining('http://127.0.0.1:9/status?…'));
  });

  it.each([
    ['my.exotel.com/nothing', 400],
    ['evil.example/', 200],
  ])('are in no answer and no log when %s is no flow', async (where, status) => {
    const emulator = await bed();
    const answer = await emulator.post('Calls/connect', { From: ASHA, CallerId: LINE, Url: `http://x:${SECRET}@${where}` });
    expect(answer.status).toBe(status);
    expect(answer.text + emulator.log.join('')).not.toContain(SECRET);
  });
});

it('the token of the account is in no log and on no page, right or wrong', async () => {
  const emulator = await bed();
  const { url, sid, key, token } = emulator;
  await ask('GET', `${url}/v1/Accounts/${sid}/Calls?token=${token}`, undefined, { authorization: basic(key, `${token}x`) });
  await emulator.get(`Calls?token=${token}`);
  const page = await ask('GET', url);
  const overview = await emulator.control('GET', '');
  expect(emulator.log.length).toBeGreaterThan(0);
  expect(emulator.log.join('\n') + page.text + overview.text).not.toContain(token);
});

it('what nobody knows is told in the log, so that a wrong address is found', async () => {
  const emulator = await bed();
  await emulator.post('Campaigns', { name: 'x' });
  expect(emulator.log).toContainEqual(expect.stringMatching(/^request POST \/v1\/Accounts\/press9\/Campaigns 404 /));
});

it('an application that keeps asking over one connection is answered in order', async () => {
  const emulator = await bed();
  const { sid, key, token } = emulator;
  const head = `Host: localhost\r\nAuthorization: ${basic(key, token)}\r\n`;
  const paths = [`Calls/${'0'.repeat(32)}.json`, 'Calls.json', 'Nobody.json'];
  const bytes = paths
    .map((path, i) => `GET /v1/Accounts/${sid}/${path} HTTP/1.1\r\n${head}${i === 2 ? 'Connection: close\r\n' : ''}\r\n`)
    .join('');
  const answers = (await overSocket(emulator.url, bytes)).match(/HTTP\/1.1 \d+/g);
  expect(answers).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200', 'HTTP/1.1 404']);
});
