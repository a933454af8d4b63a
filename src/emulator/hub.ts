import type { CallRecord } from '../core/call-record.ts';
import type { Logged } from '../core/event.ts';
import type { MessageRecord } from '../core/message-record.ts';
import type { PostRecord } from '../core/post-record.ts';
import type { Violation } from '../core/violation.ts';

/** What happens in the emulator, for whoever watches. */
export type News =
  | { type: 'call'; call: CallRecord }
  | { type: 'event'; logged: Logged }
  | { type: 'message'; message: MessageRecord }
  | { type: 'post'; post: PostRecord }
  | { type: 'violation'; violation: Violation };

export type Hub = {
  /** Is anybody watching? Nothing has to be made for nobody. */
  readonly watched: boolean;
  tell(news: News): void;
  /** @returns how to stop. */
  watch(hear: (news: News) => void): () => void;
};

export function createHub(): Hub {
  const watchers = new Set<(news: News) => void>();
  return {
    get watched() {
      return watchers.size > 0;
    },
    tell(news) {
      for (const hear of watchers) hear(news);
    },
    watch(hear) {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
  };
}
