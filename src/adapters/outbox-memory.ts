import { type CallId, type Ms, ms } from '../core/ids.ts';
import type { Outbox, Post } from '../core/ports.ts';
import { withoutTail } from './facts-forget.ts';

type Kept = { post: Post; attempts: number; state: 'waiting' | 'delivered' | 'given-up'; dueAt: Ms };

const ALWAYS = ms(Number.NEGATIVE_INFINITY);

export type MemoryOutbox = Outbox & {
  keep(posts: readonly Post[]): void;
  /** Empties posts about a number, given by its last digits, or about the calls of its person. */
  forget(tail: string, calls: readonly CallId[]): { posts: number; givenUp: number };
};

/** An outbox for as long as the process lives; `keep` is `add` for a store that records facts and posts as one. */
export function createMemoryOutbox(): MemoryOutbox {
  const kept = new Map<string, Kept>();

  function keep(posts: readonly Post[]): void {
    for (const post of posts) {
      const id = freeId(post, (taken) => kept.get(taken)?.post);
      if (id !== undefined) kept.set(id, { post: { ...post, id }, attempts: 0, state: 'waiting', dueAt: ALWAYS });
    }
  }

  function forget(tail: string, calls: readonly CallId[]): { posts: number; givenUp: number } {
    const about = ({ post: { body, url, call } }: Kept) =>
      body !== '' && (body.includes(tail) || url.includes(tail) || calls.includes(call));
    const found = [...kept.values()].filter(about);
    const waiting = found.filter(({ state }) => state === 'waiting');
    for (const entry of found) entry.post = { ...entry.post, body: '', url: withoutTail(entry.post.url, tail) };
    for (const entry of waiting) entry.state = 'given-up';
    return { posts: found.length, givenUp: waiting.length };
  }

  return {
    keep,
    forget,
    add: async (posts) => keep(posts),
    async due(at, limit) {
      const waiting = [...kept.values()].filter((entry) => entry.state === 'waiting' && entry.dueAt <= at);
      return waiting.slice(0, limit).map(({ post, attempts }) => ({ ...post, attempts }));
    },
    async settle(id, { delivered, retryAt }) {
      const entry = kept.get(id);
      if (!entry) throw new Error(`the outbox holds no post ${id}`);
      entry.attempts++;
      if (entry.state === 'delivered') return;
      entry.state = delivered ? 'delivered' : retryAt === undefined ? 'given-up' : 'waiting';
      if (retryAt !== undefined) entry.dueAt = retryAt;
    },
  };
}

const FIELDS = ['what', 'url', 'contentType', 'body', 'call'] as const;

/**
 * The id to keep a post under: none when this very post is kept already. Another post's id is not taken over
 * (seeded ids come again in the next run): the post gets the first of `id-2`, `id-3`, … that is free.
 */
export function freeId(post: Post, find: (id: string) => Post | undefined): string | undefined {
  for (let n = 1; ; n++) {
    const id = n === 1 ? post.id : `${post.id}-${n}`;
    const there = find(id);
    if (!there) return id;
    if (FIELDS.every((field) => there[field] === post[field])) return undefined;
  }
}
