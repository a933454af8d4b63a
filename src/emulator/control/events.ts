import type { FastifyInstance } from 'fastify';
import { flatten } from '../../core/flatten.ts';
import type { Hub, News } from '../hub.ts';
import { hideLogins } from '../without-secrets.ts';
import type { Described } from './route.ts';
import { CONTROL } from './serve.ts';

/** A watcher who takes nothing in any more loses its stream, not our memory. */
const MOST_WAITING = 8_000_000;

export const EVENTS = {
  method: 'GET',
  path: 'events',
  summary: 'Everything as it happens, as server-sent events: call, event, message, post, violation',
  produces: 'text/event-stream',
} as const satisfies Described;

/** Everything that happens, as server-sent events: `call`, `event`, `message`, `post`, `violation`. */
export function addEvents(app: FastifyInstance, hub: Hub): void {
  const open = new Set<() => void>();
  app.get(`${CONTROL}/${EVENTS.path}`, (_request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write(': press9\n\n');
    const stop = hub.watch((news) => {
      raw.write(eventOf(news));
      if (raw.writableLength > MOST_WAITING) raw.destroy();
    });
    const end = () => {
      stop();
      raw.end();
      open.delete(end);
    };
    open.add(end);
    raw.on('close', end);
  });
  app.addHook('preClose', async () => {
    for (const end of [...open]) end();
  });
}

const eventOf = (news: News): string => `event: ${news.type}\ndata: ${JSON.stringify(dataOf(news), hideLogins)}\n\n`;

function dataOf(news: News): unknown {
  switch (news.type) {
    case 'call':
      return news.call;
    case 'event':
      return flatten(news.logged);
    case 'message':
      return news.message;
    case 'post':
      return news.post;
    case 'violation':
      return news.violation;
  }
}
