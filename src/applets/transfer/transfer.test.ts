import { describe, expect, it } from 'vitest';
import { applets, flowOf, play, setOf } from '../../../test/kit/play.ts';
import { hangUpsIn, said } from '../../../test/kit/stories.ts';

const there = flowOf(`<Flow name="there" start="hi" class="T" language="hi-IN">
  <Greeting id="hi" next="end"><Say>You typed {{digits}}, {{pin}}, {{language}}.</Say></Greeting><Hangup id="end"/></Flow>`);
const here = applets(`<Gather id="ask" digits="2" save="pin" next="go" noInput="go"/><Transfer id="go" flow="there.xml"/>`);
const both = setOf(here, [there], { 'there.xml': 'there' });

describe('a Transfer', () => {
  it('goes on in the other flow, with everything the call knows', async () => {
    const played = await play(both, { keys: '42' });
    expect(said(played).at(-1)).toBe('You typed 42, 42, hi-IN.');
    const places = played.view.visited.map(({ flow, node }) => `${flow}:${node}`);
    expect(places).toEqual(['test:ask', 'test:go', 'there:hi', 'there:end']);
    expect(played.view.ended).toEqual({ by: 'flow', node: 'end' });
  });

  it('takes no time', async () => {
    const { log } = await play(both);
    const at = (node: string) => log.find(({ e }) => e.type === 'applet.entered' && e.node === node)?.at;
    expect(at('hi')).toBe(at('go'));
  });

  it('does not come back: a return in the other flow ends the call', async () => {
    const back = flowOf('<Flow name="there" start="hi" class="T"><Greeting id="hi" next="return"/></Flow>');
    const { view } = await play(setOf(here, [back], { 'there.xml': 'there' }));
    expect(view.ended).toEqual({ by: 'flow', node: 'hi' });
  });

  it('inside a Subflow leaves the way back to its caller', async () => {
    const middle = flowOf('<Flow name="middle" start="go" class="T"><Transfer id="go" flow="last.xml"/></Flow>');
    const last = flowOf('<Flow name="last" start="hi" class="T"><Greeting id="hi" next="return:done"/></Flow>');
    const outer = applets(`<Subflow id="run" flow="middle.xml" next="bad"><Return name="done" next="bye"/></Subflow>
      <Hangup id="bad"/><Hangup id="bye"/>`);
    const { view } = await play(setOf(outer, [middle, last], { 'middle.xml': 'middle', 'last.xml': 'last' }));
    expect(view.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('leaves nothing to the first flow when the caller hangs up', async () => {
    expect(await hangUpsIn(both, 'hi')).toEqual(['playing']);
  });
});
