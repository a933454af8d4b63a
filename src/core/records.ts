import type { CallPage, CallQuery, CallRecord } from './call-record.ts';
import type { Ms } from './ids.ts';
import type { MessageRecord } from './message-record.ts';
import type { PostAttempt, PostRecord, PostState } from './post-record.ts';

// Ports: what the emulator keeps, besides facts.

/** Calls that the emulator placed or took. What is saved in one turn is written as one. */
export interface CallRecords {
  /** Keeps it, in place of what was kept of this call before. Resolves when the end of this process would not lose it. */
  save(record: CallRecord): Promise<void>;
  find(sid: string): Promise<CallRecord | undefined>;
  page(query: CallQuery): Promise<CallPage>;
  /** Those without an end, oldest first. */
  unfinished(): Promise<readonly CallRecord[]>;
}

/** SMS that the emulator took. As durable as {@link CallRecords}. */
export interface MessageRecords {
  save(record: MessageRecord): Promise<void>;
  find(sid: string): Promise<MessageRecord | undefined>;
  /** Newest first. */
  list(limit: number): Promise<readonly MessageRecord[]>;
  /** Those without a final status, oldest first. */
  unfinished(): Promise<readonly MessageRecord[]>;
}

/** Callbacks and webhooks of the emulator with every attempt. As durable as {@link CallRecords}. */
export interface PostRecords {
  /** A post whose id is known already is left alone, whatever it says now. */
  add(posts: readonly PostRecord[]): Promise<void>;
  /** What was delivered stays so, whatever becomes of another attempt. */
  tried(id: string, attempt: PostAttempt, state: PostState): Promise<void>;
  find(id: string): Promise<PostRecord | undefined>;
  /** Newest first; of one call or message when `about` names it. */
  list(query: { limit: number; about?: string }): Promise<readonly PostRecord[]>;
  /** Neither delivered nor given up, oldest first. */
  waiting(): Promise<readonly PostRecord[]>;
}

/** Everything the emulator keeps besides facts. */
export interface Records {
  calls: CallRecords;
  messages: MessageRecords;
  posts: PostRecords;
  /** The latest instant that anything here tells of. */
  latest(): Promise<Ms | undefined>;
  /** Forgets everything. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
