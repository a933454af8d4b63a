import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow, RUNNABLE } from '../../test/arbitrary/flow.ts';
import { applets, play, setOf } from '../../test/kit/play.ts';
import { allApplets } from '../applets/index.ts';
import type { FlowNode } from '../flow/model.ts';
import { createMemo } from './memo.ts';
import { replay } from './replay.ts';
import { standOf } from './runtime.ts';

const keyItem = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '2', '5', '9', '0', '#', '*', '12#', '4711') },
  { weight: 4, arbitrary: fc.constantFrom('!1', '!3', '!#', '!99') },
  { weight: 2, arbitrary: fc.constantFrom('wait 1s', 'wait 6s', 'wait 20s') },
);
const script = fc.record({
  keys: fc.array(keyItem, { maxLength: 8 }).map((items) => items.join(', ')),
  answers: fc.constantFrom(
    ['GET * => 200 {"select":"a"}'],
    ['GET * => 302'],
    ['GET * => timeout'],
    ['GET * => 200 after 700ms hello'],
  ),
  callee: fc.constantFrom('answer:1s', 'answer:2s,hangup:9s', 'answer:2s,hangup:40s', 'busy'),
});

const story = arbitraryFlow({ kinds: [...RUNNABLE, 'voicemail', 'optout'], dynamic: true });

describe('the memo', () => {
  it('never answers anything else than XState, the call ends, and its log replays', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(story, script, async (flow, caller) => {
        const set = setOf({ ...flow, timeLimit: 120_000 as never });
        const remembered = await play(set, caller);
        const asked = await play(set, { ...caller, oracle: true });
        expect(remembered.events).toEqual(asked.events);
        expect(remembered.call.state.phase).toBe('ended');
        expect(replay(remembered.plan, remembered.log).same).toBe(true);
        const again = await play(set, caller);
        expect(again.events).toEqual(remembered.events);
        for (const node of flow.nodes.values()) hits += standOf(flow, node).memo.stats.hits;
      }),
      { numRuns: 150 },
    );
    expect(hits).toBeGreaterThan(100);
  });

  it('would be caught: one wrong edge, planted, and the logs differ', async () => {
    const flow = applets(
      '<IvrMenu id="menu" tries="1" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="tea"/><Key digit="2" next="bye"/></IvrMenu><Hangup id="tea"/><Hangup id="bye"/>',
    );
    await play(flow, { keys: '1' });
    const { memo } = standOf(flow, flow.nodes.get('menu' as never) as FlowNode);
    const waiting = memo.follow(memo.start().to, 'prompt.finished').to;
    waiting.edges?.set('digit.1', memo.follow(waiting, 'digit.2'));
    const remembered = await play(flow, { keys: '1' });
    const asked = await play(flow, { keys: '1', oracle: true });
    expect(remembered.events).not.toEqual(asked.events);
  });

  it('is capped: past the cap XState answers, with the same answers', () => {
    const menu = allApplets.find(({ kind }) => kind === 'menu');
    const settings = menu?.settings.parse({
      prompt: [{ type: 'say', text: 'Press 1.', loop: 1 }],
      keys: [{ digit: '1' }],
      tries: '9',
    });
    if (!menu || settings === undefined) throw new Error('no menu');
    const small = createMemo(menu.machine(settings), 'small', 2);
    const large = createMemo(menu.machine(settings), 'large');
    let [a, b] = [small.start(), large.start()];
    for (const stimulus of ['prompt.finished', 'digit.other', 'prompt.finished', 'digit.other', 'prompt.finished', 'digit.1']) {
      [a, b] = [small.follow(a.to, stimulus), large.follow(b.to, stimulus)];
      expect(a.commands).toEqual(b.commands);
    }
    expect(small.stats.states).toBe(2);
    expect(large.stats.states).toBeGreaterThan(2);
  });

  it('throws, naming the applet, when a machine does what machines must not', async () => {
    const { createMachine, fromPromise } = await import('xstate');
    const invoking = createMachine({ initial: 'a', states: { a: { invoke: { src: fromPromise(async () => 1) } } } });
    expect(() => createMemo(invoking, 'IvrMenu "menu"').start()).toThrow(/IvrMenu "menu".*may only emit, assign and wait/);
    const spinning = createMachine({
      options: { maxIterations: 100 },
      initial: 'a',
      states: { a: { always: 'b' }, b: { always: 'a' } },
    });
    expect(() => createMemo(spinning, 'Gather "g"').start()).toThrow(/Gather "g"/);
  });
});
