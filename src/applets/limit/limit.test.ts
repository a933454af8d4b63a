import { describe, expect, it } from 'vitest';
import { applets, flowOf, play, setOf } from '../../../test/kit/play.ts';
import { stayed } from '../../../test/kit/stories.ts';

/** A key leads back here again and again, through a Limit. */
const retry = (max: number) =>
  applets(`<IvrMenu id="menu" noInput="bye" invalid="limit" tries="1"><Say>Press 1 or 2.</Say>
      <Key digit="1" next="limit"/><Key digit="2" next="limit"/></IvrMenu>
    <Limit id="limit" max="${max}" next="menu" exceeded="enough"/><Hangup id="enough"/><Hangup id="bye"/>`);

describe('a Limit', () => {
  it.each([1, 2, 5])('lets a call pass %i times, and never after that', async (max) => {
    const played = await play(retry(max), { keys: '1, 1, 1, 1, 1, 1' });
    const visits = played.path.filter((step) => step.startsWith('limit>'));
    expect(visits).toEqual([...Array<string>(max).fill('limit>next'), 'limit>exceeded']);
    expect(played.view.ended).toEqual({ by: 'flow', node: 'enough' });
    expect(stayed(played, 'limit')).toBe(0);
  });

  it('is shared by everything that leads to it', async () => {
    const { path } = await play(retry(2), { keys: '1, 2, 7' });
    expect(path.filter((step) => step.startsWith('limit>'))).toEqual(['limit>next', 'limit>next', 'limit>exceeded']);
  });

  it('keeps its own count beside other limits', async () => {
    const flow = applets(`<Limit id="a" max="1" next="b" exceeded="bye"/><Limit id="b" max="1" next="c" exceeded="bye"/>
      <Limit id="c" max="3" next="a" exceeded="bye"/><Hangup id="bye"/>`);
    expect((await play(flow)).path).toEqual(['a>next', 'b>next', 'c>next', 'a>exceeded']);
  });

  it('counts for each call anew', async () => {
    const flow = retry(1);
    for (let i = 0; i < 2; i++) expect((await play(flow, { keys: '1' })).path.slice(0, 2)).toEqual(['menu>key:1', 'limit>next']);
  });

  it('counts visits of a whole call, in a subflow that is run again too', async () => {
    const inner = flowOf(`<Flow name="inner" start="limit" class="T">
      <Limit id="limit" max="1" next="return" exceeded="return:enough"/></Flow>`);
    const outer = applets(`<Subflow id="first" flow="i" next="second"><Return name="enough" next="bad"/></Subflow>
      <Subflow id="second" flow="i" next="bad"><Return name="enough" next="bye"/></Subflow><Hangup id="bad"/><Hangup id="bye"/>`);
    const { view } = await play(setOf(outer, [inner], { i: 'inner' }));
    expect(view.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('is not confused with a Limit of the same id in another flow', async () => {
    const inner = flowOf(`<Flow name="inner" start="limit" class="T">
      <Limit id="limit" max="1" next="return" exceeded="return:enough"/></Flow>`);
    const outer = applets(`<Limit id="limit" max="1" next="run" exceeded="bad"/>
      <Subflow id="run" flow="i" next="bye"><Return name="enough" next="bad"/></Subflow><Hangup id="bad"/><Hangup id="bye"/>`);
    const { view } = await play(setOf(outer, [inner], { i: 'inner' }));
    expect(view.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('drops the call where its exit leads nowhere', async () => {
    const { view } = await play(applets('<Limit id="limit" max="1" next="limit"/>'));
    expect(view.ended).toEqual({ by: 'unwired', node: 'limit', exit: 'exceeded' });
  });
});
