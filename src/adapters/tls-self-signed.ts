import { isIP } from 'node:net';

export type Signed = { key: string; cert: string };

const DAY = 86_400_000;
const LASTS = 30 * DAY;

/** Of a name: 2 is DNS, 7 an address; the numbers are X.509's. */
const altName = (host: string) => (isIP(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host });

/** A certificate that signs itself, for loopback and these host names; good for thirty days, a day before today included. */
export async function selfSigned(hosts: readonly string[]): Promise<Signed> {
  // Named exports of a CommonJS package are not there once it is bundled.
  const { default: selfsigned } = await import('selfsigned');
  const now = Date.now();
  const names = [...new Set(['localhost', '127.0.0.1', '::1', ...hosts])];
  const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: 'press9 emulator' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY),
    notAfterDate: new Date(now + LASTS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(altName) },
    ],
  });
  return { key, cert };
}
