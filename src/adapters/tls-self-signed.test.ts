import { X509Certificate } from 'node:crypto';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Signed, selfSigned } from './tls-self-signed.ts';

const DAY = 86_400_000;

describe('a certificate that signs itself', () => {
  let signed: Signed;
  const server = { port: 0, close: async () => {} };
  beforeAll(async () => {
    signed = await selfSigned(['api.exotel.com', 'localhost', '10.1.2.3']);
    const https = createServer(signed, (_request, response) => response.end('hello'));
    await new Promise<void>((open) => https.listen(0, '127.0.0.1', open));
    server.port = (https.address() as AddressInfo).port;
    server.close = () => new Promise((done) => void https.close(() => done()));
  });
  afterAll(() => server.close());

  /** The status, or why there is none. */
  const ask = (servername: string, trust: boolean) =>
    new Promise<unknown>((done) => {
      const ca = trust ? { ca: signed.cert } : {};
      get({ host: '127.0.0.1', port: server.port, servername, agent: false, ...ca }, (response) => {
        response.resume();
        done(response.statusCode);
      }).on('error', (error: NodeJS.ErrnoException) => done(error.code));
    });

  it.each(['localhost', 'api.exotel.com'])('is good for %s to whoever trusts it', async (name) => {
    expect(await ask(name, true)).toBe(200);
  });

  it('is good for no other name, and to nobody who does not know it', async () => {
    expect(await ask('example.com', true)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await ask('localhost', false)).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  });

  it('is good for addresses, for a month around now', () => {
    const read = new X509Certificate(signed.cert);
    for (const address of ['127.0.0.1', '::1', '10.1.2.3']) expect(read.checkIP(address)).toBe(address);
    expect(Date.parse(read.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now() + 29 * DAY);
    expect(Date.parse(read.validTo)).toBeLessThan(Date.now() + 31 * DAY);
  });

  it('is another one each time', async () => {
    expect((await selfSigned([])).key).not.toBe(signed.key);
  });
});
