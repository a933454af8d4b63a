// press9/emulator: Exotel's REST API for your own tests, in this process, on virtual time.

import { enableCompileCache } from 'node:module';
import type { EmulatorOptions, TestEmulator } from './emulating/test-emulator.ts';

export type { CallRecord } from './core/call-record.ts';
export type { MessageRecord } from './core/message-record.ts';
export type { PostAttempt, PostRecord } from './core/post-record.ts';
export type { Violation } from './core/violation.ts';
export type { EmulatorOptions, TestEmulator };

/**
 * Exotel's API for a test: on a free port of loopback, in this process, with a store of its own in memory. Compiled code is kept
 * between runs, in the system's folder for temporary files, except while coverage is taken, which that makes less exact.
 * @throws Error when an option is none or means nothing, or there are no flows.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<TestEmulator> {
  if (process.env['NODE_V8_COVERAGE'] === undefined) enableCompileCache();
  const made = await import('./emulating/create-emulator.ts');
  return made.createEmulator(options);
}
