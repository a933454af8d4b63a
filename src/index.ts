// The library: what a program of your own needs to read and run flows.

export { viewOf } from './call/fold.ts';
export type { Ports } from './call/perform.ts';
export { replay } from './call/replay.ts';
export { type LiveCall, type Placed, placeCall } from './call/run.ts';
export { step } from './call/step.ts';
export { transcript } from './call/transcript.ts';
export type { CallView } from './call/view.ts';
export type { CallCommand } from './core/command.ts';
export type { CallEvent, CallFacts, EndReason, Logged } from './core/event.ts';
export type { Fact, NewFact, Verdict } from './core/facts.ts';
export type { CallInput, Digit } from './core/input.ts';
export type { Problem } from './core/problem.ts';
export type { Flow, FlowNode, FlowSet } from './flow/model.ts';
