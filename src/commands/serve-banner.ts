import type { Ms } from '../core/ids.ts';
import { isoIst } from '../core/time.ts';
import type { AppFlow, Credentials } from '../emulator/parts.ts';
import type { Listening } from './emulator-listen.ts';

/** What somebody has to know to use a running emulator. */
export type Ready = {
  press9: string;
  url: string;
  tlsUrl?: string;
  sid: string;
  key: string;
  /** Left out where it is somebody's own. */
  token?: string;
  control: string;
  exophone: string;
  flows: readonly { app: string; name: string; url: string }[];
  clock: { kind: 'real' | 'virtual'; ist: string };
  store: string;
  pid: number;
};

type About = {
  version: string;
  listening: Listening;
  credentials: Credentials;
  /** The token is our own invention and may be shown. */
  tokenIsOurs: boolean;
  exophone: string;
  flows: readonly AppFlow[];
  clock: { kind: 'real' | 'virtual'; now: Ms };
  store: string;
  pid: number;
};

export function readyOf({ version, listening, credentials, tokenIsOurs, exophone, flows, clock, store, pid }: About): Ready {
  const { sid, key, token } = credentials;
  return {
    press9: version,
    url: listening.url,
    ...(listening.tlsUrl !== undefined && { tlsUrl: listening.tlsUrl }),
    sid,
    key,
    ...(tokenIsOurs && { token }),
    control: `${listening.url}/_press9`,
    exophone,
    flows: flows.map(({ app, name }) => ({ app, name, url: `http://my.exotel.com/${sid}/exoml/start_voice/${app}` })),
    clock: { kind: clock.kind, ist: isoIst(clock.now) },
    store,
    pid,
  };
}

/** The flows that are listed; with more, the page has them all. */
const MOST_SHOWN = 20;

/** For people. @param closed the page wants the `--token`. */
export function banner(ready: Ready, closed = false): string {
  const { url, tlsUrl, sid, key, token, flows, clock, store } = ready;
  const [first] = flows;
  const shown = flows.slice(0, MOST_SHOWN);
  return [
    `press9 emulates Exotel's REST API. No phone rings; stop it with Ctrl-C.`,
    '',
    `  API      ${url}${tlsUrl === undefined ? '' : `   ${tlsUrl} (a certificate that signs itself)`}`,
    `  sid      ${sid}`,
    `  key      ${key}`,
    `  token    ${token ?? 'as the seed has it'}`,
    `  page     ${url}/${closed ? '?token=… (the --token)' : ''}`,
    `  control  ${url}/_press9/openapi.json`,
    `  clock    ${clock.kind === 'real' ? 'real' : `virtual, stands at ${clock.ist.slice(0, 19).replace('T', ' ')} IST`}`,
    `  store    ${store}`,
    '',
    ...(shown.length > 0
      ? ['  flow URLs', ...shown.map((flow) => `    ${flow.url}  ${flow.name}`)]
      : ['  no flow can be run: see above, or name another folder with --flows']),
    ...(flows.length > MOST_SHOWN ? [`    and ${flows.length - MOST_SHOWN} more: ${ready.control}/flows`] : []),
    ...(first ? ['', '  try it', ...curl(ready, first.url).map((line) => `    ${line}`)] : []),
    '',
    '',
  ].join('\n');
}

function curl({ url, sid, key, token, exophone }: Ready, flow: string): readonly string[] {
  const there = url.replace('://', `://${quoted(key)}:${token === undefined ? '<token>' : quoted(token)}@`);
  return [
    `curl '${there}/v1/Accounts/${sid}/Calls/connect.json' \\`,
    `  -d From=09876543210 -d CallerId=${exophone} \\`,
    `  -d Url=${flow}`,
  ];
}

/** For an address between single quotes of a shell. */
const quoted = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');
