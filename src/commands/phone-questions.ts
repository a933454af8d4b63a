import { outcomeOf } from '../adapters/http-scripted.ts';
import { ms } from '../core/ids.ts';
import type { Cancel, Clock, HttpClient } from '../core/ports.ts';
import type { OpenQuestion } from '../tui/session.ts';

/** Requests that a person answers. */
export type Questions = {
  client: HttpClient;
  /** The oldest that waits. */
  first(): OpenQuestion | undefined;
  /** Hears when `first` may have changed. */
  subscribe(listener: () => void): Cancel;
  /** Forgets them all: they stay without an answer. */
  close(): void;
};

/** @param servers are asked when the person says so. */
export function createQuestions(clock: Clock, servers: HttpClient): Questions {
  const listeners = new Set<() => void>();
  let open: readonly OpenQuestion[] = [];

  function change(questions: readonly OpenQuestion[]): void {
    open = questions;
    for (const listener of listeners) listener();
  }

  const client: HttpClient = {
    send(request, done) {
      const question: OpenQuestion = {
        request,
        reply(gives) {
          if (!open.includes(question)) return;
          if (gives === 'ask the server') servers.send(request, done);
          else {
            const { answer, after } = outcomeOf(gives, request, 'as you wanted');
            clock.alarm(ms(clock.now() + after), () => done(answer));
          }
          change(open.filter((other) => other !== question));
        },
      };
      change([...open, question]);
    },
  };

  return {
    client,
    first: () => open[0],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => change([]),
  };
}
