import { setTimeout as sleep } from 'node:timers/promises';
import type { OptOuts } from '../core/ports.ts';
import type { Store } from './store.ts';

/** Waits before the second and third attempt to record, in milliseconds. */
const RETRIES = [100, 400];

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * An opt-out is never lost: recorded in the store, tried again when that fails, and at last journalled beside it. Only
 * a recorded one counts as recorded; the caller is not told otherwise.
 */
export function createOptOuts(store: Store): OptOuts {
  return {
    async record(fact, post) {
      const posts = post ? [post] : [];
      let problem = '';
      for (const wait of [0, ...RETRIES]) {
        if (wait > 0) await sleep(wait);
        try {
          const [recorded] = await store.facts.record([fact], posts);
          if (recorded) return { ok: true, fact: recorded.id };
        } catch (error) {
          problem = why(error);
        }
      }
      try {
        return { ok: false, says: problem, journal: await store.journal(fact, posts) };
      } catch (error) {
        return { ok: false, says: `${problem} The journal cannot be written either: ${why(error)}` };
      }
    },
  };
}
