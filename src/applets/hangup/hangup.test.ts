import { describe, expect, it } from 'vitest';
import { applets, flowOf, play, setOf } from '../../../test/kit/play.ts';
import { commandsOf } from '../../../test/kit/stories.ts';

describe('a Hangup', () => {
  it('ends the call at once, by the flow, and puts the customer down', async () => {
    const played = await play(applets('<Hangup id="bye"/>'), { callee: 'answer:4s' });
    expect(played.view.ended).toEqual({ by: 'flow', node: 'bye' });
    expect(played.view.status).toBe('completed');
    expect(played.endedAt).toBe('0:04');
    expect(commandsOf(played, 'hangUpLeg')).toEqual([{ type: 'hangUpLeg', leg: 1 }]);
    expect(played.path).toEqual([]);
  });

  it('may be a goal', async () => {
    const { view } = await play(applets('<Hangup id="bye" goal="done"/>'));
    expect(view.goals).toEqual(['done']);
  });

  it('ends the whole call from within a flow that another one called', async () => {
    const inner = flowOf('<Flow name="inner" start="end" class="T"><Hangup id="end"/></Flow>');
    const outer = applets('<Subflow id="run" flow="inner.xml" next="bye"/><Hangup id="bye"/>');
    const { view } = await play(setOf(outer, [inner], { 'inner.xml': 'inner' }));
    expect(view.ended).toEqual({ by: 'flow', node: 'end' });
  });
});
