// press9/emulator: Exotel's REST API for your own tests, in this process, on virtual time.

export type { CallRecord } from './core/call-record.ts';
export type { MessageRecord } from './core/message-record.ts';
export type { PostAttempt, PostRecord } from './core/post-record.ts';
export type { Violation } from './core/violation.ts';
export { createEmulator } from './emulating/create-emulator.ts';
export type { EmulatorOptions, TestEmulator } from './emulating/test-emulator.ts';
