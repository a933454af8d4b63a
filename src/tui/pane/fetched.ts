import { type Stand, standOf } from '../../call/runtime.ts';
import type { CallCommand } from '../../core/command.ts';
import type { Logged } from '../../core/event.ts';
import type { Shown } from '../phone-state.ts';

/** What asked for a web request: the command, and the applet as it stands in its flow. */
export type Fetched = {
  readonly command: Extract<CallCommand, { type: 'fetch' }>;
  readonly seq: number;
  readonly stand: Stand | undefined;
};

/** Where a request of the call comes from. */
export function fetchedBy({ log, branch }: Pick<Shown, 'log' | 'branch'>, id: number): Fetched | undefined {
  for (const { e, seq } of log) {
    if (e.type !== 'command' || e.command.type !== 'fetch' || e.command.id !== id) continue;
    return { command: e.command, seq, stand: standAt(log, seq, branch) };
  }
  return undefined;
}

function standAt(log: readonly Logged[], seq: number, { phone }: Shown['branch']): Stand | undefined {
  for (let i = seq - 1; i >= 0; i--) {
    const e = log[i]?.e;
    if (e?.type !== 'applet.entered') continue;
    const flow = phone.flows.flows.get(e.flow);
    const node = flow?.nodes.get(e.node);
    return flow && node && standOf(flow, node);
  }
  return undefined;
}
