import type { Logged } from '../core/event.ts';
import type { Gives } from '../core/gives.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Clock, HttpAnswer, HttpClient, HttpRequest } from '../core/ports.ts';
import { outcomeOf } from './http-scripted.ts';

/** What servers said in a call. */
export type Recording = {
  log: readonly Logged[];
  /** What has happened already: what was asked in it is used, what it waits for comes when it came. */
  before: readonly Logged[];
  /** The request of this id gets another answer than it got. */
  edited?: { id: number; gives: Gives } | undefined;
  /** An address without what differs from one request to the next. */
  pattern(url: string): string;
};

type Outcome = { answer: HttpAnswer; after: Ms };
type Asked = { id: number; request: HttpRequest; at: Ms; got: Outcome | undefined };
type Entry = { outcome(request: HttpRequest): Outcome } | undefined;

/**
 * Web servers that say again what they said: for each method and address the answers that are not used yet, in their
 * order, the last one for good, each after the time it took.
 * @param fallback who is asked for what was never answered.
 */
export function createRecordedClient(clock: Clock, recording: Recording, fallback: HttpClient): HttpClient {
  const kindOf = ({ method, url }: HttpRequest) => `${method} ${recording.pattern(url)}`;
  const entries = new Map<string, Entry[]>();
  for (const asked of askedIn(recording.log)) put(entries, kindOf(asked.request), entryOf(asked, recording.edited));
  const used = new Map<string, number>();
  const waiting: { asked: Asked; own: Entry }[] = [];
  for (const asked of askedIn(recording.before)) {
    const kind = kindOf(asked.request);
    const nth = used.get(kind) ?? 0;
    used.set(kind, nth + 1);
    if (!asked.got) waiting.push({ asked, own: entries.get(kind)?.[nth] });
  }

  function next(request: HttpRequest): Entry {
    const kind = kindOf(request);
    const all = entries.get(kind) ?? [];
    const nth = used.get(kind) ?? 0;
    const there = all.findIndex((entry, i) => i >= nth && entry);
    used.set(kind, there < 0 ? nth : there + 1);
    return there < 0 ? all.findLast((entry) => entry) : all[there];
  }

  const later = (outcome: Outcome | undefined) => outcome && { from: clock.now(), ...outcome };

  return {
    send(request, done) {
      const i = waiting.findIndex(({ asked: { request: one } }) => one.method === request.method && one.url === request.url);
      const [waited] = i < 0 ? [] : waiting.splice(i, 1);
      const own = waited?.own && { from: waited.asked.at, ...waited.own.outcome(waited.asked.request) };
      const found = own ?? later(next(request)?.outcome(request));
      if (found) clock.alarm(ms(found.from + found.after), () => done(found.answer));
      else fallback.send(request, done);
    },
  };
}

function put(entries: Map<string, Entry[]>, kind: string, entry: Entry): void {
  const all = entries.get(kind) ?? [];
  all.push(entry);
  entries.set(kind, all);
}

/** Every request of a log, with what it got. */
function askedIn(log: readonly Logged[]): readonly Asked[] {
  const answers = new Map<number, { at: Ms; got: HttpAnswer }>();
  for (const { at, e } of log) {
    const answer = answerIn(e);
    if (answer) answers.set(answer.id, { at, got: answer.got });
  }
  return log.flatMap(({ at, e }): Asked[] => {
    if (e.type !== 'command' || e.command.type !== 'fetch') return [];
    const { id, method, url, headers, timeout } = e.command;
    const answer = answers.get(id);
    const got = answer && { answer: answer.got, after: ms(answer.at - at) };
    return [{ id, request: { method, url, headers, timeout }, at, got }];
  });
}

function entryOf({ id, request, got }: Asked, edited: Recording['edited']): Entry {
  if (edited?.id === id) return { outcome: (now) => outcomeOf(edited.gives, now, 'as you wanted') };
  return got && { outcome: (now) => again(got, request, now) };
}

function answerIn(e: Logged['e']): { id: number; got: HttpAnswer } | undefined {
  if (e.type !== 'input') return undefined;
  const { input } = e;
  if (input.type === 'fetch.failed') return { id: input.id, got: { ok: false, why: input.why, says: input.says } };
  if (input.type !== 'fetch.answered') return undefined;
  const { id, status, contentType, body } = input;
  return { id, got: { ok: true, status, contentType, body } };
}

/** The answer that was given; a request that waits less long than the recorded one did may be too late for it. */
function again(got: Outcome, recorded: HttpRequest, now: HttpRequest): Outcome {
  const late = now.timeout < recorded.timeout && got.after >= now.timeout;
  return late ? outcomeOf({ type: 'timeout' }, now) : got;
}
