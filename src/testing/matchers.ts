import { AssertionError } from 'node:assert';
import type * as z from 'zod';
import { type Miss, missesOf } from '../scenario/expect.ts';
import { type Expectations, expectations } from '../scenario/schema.ts';
import { type TestCall, type Words, wordsToMatch } from './test-call.ts';

/** What may be said of a call. */
export interface CallMatchers<R = void> {
  /** The caller has heard this, not only been told it: a prompt that was cut off counts only so far. */
  toHaveHeard(words: Words): R;
  /** The call is over, and this was its last applet. */
  toHaveEndedAt(applet: string): R;
  /** A text was sent: any, one with these words in it, or one to somebody. */
  toHaveSentSms(sms?: Words | { to?: string; text?: Words }): R;
  /** The store holds an opt-out of the customer. */
  toHaveOptedOut(fact?: { number?: string; scope?: 'all' | 'campaign' | 'voice' | 'sms'; key?: string }): R;
  /** An opt-out webhook was posted: any, one to this address (`*` stands for anything), one with these fields. */
  toHavePosted(url?: string, body?: Readonly<Record<string, string | null>>): R;
  /** All of this holds: whatever may stand under `expect` of a scenario. */
  toMeet(expected: z.input<typeof expectations>): R;
}

type Verdict = { pass: boolean; message: () => string };
type Matchers = { [K in keyof CallMatchers]: (received: unknown, ...args: Parameters<CallMatchers[K]>) => Verdict };

/** For `expect.extend(matchers)`. */
export const matchers: Matchers = {
  toHaveHeard: (received, words) => judge(received, { heard: [wordsToMatch(words)] }, `to have heard ${String(words)}`),
  toHaveEndedAt(received, applet) {
    const call = callOf(received);
    const wanted = `to have ended at ${applet}`;
    if (call.view().ended || call.refused !== undefined) return judge(call, { 'ended at': applet }, wanted);
    return tell(
      call,
      [{ name: 'ended at', expected: `ended at: ${applet}`, instead: 'the call is not over: await call.end()' }],
      wanted,
    );
  },
  toHaveSentSms(received, sms = {}) {
    const { to, text } = typeof sms === 'string' || sms instanceof RegExp ? { to: undefined, text: sms } : sms;
    const one = { ...(to !== undefined && { to }), ...(text !== undefined && { text: wordsToMatch(text) }) };
    return judge(received, { sms: [one] }, 'to have sent this SMS');
  },
  toHaveOptedOut: (received, fact = {}) => judge(received, { dnc: [fact] }, 'to have opted out'),
  toHavePosted: (received, url, body) =>
    judge(received, { webhooks: [{ ...(url !== undefined && { url }), ...(body && { body }) }] }, 'to have posted this'),
  toMeet: (received, expected) => judge(received, expectations.parse(expected), 'to meet these expectations'),
};

function callOf(received: unknown): TestCall {
  if (typeof received === 'object' && received !== null && 'traces' in received && 'transcript' in received)
    return received as TestCall;
  throw new TypeError('This is said of a call: const c = await call(…); expect(c)…');
}

function judge(received: unknown, expected: Expectations, wanted: string): Verdict {
  const call = callOf(received);
  return tell(call, missesOf(expected, call.traces()), wanted);
}

function tell(call: TestCall, misses: readonly Miss[], wanted: string): Verdict {
  const pass = misses.length === 0;
  const what = pass
    ? [`expected the call not ${wanted}`]
    : misses.map(({ expected, instead }) => `expected ${expected}\n  but ${instead}`);
  return { pass, message: () => [...what, '', call.transcript()].join('\n') };
}

/** The same without a test framework: throws an AssertionError. `assertThat(c).not.toHaveHeard('…')` says the opposite. */
export function assertThat(call: TestCall): CallMatchers & { not: CallMatchers } {
  return { ...assertions(call, true), not: assertions(call, false) };
}

function assertions(call: TestCall, wanted: boolean): CallMatchers {
  const entries = Object.entries(matchers).map(([name, matcher]) => {
    const assertion = (...args: unknown[]): void => {
      const { pass, message } = (matcher as (...args: unknown[]) => Verdict)(call, ...args);
      if (pass !== wanted) throw new AssertionError({ message: message(), stackStartFn: assertion });
    };
    return [name, assertion] as const;
  });
  return Object.fromEntries(entries) as unknown as CallMatchers;
}
