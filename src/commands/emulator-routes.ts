import type { Routes } from '../adapters/http-routed.ts';
import { UserError } from '../core/problem.ts';

const EXAMPLE = 'https://clinic.example=http://localhost:3000';

/** @throws UserError for what is no server, and for one that has two routes. */
export function routesOf(pairs: Iterable<readonly [from: string, to: string]>): Routes {
  const routes = new Map<string, string>();
  for (const [from, to] of pairs) {
    const origin = originIn(from);
    if (routes.has(origin)) throw new UserError(`route: ${origin} has a route already.`);
    routes.set(origin, originIn(to));
  }
  return routes;
}

/** `https://clinic.example=http://localhost:3000` */
export function pairIn(text: string): readonly [from: string, to: string] {
  const [from, to, ...more] = text.split('=');
  if (from && to && more.length === 0) return [from, to];
  throw new UserError(`route: "${text}" does not say from where to where.`, { advice: `Write ${EXAMPLE}.` });
}

function originIn(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new UserError(`route: "${text}" is no server such as https://clinic.example or http://localhost:3000.`);
}
