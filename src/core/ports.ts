import type { AuditAction, AuditBody, AuditEntry, AuditHead, AuditReport, NewAuditEntry } from './audit.ts';
import type { Header } from './command.ts';
import type { CallClass, Delivery, Logged } from './event.ts';
import type { Contact, Fact, FactKind, FactSource, NewFact, Subject, Verdict, Without } from './facts.ts';
import type { CallId, E164, Ms } from './ids.ts';
import type { FetchFailure, LegState } from './input.ts';
import type { Sound } from './prompt.ts';

export type Cancel = () => void;

export interface Clock {
  now(): Ms;
  /** Rings once at `at`, never before `now()`; alarms due together ring in the order they were set. */
  alarm(at: Ms, ring: () => void): Cancel;
  /**
   * Something real is under way. A virtual clock holds still until the returned function is called; `then` runs
   * `cost` of virtual time later. A system clock runs `then` at once: the time has already passed.
   */
  hold(): (cost: Ms, then: () => void) => void;
}

export type HttpRequest = {
  method: 'GET' | 'HEAD' | 'POST';
  url: string;
  headers: readonly Header[];
  body?: string | Uint8Array;
  /** Whole answer, in milliseconds. */
  timeout: Ms;
  /** Only so many bytes of the body are wanted, one character a byte: the header of a recording. Otherwise text. */
  firstBytes?: number;
};
export type HttpAnswer =
  | { ok: true; status: number; contentType: string; body: string }
  | { ok: false; why: FetchFailure; says: string };

export interface HttpClient {
  /** Calls `done` exactly once, never before returning. Redirects are not followed: a 302 is an answer. */
  send(request: HttpRequest, done: (answer: HttpAnswer) => void): void;
}

/** The phones. */
export interface Line {
  /** Reports ringing, then one outcome; after `answered` also `completed` when that phone hangs up. */
  dial(leg: number, number: string, ringFor: Ms, changed: (to: LegState, by?: 'machine') => void): void;
  /** Plays to one leg; `finished` is not called after `stop`. So much of it was `heard` before, when a call is taken up again. */
  play(leg: number, sounds: readonly Sound[], finished: () => void, heard?: Ms): void;
  stop(): void;
  hangUp(leg: number): void;
}

export type Sms = { to: string; text: string; call: CallId; number: E164 | undefined; class: CallClass };
export type SmsResult = { ok: true; sid: string } | { ok: false; says: string };

export interface SmsGateway {
  send(sms: Sms, done: (result: SmsResult) => void): void;
}

/** Asked before anything goes out. Implemented by `compliance/`. */
export interface Gate {
  /** @param call the call that it is, or is a part of. */
  ask(contact: Contact, at: Ms, call?: CallId): Promise<Verdict>;
  /** Told of what came of it, and of customers who call. */
  made?(made: Made): void;
}

/** A phone that rings, a message on its way; or a customer who calls us. */
export type Made = { what: 'contacted' | 'inbound'; contact: Contact; at: Ms; call: CallId; flow: string };

/** Something to hand to the user's server, kept until it is delivered. */
export type Post = {
  id: string;
  what: Delivery['what'];
  url: string;
  contentType: string;
  body: string;
  /** The CallSid, or SmsSid, that it is about. */
  call: CallId;
};

export type FactQuery = {
  /** Of this very number or prefix. */
  number?: Subject;
  kind?: FactKind;
  source?: FactSource;
  text?: string;
  limit?: number;
  /** Only opt-outs that no opt-in has lifted, and that have not expired. */
  inForce?: boolean;
};

/** The store of facts. Append-only, and every fact is in the {@link AuditTrail} as well. */
export interface Facts {
  /** All or nothing, durable when it resolves; posts are kept in the same transaction. */
  record(facts: readonly NewFact[], posts?: readonly Post[]): Promise<readonly Fact[]>;
  /**
   * Everything known of a number, oldest first: also what is known of prefixes it begins with, and what was erased and
   * is known by its salted hash alone.
   */
  about(number: Subject): Promise<readonly Fact[]>;
  /**
   * Newest first. `text` is searched, as it stands and whatever its case, in numbers, reasons, evidence, flows and calls.
   * The number of an erased fact reads `erased:…` here.
   */
  list(query: FactQuery): Promise<readonly Fact[]>;
  /** Makes the store forget a number and every text about it, but not that it is blocked. */
  erase(number: E164, by: Erasure): Promise<Erased>;
  close(): Promise<void>;
}

/** Why, and who says so. The reason and the evidence must not name the person. */
export type Erasure = { at: Ms; actor: string; reason: string; evidence: string };

/** How many facts, audit entries and posts lost their number; `givenUp` posts had not been delivered. */
export type Erased = {
  facts: number;
  entries: number;
  posts: number;
  givenUp: number;
  /** Why traces may be left on the disk, as a sentence's end; to erase again removes them. */
  left?: string;
};

/**
 * Facts from a file, at most some thousands, and what the audit should say of them. Those that differ in their number alone
 * go in several times as fast as others.
 */
export type FactChunk = { body: AuditBody } & ({ facts: readonly NewFact[] } | AlikeFacts);
export type AlikeFacts = { alike: Without<NewFact, 'number'>; numbers: readonly Subject[] };

/** Many facts at once. */
export interface FactImport {
  /**
   * All or nothing, whatever the number of chunks; each makes one audit entry. Other writers wait, so whoever makes the
   * chunks may read and must not write.
   * @returns how many facts were recorded.
   */
  recordMany(chunks: AsyncIterable<FactChunk>, by: { at: Ms; actor: string }): Promise<number>;
  /** Of the numbers that anything is known of: what is, oldest first, what was erased included and prefixes not. */
  aboutMany(numbers: readonly Subject[]): Promise<ReadonlyMap<Subject, readonly Fact[]>>;
  /** Oldest first, some thousands at once. Whoever reads them records nothing meanwhile. */
  pages(query: PageQuery): AsyncIterable<readonly Fact[]>;
}

/** Everything; or only the opt-outs in force, or only what is known of prefixes. */
export type PageQuery = { inForce?: true; prefixes?: true };

export type AuditQuery = {
  number?: Subject;
  action?: AuditAction;
  /** Recorded at this instant or later. */
  since?: Ms;
  /** Only entries behind this one. */
  after?: number;
  limit?: number;
};

/** Every change of the list and every verdict that gated something, as a chain of hashes. Append-only. */
export interface AuditTrail {
  /** All or nothing, in their order, durable when it resolves. What is appended in one turn is written as one. */
  append(entries: readonly NewAuditEntry[]): Promise<void>;
  /** Oldest first. */
  read(query: AuditQuery): Promise<readonly AuditEntry[]>;
  head(): Promise<AuditHead>;
  /** Checks entries and facts against each other, and the end of the chain against what was kept of it elsewhere. */
  verify(...kept: readonly AuditHead[]): Promise<AuditReport>;
}

/** Where an opt-out made in a call is written down. Never rejects: what cannot be stored is journalled, and said. */
export interface OptOuts {
  record(fact: NewFact, post: Post | undefined): Promise<OptOutResult>;
}
export type OptOutResult = { ok: true; fact: string } | { ok: false; says: string; journal?: string };

/** What waits to be delivered. */
export interface Outbox {
  add(posts: readonly Post[]): Promise<void>;
  /** Undelivered and due, oldest first. */
  due(at: Ms, limit: number): Promise<readonly (Post & { attempts: number })[]>;
  /** After an attempt: delivered, or to be tried again at `retryAt`. */
  settle(id: string, result: { delivered: boolean; retryAt?: Ms }): Promise<void>;
}

export interface CallbackSink {
  /** Keeps the post, then delivers it; `tried` hears of each attempt. */
  send(post: Post, tried: (delivery: Delivery) => void): void;
}

export interface Audio {
  /** How long a recording plays, from its header; undefined when that cannot be told. */
  length(url: string): Promise<Ms | undefined>;
}

export interface Files {
  read(path: string): Promise<Uint8Array>;
}

export interface CallLog {
  append(logged: Logged): void;
  close(): Promise<void>;
}

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
}

export interface Ids {
  call(at: Ms): CallId;
  /** For facts, posts and messages; unique, and the same again with the same seed where ids are seeded. */
  next(): string;
}
