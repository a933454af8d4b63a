import { afterEach, expect, it } from 'vitest';
import { ownHosts } from '../../src/emulator/http/hosts.ts';
import { ASHA, bed, closeAll, LINE } from '../kit/emulator.ts';

afterEach(closeAll);

it('a flow may be named by any name of loopback, with the port of the emulator', async () => {
  const emulator = await bed();
  const { port } = new URL(emulator.url);
  const statusFor = async (host: string) => {
    const Url = `http://${host}/exoml/start_voice/hello`;
    return (await emulator.post('Calls/connect', { From: ASHA, CallerId: LINE, Url })).status;
  };
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) expect(await statusFor(`${host}:${port}`), host).toBe(200);
  expect(await statusFor('localhost:1')).toBe(400);
  expect(await statusFor(`clinic.example:${port}`)).toBe(400);
});

it('with --host 0.0.0.0 by loopback and by --allow-host too, behind whatever port', () => {
  expect(ownHosts(['0.0.0.0:4010'], ['press9'])).toEqual([
    '0.0.0.0:4010',
    'localhost:4010',
    '127.0.0.1:4010',
    '[::1]:4010',
    'press9',
  ]);
});
