import type { RequestListener } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isoIst } from '../core/time.ts';
import { restException } from '../exotel/rest-exception.ts';
import { callEndpoints } from './api/calls.ts';
import { exophoneEndpoints } from './api/exophones.ts';
import { addVendorRoutes, type Doorman, formatOf, write } from './api/routes.ts';
import { smsEndpoints } from './api/sms.ts';
import { whitelistEndpoints } from './api/whitelist.ts';
import { callRoutes } from './control/calls.ts';
import { addCertificate, CERTIFICATE } from './control/certificate.ts';
import { addEvents, EVENTS } from './control/events.ts';
import { openApi } from './control/openapi.ts';
import { type ControlRoute, done, route } from './control/route.ts';
import { addControlRoutes, CONTROL, sendJson, wrongMethod } from './control/serve.ts';
import { type WorldParts, worldRoutes } from './control/world.ts';
import { isSame } from './http/authorise.ts';
import { createHostRule, ownHosts } from './http/hosts.ts';
import { createServer, type Refused } from './http/server.ts';
import type { Hub } from './hub.ts';
import type { Messages } from './messages.ts';
import { PAGE_POLICY, page } from './page.ts';

export type WebOptions = {
  version: string;
  /** Names of hosts to answer for, besides loopback's and the vendor's. */
  allowHosts: readonly string[];
  /** Anybody may reach us: the control plane and the page want this token. */
  token?: string;
  /** Our own addresses with their ports, once they are known. */
  hosts(): readonly string[];
  /** Of TLS, as PEM, when we listen with it. */
  certificate?(): string | undefined;
};

type Whole = WorldParts & { messages: Messages; doorman: Doorman; hub: Hub; sender: string };

/** The vendor's API, the control plane, the stream of events and the page, on one server. */
export function createWeb(parts: Whole, options: WebOptions): { app: FastifyInstance; handler: RequestListener } {
  const { credentials, say, exophones } = parts;
  const { sid } = credentials;
  const control = controlRoutes(parts, options);
  const { app, handler } = createServer({
    hosts: createHostRule(options.allowHosts, options.token !== undefined),
    refuse: (request, reply, refused) => {
      if (!isOurs(request)) parts.doorman.heard(request, refused.status, reply.elapsedTime);
      return refuse(request, reply, refused);
    },
    trouble: (says) => say({ about: 'trouble', says }),
    missing: (request) => wrongMethod(control, request),
  });
  const token = options.token;
  if (token !== undefined) app.addHook('onRequest', async (request, reply) => guardControl(request, reply, token));
  const exophone = exophones[0]?.number ?? '';
  addVendorRoutes(
    app,
    [
      ...callEndpoints({ ...parts, sid, hosts: flowHosts(options) }),
      ...smsEndpoints({ ...parts, sid, exophone }),
      ...whitelistEndpoints(parts),
      ...exophoneEndpoints(parts, sid),
    ],
    parts.doorman,
  );
  addControlRoutes(app, control);
  addEvents(app, parts.hub);
  addCertificate(app, () => options.certificate?.());
  app.get('/', async (_request, reply) => reply.headers(PAGE_HEADERS).send(page(await pageData(parts))));
  return { app, handler };
}

/** They are asked for with every call, and change once: when we listen. */
function flowHosts({ hosts, allowHosts }: WebOptions): () => readonly string[] {
  let [listening, own] = [hosts(), ownHosts(hosts(), allowHosts)];
  return () => {
    if (listening !== hosts()) [listening, own] = [hosts(), ownHosts(hosts(), allowHosts)];
    return own;
  };
}

function controlRoutes(parts: Whole, { version, hosts }: WebOptions): readonly ControlRoute[] {
  const routes: ControlRoute[] = [...callRoutes(parts), ...worldRoutes(parts)];
  const document: ControlRoute = route({
    method: 'GET',
    path: 'openapi.json',
    summary: 'This document',
    handle: () => done(openApi([...routes, document, EVENTS, CERTIFICATE], version)),
  });
  const overview = route({
    method: 'GET',
    path: '',
    summary: 'What this is, and how it stands',
    handle: async () => {
      const flows = await parts.flows.list();
      const { clock, mover, credentials, switchboard, violations, account } = parts;
      return done({
        press9: version,
        hosts: hosts(),
        sid: credentials.sid,
        clock: { kind: mover ? 'virtual' : 'real', ist: isoIst(clock.now()) },
        account: account.standing,
        flows: flows.map(({ app, name }) => ({ app, name })),
        callsUnderWay: switchboard.underWay().length,
        violations: violations.count(),
        openapi: `${CONTROL}/openapi.json`,
      });
    },
  });
  routes.push(overview);
  return [...routes, document];
}

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const SHOWN = 50;

async function pageData({ records, switchboard, clock, credentials, violations }: Whole) {
  const { total, records: stored } = await records.calls.page({ order: 'desc', limit: SHOWN });
  const calls = await Promise.all(stored.map(async (one) => (await switchboard.find(one.sid)) ?? one));
  const posts = await records.posts.list({ limit: SHOWN });
  return { sid: credentials.sid, now: clock.now(), total, calls, posts, violations: violations.list().slice(-SHOWN) };
}

/** By the route that was found, as an address has many spellings: `//_press9`, `/%5fpress9`, `http://host/_press9`. */
const isOurs = ({ url, routeOptions }: FastifyRequest): boolean => {
  const route = routeOptions.url ?? url;
  return route.startsWith(CONTROL) || route === '/';
};

/** As the vendor words it, or as the control plane does. */
function refuse(request: FastifyRequest, reply: FastifyReply, { status, says }: Refused): FastifyReply {
  if (isOurs(request)) return sendJson(reply, status, { error: says });
  return write(reply, { status, body: restException(status, says).resource }, formatOf(request));
}

/** With a token as bearer, or in the query of the page's address. The vendor's API has its own credentials. */
async function guardControl(request: FastifyRequest, reply: FastifyReply, token: string): Promise<FastifyReply | undefined> {
  if (!isOurs(request)) return undefined;
  const { text = '' } = request.query as { text?: string };
  const bearer = /^bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const given = bearer ?? new URLSearchParams(text).get('token') ?? '';
  if (isSame(given, token)) return undefined;
  return refuse(request, reply, {
    status: 401,
    says: 'this emulator is open to others: it wants its --token as a bearer, or as ?token= behind an address',
  });
}
