import type { Io } from './io.ts';
import { type PhoneStart, phoneSession } from './phone-session.ts';
import { phoneFor, terminalOf } from './terminal.ts';

/** Opens the phone on the process's terminal and sets the exit code when it is put away. */
export async function runPhone(io: Io, start: PhoneStart): Promise<void> {
  const open = await phoneFor(io, start.options);
  io.exitCode = await open(phoneSession(io, start), terminalOf(io));
}
