import type { EventEmitter } from 'node:events';
import { stopProcess } from '../adapters/stop-process.ts';
import type { Cancel } from '../core/ports.ts';
import type { Guide } from '../tui/guide.ts';
import type { PhoneSession, PhoneTerminal } from '../tui/session.ts';
import type { Io } from './io.ts';
import type { RunOptions } from './run-options.ts';

type OpenPhone = (session: PhoneSession, terminal: PhoneTerminal, guide?: Guide) => Promise<number>;

/** The phone as a screen, or in lines where that is wanted, or where there is no other way. */
export async function phoneFor({ env }: Io, { plain }: Pick<RunOptions, 'plain'>): Promise<OpenPhone> {
  if (plain || env['TERM'] === 'dumb') return (await import('../tui/open-plain.ts')).openPlain;
  // React has a slow build with checks for developers, and takes it unless told.
  const { env: own } = process;
  own['NODE_ENV'] ??= 'production';
  return (await import('../tui/open-phone.tsx')).openPhone;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The process's terminal. While the phone is open, its handlers stand in for those of `main`, which would just exit. */
export function terminalOf(io: Io): PhoneTerminal {
  const { stdin, stdout, stderr } = process;
  return {
    stdin,
    stdout,
    stderr,
    colour: io.colour,
    background: backgroundOf(io.env['COLORFGBG']),
    onInterrupt: (listener) => all(SIGNALS.map((signal) => instead(process, signal, () => listener(signal)))),
    onGone: (listener) => all([stdin, stdout, stderr].map((stream) => instead(stream, 'error', listener))),
    onCrash,
    onSuspend: (listener) => instead(process, 'SIGTSTP', listener),
    onResume: (listener) => instead(process, 'SIGCONT', listener),
    suspend: stopProcess,
  };
}

/** What `COLORFGBG` says, as some terminals set it: colours of the text and of what is behind it, such as `0;15`. */
export const backgroundOf = (colours: string | undefined): 'dark' | 'light' =>
  /;(7|9|1[0-5])$/.test(colours ?? '') ? 'light' : 'dark';

const all = (cancels: readonly Cancel[]) => () => {
  for (const cancel of cancels) cancel();
};

/** Hears an event in place of everybody else. */
function instead(emitter: EventEmitter, event: string, listener: () => void): Cancel {
  const others = emitter.listeners(event) as ((...args: unknown[]) => void)[];
  for (const other of others) emitter.off(event, other);
  emitter.on(event, listener);
  return () => {
    emitter.off(event, listener);
    for (const other of others) emitter.on(event, other);
  };
}

/** Before anybody writes about it: what is written to the other screen of a terminal is lost with it. */
function onCrash(listener: () => void): Cancel {
  process.on('uncaughtExceptionMonitor', listener);
  process.prependListener('unhandledRejection', listener);
  return () => {
    process.off('uncaughtExceptionMonitor', listener);
    process.off('unhandledRejection', listener);
  };
}
