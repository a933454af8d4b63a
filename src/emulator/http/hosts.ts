import { isIP } from 'node:net';

/** Names under which Exotel's clients know it, and which a hosts file or a proxy may send here. */
export const VENDOR_HOSTS = [
  'api.exotel.com',
  'api.in.exotel.com',
  'api.exotel.in',
  'twilix.exotel.com',
  'twilix.exotel.in',
  'my.exotel.com',
  'my.in.exotel.com',
  'my.exotel.in',
] as const;

/** The name in a Host header or an Origin, without its port. */
export function hostName(header: string): string {
  const bare = header.replace(/^[a-z]+:\/\//i, '').toLowerCase();
  const bracketed = /^\[([^\]]*)\]/.exec(bare)?.[1];
  return bracketed ?? bare.replace(/:\d*$/, '');
}

export type HostRule = {
  /** May a request that names this host be answered? A page of a stranger whose name leads here must not. */
  allows(host: string): boolean;
};

/** @param open anybody may reach us: names do not matter, for whoever asks needs a token. */
export function createHostRule(more: readonly string[], open: boolean): HostRule {
  const known = new Set<string>([...VENDOR_HOSTS, 'localhost', ...more.map(hostName)]);
  const judge = (name: string): boolean => open || known.has(name) || name.endsWith('.localhost') || isLoopback(name);
  /** A client sends the same header again and again. */
  let last = { host: '', allowed: judge('') };
  return {
    allows(host) {
      if (host !== last.host) last = { host, allowed: judge(hostName(host)) };
      return last.allowed;
    },
  };
}

export const isLoopback = (name: string): boolean =>
  name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));

/**
 * Under which hosts flows are: where we listen, all of loopback with the same ports, and the names that somebody let in, behind
 * whatever port leads here.
 * @param listening with their ports, `0.0.0.0:4010`
 */
export function ownHosts(listening: readonly string[], more: readonly string[]): readonly string[] {
  const ports = listening.map((host) => host.slice(host.lastIndexOf(':') + 1));
  const loopback = ports.flatMap((port) => ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`));
  return [...new Set([...listening, ...loopback, ...more.map(hostName)])];
}
