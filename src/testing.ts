// press9/testing: calls from your own tests, on virtual time.

export type { CallView } from './call/view.ts';
export type { CallEvent, Logged } from './core/event.ts';
export type { Fact } from './core/facts.ts';
export type { Post } from './core/ports.ts';
export { call } from './testing/call.ts';
export { assertThat, type CallMatchers, matchers } from './testing/matchers.ts';
export type { CallOptions } from './testing/options.ts';
export { CallFailure, type TestCall, type Words } from './testing/test-call.ts';
