import { afterEach, expect, it } from 'vitest';
import { ownHosts } from '../../src/emulator/http/hosts.ts';
import { ASHA, bed, closeAll, LINE } from '../kit/emulator.ts';

afterEach(closeAll);

it('a flow may be named by any name of loopback, with the port of the emulator', async () => {
  const emulator = await bed();
  const { port } = new URL(emulator.url);
  const flowAt = async (host: string) => {
    const Url = `http://${host}/exoml/start_voice/hello`;
    expect((await emulator.post('Calls/connect', { From: ASHA, CallerId: LINE, Url })).status).toBe(200);
    return (await emulator.calls())[0]?.facts.flow;
  };
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) expect(await flowAt(`${host}:${port}`), host).toBe('hello');
  expect(await flowAt('localhost:1')).toBe('elsewhere');
  expect(await flowAt(`clinic.example:${port}`)).toBe('elsewhere');
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
