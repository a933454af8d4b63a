import type { Delivery } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { CallbackSink, Cancel, Clock, HttpAnswer, HttpClient, Post } from '../core/ports.ts';
import type { PostAttempt, PostRecord, PostState } from '../core/post-record.ts';
import type { PostRecords } from '../core/records.ts';
import type { Faults, PostFault } from './faults.ts';
import { createLanes } from './lanes.ts';
import { withoutSecrets } from './without-secrets.ts';

export type PostmanOptions = {
  clock: Clock;
  http: HttpClient;
  posts: PostRecords;
  faults: Faults;
  /** Waits before the second, third … attempt. */
  schedule: Readonly<Record<Post['what'], readonly Ms[]>>;
  timeout: Ms;
  /** Told after each attempt. */
  tried(post: PostRecord): void;
  trouble(says: string): void;
};

type Tried = (delivery: Delivery) => void;

export interface Postman extends CallbackSink {
  /** Tries once more what an earlier process left waiting. Resolves to how many there are. */
  resume(): Promise<number>;
  /**
   * Delivers a post once more, whatever became of it, by the same way and with the same body; what was accepted stays so.
   * On virtual time the clock has to run for it. Undefined when there is none.
   */
  redeliver(id: string): Promise<PostRecord | undefined>;
  /** Resolves when nothing is on its way; what waits for another attempt does not count. */
  idle(): Promise<void>;
  /** Forgets whatever has not gone out yet. */
  clear(): void;
}

const unheard: Tried = () => {};

/**
 * Hands callbacks and webhooks to the user's servers: kept before the first attempt, tried, tried again on schedule. Those of
 * one call are first tried in order. Every 2xx is an acceptance.
 */
export function createPostman(options: PostmanOptions): Postman {
  const { clock, http, posts, faults, schedule, timeout } = options;
  const lanes = createLanes();
  const later = createLater(clock);
  let keptBack: string[] = [];
  /** Attempts of the schedule that are not answered yet, and whether one beside them was accepted meanwhile. */
  const onTheirWay = new Map<string, boolean>();
  /** Everything was forgotten so often; what belongs to an earlier time has no effect any more. */
  let era = 0;

  /** The clock holds still until it is written down. */
  function meanwhile(work: Promise<void>, then: () => void): void {
    const release = clock.hold();
    work
      .catch((error: unknown) => options.trouble(`a callback cannot be kept: ${error instanceof Error ? error.message : error}`))
      .then(() => release(ms(0), then));
  }

  function settle(post: PostRecord, attempt: PostAttempt, state: PostState, tried: Tried): PostRecord {
    const now: PostRecord = { ...post, state, attempts: [...post.attempts, attempt] };
    const { result, ok } = attempt;
    meanwhile(posts.tried(post.id, attempt, state), () => {});
    if (result !== 'dropped')
      tried({ type: 'delivery', what: post.what, id: post.id, url: post.url, attempt: now.attempts.length, result, ok });
    options.tried(now);
    return now;
  }

  /** `gone`: everything was forgotten meanwhile. */
  function ask(post: PostRecord, heard: (outcome: PostAttempt) => void, gone: () => void): void {
    const [at, mine] = [clock.now(), era];
    const headers = [['Content-Type', post.contentType]] as const;
    lanes.begin();
    http.send({ method: 'POST', url: post.url, headers, body: post.body, timeout }, (answer) => {
      if (mine === era) heard(outcomeOf(answer, at, ms(clock.now() - at)));
      else gone();
      lanes.end();
    });
  }

  /** As the schedule has it. */
  function attempt(post: PostRecord, tried: Tried, done: (after?: PostRecord) => void): void {
    onTheirWay.set(post.id, false);
    const heard = (outcome: PostAttempt) => {
      const accepted = outcome.ok || onTheirWay.get(post.id) === true;
      onTheirWay.delete(post.id);
      const wait = accepted ? undefined : schedule[post.what][post.attempts.length];
      const state = accepted ? 'delivered' : wait === undefined ? 'given-up' : 'waiting';
      const after = settle(post, outcome, state, tried);
      if (wait !== undefined) later.put(post.id, wait, () => attempt(after, tried, () => {}));
      done(after);
    };
    ask(post, heard, done);
  }

  /** Beside the schedule. */
  function extra(post: PostRecord, tried: Tried, done: (after?: PostRecord) => void): void {
    const heard = (outcome: PostAttempt) => {
      if (outcome.ok) {
        later.forget(post.id);
        if (onTheirWay.has(post.id)) onTheirWay.set(post.id, true);
      }
      const accepted = outcome.ok || post.state === 'delivered';
      const state = accepted ? 'delivered' : onTheirWay.has(post.id) || later.has(post.id) ? 'waiting' : 'given-up';
      done(settle(post, outcome, state, tried));
    };
    ask(post, heard, done);
  }

  /** The first attempt, or what somebody ordered in its place. */
  function first(post: PostRecord, tried: Tried, done: () => void): void {
    const fault = faults.forPost(post.url);
    const go = () =>
      attempt(post, tried, (after) => {
        if (after) for (const id of keptBack.splice(0)) later.take(id);
        done();
        if (after && fault?.does === 'duplicate') extra(after, tried, () => {});
      });
    if (fault === undefined || fault.does === 'duplicate') {
      go();
      return;
    }
    disturb(fault, post, tried, go);
    done();
  }

  function disturb({ does, by }: PostFault, post: PostRecord, tried: Tried, go: () => void): void {
    if (does === 'delay') later.put(post.id, by ?? ms(0), go);
    else if (does === 'reorder') {
      keptBack.push(post.id);
      later.put(post.id, KEPT_BACK, go);
    } else {
      const dropped = { at: clock.now(), took: ms(0), result: 'dropped', ok: false, says: 'dropped, as ordered' } as const;
      settle(post, dropped, 'given-up', tried);
    }
  }

  function enter(post: PostRecord, tried: Tried): void {
    const mine = era;
    lanes.enter(post.call, (done) => (mine === era ? first(post, tried, done) : done()));
  }

  return {
    send(post, tried) {
      const record: PostRecord = { ...post, at: clock.now(), state: 'waiting', attempts: [] };
      const mine = era;
      lanes.begin();
      meanwhile(posts.add([record]), () => {
        if (mine === era) enter(record, tried);
        lanes.end();
      });
    },
    async resume() {
      const waiting = await posts.waiting();
      for (const post of waiting) enter(post, unheard);
      return waiting.length;
    },
    redeliver(id) {
      const { promise, resolve, reject } = Promise.withResolvers<PostRecord | undefined>();
      const [release, mine] = [clock.hold(), era];
      posts.find(id).then(
        (post) => release(ms(0), () => (post && mine === era ? extra(post, unheard, resolve) : resolve(undefined))),
        (error: unknown) => release(ms(0), () => reject(error)),
      );
      return promise;
    },
    idle: () => lanes.idle(),
    clear() {
      era++;
      keptBack = [];
      onTheirWay.clear();
      later.clear();
    },
  };
}

/** What is to go out at a later time, by its id. */
function createLater(clock: Clock) {
  const all = new Map<string, { cancel: Cancel; go: () => void }>();

  function forget(id: string): void {
    all.get(id)?.cancel();
    all.delete(id);
  }

  function take(id: string): void {
    const one = all.get(id);
    forget(id);
    one?.go();
  }

  return {
    put(id: string, wait: Ms, go: () => void): void {
      forget(id);
      all.set(id, { cancel: clock.alarm(ms(clock.now() + wait), () => take(id)), go });
    },
    has: (id: string): boolean => all.has(id),
    take,
    forget,
    clear: () => [...all.keys()].forEach(forget),
  };
}

const MOST_SAID = 500;
/** A post that is to be overtaken goes out all the same when nothing comes to overtake it. */
const KEPT_BACK = ms(60_000);

function outcomeOf(answer: HttpAnswer, at: Ms, took: Ms): PostAttempt {
  if (!answer.ok) return { at, took, result: answer.why === 'timeout' ? 'timeout' : 'refused', ok: false, says: answer.says };
  const says = answer.body.slice(0, MOST_SAID);
  const ok = answer.status >= 200 && answer.status < 300;
  return { at, took, result: answer.status, ok, ...(says !== '' && { says }) };
}

/** The last attempt, as a line for people: no query of its address, which may hold a key, and no name and password. */
export function tellPost({ what, call, url, state, attempts }: PostRecord): string {
  const last = attempts.at(-1)?.result ?? 'not tried yet';
  const end = { waiting: ', is tried again', delivered: '', 'given-up': ', given up' }[state];
  return `${what === 'webhook' ? 'opt-out webhook' : 'status callback'} of ${call} to ${withoutSecrets(url)}: ${last}${end}`;
}
