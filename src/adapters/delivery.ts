import type { Delivery } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { CallbackSink, Clock, HttpAnswer, HttpClient, Outbox, Post } from '../core/ports.ts';

export type DeliveryOptions = {
  /** On the same clock. */
  http: HttpClient;
  /** Its `add` must leave posts alone that it already has: an opt-out's post is stored together with its fact. */
  outbox: Outbox;
  /** The call's. */
  clock: Clock;
  /** Waits before the second, third … attempt within a run. Callbacks have none, webhooks 1 s, 5 s and 30 s. */
  schedule?: Partial<Record<Post['what'], readonly Ms[]>>;
  /** Of one attempt; 10 s unless told. */
  timeout?: Ms;
  /** The machine's own time, on which leftovers wait for a later run. */
  machineNow?: () => Ms;
};

export interface Deliverer extends CallbackSink {
  /** Resolves when nothing that was sent is still to be tried in this run. */
  idle(): Promise<void>;
  /**
   * Tries once what is due from earlier runs, oldest first, at most `limit` posts. The clock must be one that runs by
   * itself. Resolves to how many arrived and how many did not.
   */
  flush(limit?: number): Promise<{ delivered: number; failed: number }>;
}

const MINUTE = 60_000;
const LONGEST_WAIT = 6 * 60 * MINUTE;
const SCHEDULE: Record<Post['what'], readonly Ms[]> = { callback: [], webhook: [ms(1000), ms(5000), ms(30_000)] };

/**
 * Hands posts to the user's server: kept first, then tried, then tried again on the call's clock. What is left when a
 * run gives up stays in the outbox and is due again after 1, 2, 4 … minutes of the machine's time, at most 6 hours.
 * Every 2xx is an acceptance. Whatever goes wrong, a call never hears of it other than through `tried`.
 */
export function createDelivery(options: DeliveryOptions): Deliverer {
  const { http, outbox, clock } = options;
  const timeout = options.timeout ?? ms(10_000);
  const machineNow = options.machineNow ?? (() => ms(Date.now()));
  const schedule = { ...SCHEDULE, ...options.schedule };

  let open = 0;
  let waiting: (() => void)[] = [];

  const close = () => {
    if (--open > 0) return;
    for (const done of waiting) done();
    waiting = [];
  };

  const ask = (post: Post, done: (answer: HttpAnswer) => void) => {
    const headers = [['Content-Type', post.contentType]] as const;
    http.send({ method: 'POST', url: post.url, headers, body: post.body, timeout }, done);
  };

  const settle = (post: Post, attempts: number, delivered: boolean) =>
    quietly(() => {
      const retryAt = ms(machineNow() + leftoverWait(attempts));
      return outbox.settle(post.id, delivered ? { delivered } : { delivered, retryAt });
    });

  function attempt(post: Post, n: number, tried: (delivery: Delivery) => void): void {
    ask(post, (answer) => {
      const outcome = outcomeOf(post, n, answer);
      tried(outcome);
      meanwhile(clock, settle(post, n, outcome.ok), () => {
        const wait = outcome.ok ? undefined : schedule[post.what][n - 1];
        if (wait !== undefined) clock.alarm(ms(clock.now() + wait), () => attempt(post, n + 1, tried));
        else close();
      });
    });
  }

  return {
    send(post, tried) {
      open++;
      const keep = quietly(() => outbox.add([post]));
      meanwhile(clock, keep, () => attempt(post, 1, tried));
    },
    idle: () => new Promise((done) => (open === 0 ? done() : waiting.push(done))),
    async flush(limit = 100) {
      const due = await outbox.due(machineNow(), limit);
      let delivered = 0;
      for (const { attempts, ...post } of due) {
        const answer = await new Promise<HttpAnswer>((done) => ask(post, done));
        const { ok } = outcomeOf(post, attempts + 1, answer);
        await settle(post, attempts + 1, ok);
        if (ok) delivered++;
      }
      return { delivered, failed: due.length - delivered };
    },
  };
}

function outcomeOf(post: Post, n: number, answer: HttpAnswer): Delivery {
  const result = answer.ok ? answer.status : answer.why === 'timeout' ? 'timeout' : 'refused';
  const ok = typeof result === 'number' && result >= 200 && result < 300;
  return { type: 'delivery', what: post.what, id: post.id, url: post.url, attempt: n, result, ok };
}

/** After so many attempts in all. */
const leftoverWait = (attempts: number): number => Math.min(MINUTE * 2 ** (attempts - 1), LONGEST_WAIT);

/** The clock stands still while something is written down. */
function meanwhile(clock: Clock, work: Promise<void>, then: () => void): void {
  const release = clock.hold();
  void work.then(() => release(ms(0), then));
}

/** A post that cannot be kept is still delivered; one that cannot be settled comes again, which servers must expect. */
async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {}
}
