import { assign, emit, setup } from 'xstate';
import type { AppletCommand } from '../../core/command.ts';

/** A machine of an applet: small counters in context, stimulus classes as events, commands emitted. */
export type Counters = Readonly<Record<string, number>>;
export type ClassEvent = { type: string };

/** Every applet machine starts here: typed, and stopped when an `always` runs round. */
export const applet = setup({
  types: {} as { context: Counters; events: ClassEvent; emitted: AppletCommand },
});

/** Asks the call for something. The command must be a constant made from settings. */
export const ask = (command: AppletCommand) => emit<Counters, ClassEvent, undefined, ClassEvent, AppletCommand>(command);

/** Adds one to a counter. */
export const count = (name: string) =>
  assign<Counters, ClassEvent, undefined, ClassEvent, never>(({ context }) => ({ ...context, [name]: (context[name] ?? 0) + 1 }));

export const reset = (name: string) =>
  assign<Counters, ClassEvent, undefined, ClassEvent, never>(({ context }) => ({ ...context, [name]: 0 }));

/** A final state that leaves by this exit. */
export const leave = (exit: string, ...before: readonly AppletCommand[]) =>
  ({ type: 'final', entry: [...before, { type: 'leave', exit } as const].map(ask) }) as const;

export const options = { maxIterations: 100 } as const;
