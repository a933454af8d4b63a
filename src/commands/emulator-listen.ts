import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../adapters/tls-self-signed.ts';
import { UserError } from '../core/problem.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { VENDOR_HOSTS } from '../emulator/http/hosts.ts';
import { guarded, serverOptions, USUAL_TIMEOUTS } from '../emulator/http/server.ts';

export type Listening = {
  /** `http://127.0.0.1:4010` */
  url: string;
  /** The same over TLS. */
  tlsUrl?: string;
  /** The certificate that signs itself, for clients that can be told to trust one. */
  certificate?: string;
  close(): Promise<void>;
};

export type ListenOptions = { host: string; port: number; tls?: { port: number; hosts: readonly string[] } };

/** Opens the doors. @throws UserError when a port is taken or may not be opened. */
export async function listen({ app, handler }: Pick<Emulator, 'app' | 'handler'>, options: ListenOptions): Promise<Listening> {
  const { host, port, tls } = options;
  await app
    .listen({ host, port })
    .catch((error: NodeJS.ErrnoException) => Promise.reject(cannotListen(error, host, port, '--port')));
  const url = `http://${shown(host)}:${portOf(app.server.address())}`;
  if (!tls) return { url, close: async () => {} };
  const { key, cert } = await selfSigned([...VENDOR_HOSTS, ...tls.hosts]);
  const server = guarded(
    createTlsServer({ key, cert, handshakeTimeout: USUAL_TIMEOUTS.head, ...serverOptions() }, handler) as never,
  ) as unknown as TlsServer;
  await new Promise<void>((open, fail) => {
    server.once('error', (error) => fail(cannotListen(error, host, tls.port, '--tls-port')));
    server.listen(tls.port, host, open);
  });
  return {
    url,
    tlsUrl: `https://${shown(host)}:${portOf(server.address())}`,
    certificate: cert,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

const portOf = (address: AddressInfo | string | null): number => (address as AddressInfo).port;
const shown = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number, option: string): UserError {
  const { code, message } = error;
  if (code === 'EADDRINUSE')
    return new UserError(`Port ${port} is taken: another program listens there.`, {
      advice: `Name another with ${option}; 0 takes any that is free.`,
    });
  if (code === 'EACCES')
    return new UserError(`Port ${port} may not be opened by this user.`, { advice: `Name one above 1023 with ${option}.` });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new UserError(`--host ${host} is no address of this machine.`, { advice: 'Leave it out to listen on loopback.' });
  return new UserError(`The emulator cannot listen on ${host}:${port}: ${message}.`);
}
