/** The app id, or name, in the address of a flow; `says` is a sentence. `elsewhere`: it is on nobody's host who has flows. */
export type FlowUrl = { ok: true; app: string } | { ok: false; says: string; elsewhere?: true };

/** my.in.exotel.com is the Mumbai cluster's; no document names it. */
const VENDOR_HOSTS = ['my.exotel.com', 'my.exotel.in', 'my.in.exotel.com'];

const no = (says: string) => ({ ok: false, says }) as const;

/**
 * Reads every spelling of a flow's address that was seen: `/{sid}/exoml/start_voice/{app}`, without the sid, and the old
 * `/exoml/start/{app}`. Exotel takes no other address.
 * @param hosts of ours besides Exotel's, with their port: `localhost:4010`.
 */
export function readFlowUrl(url: string, hosts: readonly string[]): FlowUrl {
  const [, host, path] = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@]+)([^?#]*)/i.exec(url.trim()) ?? [];
  if (host === undefined || path === undefined) return no('Url is no address that begins with http:// or https://.');
  if (!isHostOf(host, VENDOR_HOSTS) && !isHostOf(host, hosts)) {
    return {
      ...no('Url is not on a host of Exotel; it has to be the address of a flow, not of your own server.'),
      elsewhere: true,
    };
  }
  const app = appOf(path.split('/').filter((part) => part !== ''));
  return app === undefined ? no('Url is no address of a flow, such as http://my.exotel.com/{sid}/exoml/start_voice/{app}.') : app;
}

/** A port after one of Exotel's host names is for tests that redirect them. */
const isHostOf = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((known) => known.toLowerCase() === host.toLowerCase() || known === host.toLowerCase().replace(/:\d+$/, ''));

function appOf(parts: readonly string[]): FlowUrl | undefined {
  const [app, verb, exoml] = parts.toReversed();
  if (app === undefined || parts.length > 4 || exoml?.toLowerCase() !== 'exoml') return undefined;
  if (verb?.toLowerCase() !== 'start_voice' && verb?.toLowerCase() !== 'start') return undefined;
  try {
    return { ok: true, app: decodeURIComponent(app) };
  } catch {
    return { ok: true, app };
  }
}
