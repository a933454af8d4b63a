import { expect } from 'vitest';
import { replay } from '../../src/call/replay.ts';
import type { CallCommand } from '../../src/core/command.ts';
import type { Flow, FlowSet } from '../../src/flow/model.ts';
import { type Played, play, type Script } from './play.ts';

/** How long the call stayed in an applet the first time, in milliseconds; to the end of the call if it never left. */
export function stayed({ log }: Played, node: string): number {
  const [from] = log.filter(({ e }) => e.type === 'applet.entered' && e.node === node);
  if (!from) throw new Error(`the call never came to "${node}"`);
  const to = log.find(({ e, seq }) => seq > from.seq && (e.type === 'ended' || (e.type === 'applet.left' && e.node === node)));
  if (!to) throw new Error(`the call never left "${node}"`);
  return to.at - from.at;
}

/** What the call asked of a port, in order. */
export const commandsOf = <T extends CallCommand['type']>({ events }: Played, type: T): Extract<CallCommand, { type: T }>[] =>
  events.flatMap((e) =>
    e.type === 'command' && e.command.type === type ? [e.command as Extract<CallCommand, { type: T }>] : [],
  );

/** Everything the caller (or, with `leg`, an agent) was told, speech by speech. */
export const said = ({ view }: Played, leg = 1): string[] =>
  view.speeches
    .filter((speech) => speech.leg === leg)
    .map(({ sounds }) => sounds.map((s) => (s.type === 'speech' ? s.text : s.type === 'audio' ? s.url : `${s.ms} ms`)).join(' '));

/** The query of a request, decoded. */
export const queryOf = (url: string | undefined): Record<string, string> =>
  Object.fromEntries(new URL(url ?? '').searchParams.entries());

/** After the caller has gone, nothing but putting things down. */
const PUTTING_DOWN: readonly CallCommand['type'][] = ['stop', 'hangUpLeg', 'record'];

/**
 * Plays a script again and again, the caller hanging up right after another event each time, and in the middle of each
 * wait. Holds each of these calls against what must be true of any call that its caller ends.
 * @returns the states of the applet's machine in which they hung up, in the order of the call.
 */
export async function hangUpsIn(flow: Flow | FlowSet, node: string, script: Script = {}): Promise<string[]> {
  const whole = await play(flow, script);
  const states: string[] = [];
  for (const [i, { at, seq }] of whole.log.entries()) {
    const rest = (whole.log[i + 1]?.at ?? at) - at;
    for (const after of rest > 1 ? [0, Math.floor(rest / 2)] : [0]) {
      const one = await hangUpAfter(flow, script, seq, after, node);
      if (one === undefined) continue;
      if (!states.includes(one)) states.push(one);
    }
  }
  return states;
}

async function hangUpAfter(flow: Flow | FlowSet, script: Script, seq: number, after: number, node: string) {
  let state: string | undefined;
  const played = await play(flow, {
    ...script,
    before(call, clock) {
      script.before?.(call, clock);
      let done = false;
      const hangUp = () => {
        const { stand, machine, phase } = call.state;
        if (done || phase !== 'talking') return;
        done = true;
        if (stand?.node.id === node) state = String(machine?.snapshot.value);
        call.hangUp();
      };
      call.subscribe((logged) => {
        if (logged.seq !== seq) return;
        if (after === 0) hangUp();
        else clock.alarm((clock.now() + after) as never, hangUp);
      });
    },
  });
  if (state !== undefined) expectPutDown(played);
  return state;
}

function expectPutDown(played: Played): void {
  const { call, events, view, plan, log } = played;
  expect(view.ended).toEqual({ by: 'caller' });
  expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
  expect(call.state.timers).toEqual([]);
  expect(view.legs.filter(({ leg, endedAt }) => leg > 1 && endedAt === undefined)).toEqual([]);
  const gone = events.findIndex((e) => e.type === 'input' && e.input.type === 'caller.hungUp');
  const since = events.slice(gone);
  expect(since.filter(({ type }) => type === 'applet.entered')).toEqual([]);
  for (const event of since) if (event.type === 'command') expect(PUTTING_DOWN).toContain(event.command.type);
  expect(replay(plan, log)).toMatchObject({ same: true });
}
