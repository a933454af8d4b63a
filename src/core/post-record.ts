import type { Ms } from './ids.ts';
import type { Post } from './ports.ts';

/** One try to deliver a post. */
export type PostAttempt = {
  at: Ms;
  /** Milliseconds until the answer, or until it was given up. */
  took: Ms;
  /** HTTP status, or why there is none; `dropped` by a fault that somebody ordered. */
  result: number | 'timeout' | 'refused' | 'dropped';
  ok: boolean;
  /** Why there is no answer; or the beginning of its body. */
  says?: string;
};

export type PostState = 'waiting' | 'delivered' | 'given-up';

/** A callback or webhook with what came of it. */
export type PostRecord = Post & { at: Ms; state: PostState; attempts: readonly PostAttempt[] };
