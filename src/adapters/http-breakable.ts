import type { Gives } from '../core/gives.ts';
import { ms } from '../core/ids.ts';
import type { Clock, HttpClient } from '../core/ports.ts';
import { outcomeOf } from './http-scripted.ts';

export interface BreakableClient extends HttpClient {
  /** The next GET gets this, and a HEAD that comes before it; undefined calls that off. What is posted is never broken. */
  next(gives: Gives | undefined): void;
  /** What `next` said, until a request has got it. */
  pending(): Gives | undefined;
}

/** Asks another client, but for the requests that somebody breaks: those never reach it. */
export function createBreakableClient(clock: Clock, client: HttpClient): BreakableClient {
  let armed: Gives | undefined;
  /** A HEAD has got it: the GET that follows at the same address gets it too, and no other request. */
  let followed: { address: string; gives: Gives } | undefined;

  function take(method: 'GET' | 'HEAD', url: string): Gives | undefined {
    const address = bare(url);
    const gives = armed ?? (method === 'GET' && followed?.address === address ? followed.gives : undefined);
    armed = undefined;
    followed = method === 'HEAD' && gives ? { address, gives } : undefined;
    return gives;
  }

  return {
    send(request, done) {
      const gives = request.method === 'POST' ? undefined : take(request.method, request.url);
      if (!gives) {
        client.send(request, done);
        return;
      }
      const { answer, after } = outcomeOf(gives, request, 'as you wanted');
      clock.alarm(ms(clock.now() + after), () => done(answer));
    },
    next(gives) {
      armed = gives;
      followed = undefined;
    },
    pending: () => armed,
  };
}

/** Without the query, in which the vendor tells the time. */
const bare = (url: string): string => url.replace(/[?#].*$/s, '');
