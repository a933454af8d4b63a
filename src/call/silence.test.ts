import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../test/arbitrary/flow.ts';
import { applets, type Played, play, type Script } from '../../test/kit/play.ts';
import type { Digit } from '../core/input.ts';
import type { Flow } from '../flow/model.ts';
import { viewOf } from './fold.ts';
import { type Silence, silenceFrom } from './silence.ts';

const MENU = `
  <IvrMenu id="menu" timeout="5s" tries="2" noInput="sorry" invalid="sorry"><Say>Press 1.</Say><Key digit="1" next="sorry"/></IvrMenu>
  <Greeting id="sorry" next="bye"><Say>Goodbye.</Say></Greeting>
  <Hangup id="bye"/>`;

const ahead = ({ plan, call, view, clock }: Played): Silence => silenceFrom(plan, call.state, view, clock.now());

/** An incoming call, which is answered when it begins. */
const INBOUND: Script = { facts: { direction: 'inbound' } };

async function until(seconds: number, flow: Flow, script: Script = {}) {
  const played = await play(flow, { ...INBOUND, ...script, until: seconds * 1000 });
  return { ...played, foresees: ahead(played) };
}

/** Seconds from the start of the call. */
const at = ({ view, foresees }: Played & { foresees: Silence }) =>
  foresees.type === 'goes on' ? undefined : (foresees.at - view.startedAt) / 1000;

describe('what silence brings', () => {
  it('is foreseen to the millisecond, in the midst of a prompt and while the caller is waited for', async () => {
    for (const seconds of [0.5, 3, 5, 8]) {
      const early = await until(seconds, applets(MENU));
      expect(early.foresees).toMatchObject({ type: 'ends', why: { by: 'flow', node: 'bye' } });
      await early.clock.run();
      expect(early.call.log.at(-1)).toMatchObject({ at: early.foresees.type === 'ends' && early.foresees.at });
    }
  });

  it('is no answer while the phone rings', async () => {
    const ringing = await until(3, applets(MENU), { facts: {}, callee: 'no-answer' });
    expect(ringing.foresees).toMatchObject({ type: 'ends', why: { by: 'unanswered', outcome: 'no-answer' } });
    expect(at(ringing)).toBe(30);
  });

  it('is unknown from where a server or an agent is asked', async () => {
    const asks = (applet: string) =>
      applets(`<Greeting id="hi" next="ask"><Pause for="2s"/></Greeting>${applet}<Hangup id="bye"/>`);
    const server = await until(1, asks('<Passthru id="ask" url="https://s.example/a"><On status="200" next="bye"/></Passthru>'));
    expect(server.foresees).toMatchObject({ type: 'asks', whom: 'server' });
    expect(at(server)).toBe(2);
    const agent = await until(1, asks('<Connect id="ask" to="+911140001234" answered="bye"/>'));
    expect(agent.foresees).toMatchObject({ type: 'asks', whom: 'agent' });
    const talks = await until(10, asks('<Connect id="ask" to="+911140001234" answered="bye"/>'), { agents: ['answer:60s'] });
    expect(talks.foresees).toEqual({ type: 'asks', whom: 'agent', at: talks.clock.now() });
  });

  it('is unknown where a recording of unknown length plays', async () => {
    const recording = applets('<Greeting id="hi" next="bye"><Play>https://a.example/a.wav</Play></Greeting><Hangup id="bye"/>');
    expect((await until(0, recording)).foresees).toMatchObject({ type: 'asks', whom: 'recording' });
  });

  it('takes an SMS and an opt-out on the way for done', async () => {
    const flow = applets(`<Greeting id="hi" next="tell"><Say>Hello.</Say></Greeting>
      <Sms id="tell" next="out">Hello</Sms><OptOut id="out" next="bye"/><Hangup id="bye"/>`);
    const early = await until(0.1, flow);
    expect(early.foresees).toMatchObject({ type: 'ends', why: { by: 'flow', node: 'bye' } });
    expect(early.view.sms).toEqual([]);
    await early.clock.run();
    expect(early.call.log.at(-1)).toMatchObject({ at: early.foresees.type === 'ends' && early.foresees.at });
  });

  it('goes on where a menu leads to itself, until the time limit', async () => {
    const round = await until(1, applets(MENU.replaceAll('noInput="sorry"', 'noInput="menu"'), 'timeLimit="2h"'));
    expect(round.foresees).toEqual({ type: 'goes on', until: (round.view.answeredAt ?? 0) + 7_200_000 });
  });

  it('is what then happens, whatever the flow and the moment', async () => {
    const kinds = ['menu', 'gather', 'greeting', 'limit', 'sms', 'timing', 'switchcase', 'voicemail', 'hangup'] as const;
    let ends = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryFlow({ kinds, dynamic: false, returns: false }),
        fc.integer({ min: 0, max: 40 }),
        fc.option(fc.constantFrom<Digit>('1', '2', '#'), { nil: undefined }),
        async (flow, seconds, digit) => {
          const played = await play(flow, { ...INBOUND, until: seconds * 1000 });
          if (digit) played.call.press(digit);
          const foreseen = ahead({ ...played, view: viewOf(played.call.log) });
          if (played.call.state.phase === 'ended' || foreseen.type !== 'ends') return;
          ends++;
          await played.clock.run();
          const last = played.call.log.findLast(({ e }) => e.type === 'ended');
          expect(last).toMatchObject({ at: foreseen.at, e: { why: foreseen.why } });
        },
      ),
      { numRuns: 150 },
    );
    expect(ends).toBeGreaterThan(20);
  });
});
