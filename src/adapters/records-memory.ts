import { type CallRecord, isUnderWay } from '../core/call-record.ts';
import { type Ms, ms } from '../core/ids.ts';
import { isFinal, type MessageRecord } from '../core/message-record.ts';
import type { PostRecord } from '../core/post-record.ts';
import type { CallRecords, MessageRecords, PostRecords, Records } from '../core/records.ts';
import { createKept, newest } from './records-kept.ts';
import { pageOf } from './records-memory-pages.ts';
import { StoreError } from './store-shape.ts';

/** `times`: the latest instants that each record tells of. */
type Cleared = { clear(): void; times(): readonly Ms[] };

/** Works at once, and rejects when all is closed. */
type Work = <T>(work: () => T) => Promise<T>;

/** What the emulator keeps when nothing is to be left behind. Records are kept as they are handed over, and not to be changed. */
export function createMemoryRecords(): Records {
  let closed = false;
  const whenOpen: Work = async (work) => {
    if (closed) throw new StoreError("the emulator's calls in memory are closed");
    return work();
  };
  const [calls, messages, posts] = [createCalls(whenOpen), createMessages(whenOpen), createPosts(whenOpen)];
  const clear = () => {
    for (const each of [calls, messages, posts]) each.clear();
  };
  return {
    calls,
    messages,
    posts,
    latest: () => whenOpen(() => latestOf([...calls.times(), ...messages.times(), ...posts.times()])),
    clear: () => whenOpen(clear),
    async close() {
      closed = true;
      clear();
    },
  };
}

const latestOf = (times: readonly Ms[]): Ms | undefined =>
  times.length === 0 ? undefined : times.reduce((latest, at) => (at > latest ? at : latest));

function createCalls(whenOpen: Work): CallRecords & Cleared {
  const kept = createKept<CallRecord>(isUnderWay);
  /** When each came. It never falls: a clock that went back is taken for one that stood. */
  const times: number[] = [];

  function save(record: CallRecord): void {
    kept.put(record.sid, record);
    if (times.length < kept.all.length) times.push(Math.max(record.createdAt, times.at(-1) ?? record.createdAt));
  }

  return {
    save: (record) => whenOpen(() => save(record)),
    find: (sid) => whenOpen(() => kept.find(sid)),
    page: (query) => whenOpen(() => pageOf(kept, times, query)),
    unfinished: () => whenOpen(() => kept.open()),
    times: () => kept.all.map(({ updatedAt }) => updatedAt),
    clear() {
      kept.clear();
      times.length = 0;
    },
  };
}

function createMessages(whenOpen: Work): MessageRecords & Cleared {
  const kept = createKept<MessageRecord>(({ status }) => !isFinal(status));
  return {
    save: (record) => whenOpen(() => kept.put(record.sid, record)),
    find: (sid) => whenOpen(() => kept.find(sid)),
    list: (limit) => whenOpen(() => newest(kept.all, limit)),
    unfinished: () => whenOpen(() => kept.open()),
    times: () => kept.all.map(({ updatedAt }) => updatedAt),
    clear: () => kept.clear(),
  };
}

function createPosts(whenOpen: Work): PostRecords & Cleared {
  const kept = createKept<PostRecord>(({ state }) => state === 'waiting');
  /** By what they are about, the ids of all, in order. */
  const about = new Map<string, string[]>();

  function add(post: PostRecord): void {
    if (kept.placeOf(post.id) !== undefined) return;
    kept.put(post.id, post);
    const others = about.get(post.call);
    if (others) others.push(post.id);
    else about.set(post.call, [post.id]);
  }

  const list = (limit: number, sid: string | undefined): readonly PostRecord[] =>
    sid === undefined ? newest(kept.all, limit) : newest(about.get(sid) ?? [], limit).map((id) => kept.find(id) as PostRecord);

  return {
    add: (posts) => whenOpen(() => posts.forEach(add)),
    tried: (id, attempt, state) =>
      whenOpen(() => {
        const post = kept.find(id);
        if (!post) throw new Error(`the emulator knows no post ${id}`);
        const stays = post.state === 'delivered' ? post.state : state;
        kept.put(id, { ...post, state: stays, attempts: [...post.attempts, attempt] });
      }),
    find: (id) => whenOpen(() => kept.find(id)),
    list: ({ limit, about: sid }) => whenOpen(() => list(limit, sid)),
    waiting: () => whenOpen(() => kept.open()),
    times: () => kept.all.flatMap(({ at, attempts }) => [at, ...attempts.map((one) => ms(one.at + one.took))]),
    clear() {
      kept.clear();
      about.clear();
    },
  };
}
