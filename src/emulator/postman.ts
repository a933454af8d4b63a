import type { Delivery } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { CallbackSink, Clock, HttpAnswer, HttpClient, Post } from '../core/ports.ts';
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
  /** Delivers a post again, whatever became of it, by the same way and with the same body. Undefined when there is none. */
  redeliver(id: string): Promise<PostRecord | undefined>;
  /** Resolves when nothing is on its way; what waits for another attempt does not count. */
  idle(): Promise<void>;
}

const unheard: Tried = () => {};

/**
 * Hands callbacks and webhooks to the user's servers: kept before the first attempt, tried, tried again on schedule. Those of
 * one call are first tried in order. Every 2xx is an acceptance.
 */
export function createPostman(options: PostmanOptions): Postman {
  const { clock, http, posts, faults, schedule, timeout } = options;
  const lanes = createLanes();
  let keptBack: (() => void)[] = [];

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

  function attempt(post: PostRecord, tried: Tried, done: (after: PostRecord) => void): void {
    const at = clock.now();
    const headers = [['Content-Type', post.contentType]] as const;
    http.send({ method: 'POST', url: post.url, headers, body: post.body, timeout }, (answer) => {
      const outcome = outcomeOf(answer, at, ms(clock.now() - at));
      const wait = outcome.ok ? undefined : schedule[post.what][post.attempts.length];
      const state = outcome.ok ? 'delivered' : wait === undefined ? 'given-up' : 'waiting';
      const after = settle(post, outcome, state, tried);
      if (wait !== undefined) clock.alarm(ms(clock.now() + wait), () => attempt(after, tried, () => {}));
      done(after);
    });
  }

  /** The first attempt, or what somebody ordered in its place. */
  function first(post: PostRecord, tried: Tried, done: () => void): void {
    const fault = faults.forPost(post.url);
    const go = () =>
      attempt(post, tried, (after) => {
        done();
        const next = keptBack;
        keptBack = [];
        for (const release of next) release();
        if (fault?.does === 'duplicate') attempt(after, tried, () => {});
      });
    if (fault === undefined || fault.does === 'duplicate') go();
    else disturb(fault, post, tried, go, done);
  }

  function disturb({ does, by }: PostFault, post: PostRecord, tried: Tried, go: () => void, done: () => void): void {
    if (does === 'delay') {
      clock.alarm(ms(clock.now() + (by ?? 0)), go);
      done();
    } else if (does === 'reorder') {
      const release = once(go);
      keptBack.push(release);
      clock.alarm(ms(clock.now() + KEPT_BACK), release);
      done();
    } else {
      settle(
        post,
        { at: clock.now(), took: ms(0), result: 'dropped', ok: false, says: 'dropped, as ordered' },
        'given-up',
        tried,
      );
      done();
    }
  }

  function enter(post: PostRecord, tried: Tried): void {
    lanes.enter(post.call, (done) => first(post, tried, done));
  }

  return {
    send(post, tried) {
      const record: PostRecord = { ...post, at: clock.now(), state: 'waiting', attempts: [] };
      lanes.begin();
      meanwhile(posts.add([record]), () => {
        enter(record, tried);
        lanes.end();
      });
    },
    async resume() {
      const waiting = await posts.waiting();
      for (const post of waiting) enter(post, unheard);
      return waiting.length;
    },
    async redeliver(id) {
      const post = await posts.find(id);
      if (post === undefined) return undefined;
      return new Promise((done) => attempt(post, unheard, done));
    },
    idle: () => lanes.idle(),
  };
}

const MOST_SAID = 500;
/** A post that is to be overtaken goes out all the same when nothing comes to overtake it. */
const KEPT_BACK = ms(60_000);

function once(work: () => void): () => void {
  let over = false;
  return () => {
    if (!over) work();
    over = true;
  };
}

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
