import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { hideLogins } from '../without-secrets.ts';
import { CannotDo, type ControlRoute } from './route.ts';

export const CONTROL = '/_press9';

/** Puts the control plane on the server. Everything is JSON. */
export function addControlRoutes(app: FastifyInstance, routes: readonly ControlRoute[]): void {
  const byUrl = Map.groupBy(routes, ({ path }) => `${CONTROL}/${path}`.replace(/\{(\w+)\}/g, ':$1').replace(/\/$/, ''));
  for (const [url, own] of byUrl) {
    for (const one of own) app.route({ method: one.method, url, handler: (request, reply) => answer(request, reply, one) });
    const taken = own.map(({ method }) => method);
    const others = METHODS.filter((method) => !taken.includes(method));
    app.route({ method: others, url, handler: (request, reply) => wantsOther(request, reply, taken) });
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;

const wantsOther = ({ method }: FastifyRequest, reply: FastifyReply, taken: readonly string[]): FastifyReply =>
  sendJson(reply.header('allow', taken.join(', ')), 405, {
    error: `this takes ${taken.join(' and ')}, not ${method}${taken.includes('POST') ? '; curl sends it with -X POST' : ''}`,
  });

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
