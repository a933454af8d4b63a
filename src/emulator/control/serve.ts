import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { Refused } from '../http/server.ts';
import { hideLogins } from '../without-secrets.ts';
import { CannotDo, type ControlRoute } from './route.ts';

export const CONTROL = '/_press9';

/** Puts the control plane on the server. Everything is JSON. */
export function addControlRoutes(app: FastifyInstance, routes: readonly ControlRoute[]): void {
  for (const one of routes) {
    const url = addressOf(one).replace(/\{(\w+)\}/g, ':$1');
    app.route({ method: one.method, url, handler: (request, reply) => answer(request, reply, one) });
  }
}

const addressOf = ({ path }: ControlRoute): string => `${CONTROL}/${path}`.replace(/\/$/, '');

/** Of a request that no route takes: it is nearly right when its address takes other methods. */
export function wrongMethod(routes: readonly ControlRoute[], { method, url }: FastifyRequest): Refused | undefined {
  const path = url
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  const fits = (one: ControlRoute) =>
    new RegExp(
      `^${addressOf(one)
        .toLowerCase()
        .replace(/\{\w+\}/g, '[^/]+')}$`,
    ).test(path);
  const allow = routes.filter(fits).map((one) => one.method);
  if (allow.length === 0) return undefined;
  const hint = allow.includes('POST') ? '; curl sends it with -X POST' : '';
  return { status: 405, says: `this takes ${allow.join(' and ')}, not ${method}${hint}`, allow };
}

async function answer(request: FastifyRequest, reply: FastifyReply, one: ControlRoute): Promise<FastifyReply> {
  try {
    const { text = '' } = request.query as { text?: string };
    const query = Object.fromEntries(new URLSearchParams(text));
    const params = request.params as Record<string, string>;
    const { status = 200, json } = await one.handle({ params, query, body: bodyOf(request, one) as never });
    return sendJson(reply, status, json);
  } catch (error) {
    if (!(error instanceof CannotDo)) throw error;
    return sendJson(reply, error.status, { error: error.message });
  }
}

/** Passwords that applications have in their addresses are not for whoever looks on. */
export const sendJson = (reply: FastifyReply, status: number, json: unknown): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(`${JSON.stringify(json, hideLogins)}\n`);

function bodyOf({ body }: FastifyRequest, { body: schema }: ControlRoute): unknown {
  if (schema === undefined) return undefined;
  const read = schema.safeParse(jsonOf(body as Uint8Array | undefined));
  if (read.success) return read.data;
  throw new CannotDo(400, read.error.issues.map(sayIssue).join('; '));
}

function jsonOf(body: Uint8Array | undefined): unknown {
  if (body === undefined || body.byteLength === 0) return {};
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new CannotDo(400, 'the body is no JSON');
  }
}

const sayIssue = ({ path, message }: z.core.$ZodIssue): string =>
  path.length > 0 ? `${path.join('.')}: ${message}` : `the body: ${message}`;
