import { describe, expect, it } from 'vitest';
import { applets, flowOf, play, setOf } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, said, stayed } from '../../../test/kit/stories.ts';
import subflow from './index.ts';

const asked = flowOf(`<Flow name="ask" start="menu" class="T">
  <IvrMenu id="menu" save="choice" noInput="return:silent" invalid="gone" tries="1"><Say>Press 1 or 2.</Say>
    <Key digit="1" next="return"/><Key digit="2" next="return:two"/><Key digit="3" next="end"/></IvrMenu><Hangup id="end"/><Hangup id="gone"/></Flow>`);
const outer = applets(`<Subflow id="run" flow="ask.xml" next="after"><Return name="two" next="second"/></Subflow>
  <Greeting id="after" next="bye"><Say>You chose {{choice}}.</Say></Greeting><Hangup id="second"/><Hangup id="bye"/>`);
const both = setOf(outer, [asked], { 'ask.xml': 'ask' });

describe('a Subflow', () => {
  it('leaves by next after a return, with what the other flow saved', async () => {
    const played = await play(both, { keys: '1' });
    expect(played.path).toEqual(['menu>key:1', 'run>next', 'after>next']);
    expect(said(played).at(-1)).toBe('You chose 1.');
    expect(played.events).toContainEqual({ type: 'input', input: { type: 'flow.returned' } });
  });

  it('leaves by the Return of that name after return:NAME', async () => {
    const { path, view } = await play(both, { keys: '2' });
    expect(path).toEqual(['menu>key:2', 'run>return:two']);
    expect(view.ended).toEqual({ by: 'flow', node: 'second' });
  });

  it('leaves by next after return:NAME when no Return has that name', async () => {
    const { path, events } = await play(both);
    expect(path.slice(0, 2)).toEqual(['menu>noInput', 'run>next']);
    expect(events).toContainEqual({ type: 'input', input: { type: 'flow.returned', name: 'silent' } });
  });

  it('leaves by next where the Return is not wired, and drops the call where next is not either', async () => {
    const unwired = (next: string) =>
      applets(`<Subflow id="run" flow="ask.xml" ${next}><Return name="two"/></Subflow><Hangup id="bye"/>`);
    const wired = await play(setOf(unwired('next="bye"'), [asked], { 'ask.xml': 'ask' }), { keys: '2' });
    expect(wired.path).toEqual(['menu>key:2', 'run>return:two']);
    expect(wired.view.ended).toEqual({ by: 'flow', node: 'bye' });
    const lost = await play(setOf(unwired(''), [asked], { 'ask.xml': 'ask' }), { keys: '2' });
    expect(lost.view.ended).toEqual({ by: 'unwired', node: 'run', exit: 'return:two' });
  });

  it('does not come back when the other flow hangs up', async () => {
    const { path, view } = await play(both, { keys: '3' });
    expect(path).toEqual(['menu>key:3']);
    expect(view.ended).toEqual({ by: 'flow', node: 'end' });
  });

  it('takes as long as the other flow', async () => {
    const played = await play(both);
    expect(stayed(played, 'run')).toBe(stayed(played, 'menu'));
    expect(stayed(played, 'run')).toBeGreaterThan(5000);
  });

  it('may run one that runs another: each return goes back one step', async () => {
    const middle = flowOf(`<Flow name="middle" start="inner" class="T">
      <Subflow id="inner" flow="ask.xml" next="return:done"><Return name="two" next="return:two"/></Subflow></Flow>`);
    const top =
      applets(`<Subflow id="top" flow="middle.xml" next="bad"><Return name="done" next="bye"/><Return name="two" next="second"/></Subflow>
      <Hangup id="bye"/><Hangup id="second"/><Hangup id="bad"/>`);
    const all = setOf(top, [middle, asked], { 'middle.xml': 'middle', 'ask.xml': 'ask' });
    expect((await play(all, { keys: '1' })).path).toEqual(['menu>key:1', 'inner>next', 'top>return:done']);
    expect((await play(all, { keys: '2' })).path).toEqual(['menu>key:2', 'inner>return:two', 'top>return:two']);
  });

  it('may run the same flow twice in a call', async () => {
    const twice = applets(
      `<Subflow id="a" flow="ask.xml" next="b"/><Subflow id="b" flow="ask.xml" next="bye"/><Hangup id="bye"/>`,
    );
    const { path } = await play(setOf(twice, [asked], { 'ask.xml': 'ask' }), { keys: '1, 2' });
    expect(path).toEqual(['menu>key:1', 'a>next', 'menu>key:2', 'b>next']);
  });
});

describe('two Returns of one name', () => {
  it('are a problem: nobody could tell which is meant', () => {
    const settings = subflow.settings.parse({ flow: 'ask.xml', returns: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] });
    expect(subflow.lint?.(settings)).toMatchObject([{ code: 'RETURN_TWICE', severity: 'error', path: 'returns.2.name' }]);
  });
});

describe('a caller who hangs up inside a Subflow', () => {
  it('ends the whole call, in every state of what they are in', async () => {
    expect(await hangUpsIn(both, 'menu')).toEqual(['prompting', 'waiting']);
  });

  it('keeps the recording of a Voicemail there, and does not come back', async () => {
    const mail = flowOf('<Flow name="ask" start="mail" class="T"><Voicemail id="mail" save="message" next="return"/></Flow>');
    const played = await play(setOf(outer, [mail], { 'ask.xml': 'ask' }), { keys: 'hangup 5s' });
    expect(played.path).toEqual(['mail>next']);
    expect(commandsOf(played, 'record').map(({ on }) => on)).toEqual([true, false]);
    expect(played.view.saved['message']).toMatch(/^https:/);
    expect(played.view.ended).toEqual({ by: 'caller' });
  });
});
