import { describe, expect, it } from 'vitest';
import { applets, play, setOf } from '../../test/kit/play.ts';
import { replay } from './replay.ts';

const menu = (tea: string) =>
  applets(`<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="tea"/></IvrMenu>
    <Greeting id="tea" next="bye"><Say>${tea}</Say></Greeting><Hangup id="bye"/>`);

describe('a replay', () => {
  it('gives the same log again, timers, wrong keys and all', async () => {
    const { plan, log } = await play(menu('Tea it is.'), { keys: '5, wait 6s, 1' });
    expect(replay(plan, log)).toMatchObject({ same: true });
  });

  it('does not mind the order of fields in a recording', async () => {
    const { plan, log } = await play(menu('Tea it is.'), { keys: '1' });
    const shuffled = log.map((logged) => ({
      ...logged,
      e: Object.fromEntries(Object.entries(logged.e).reverse()) as typeof logged.e,
    }));
    expect(replay(plan, shuffled)).toMatchObject({ same: true });
  });

  it('names the first difference after the flow was edited', async () => {
    const { log } = await play(menu('Tea it is.'), { keys: '1' });
    const { plan } = await play(menu('Coffee it is.'), { keys: '1' });
    const result = replay(plan, log);
    if (result.same) throw new Error('nothing was noticed');
    expect(result.difference.recorded?.e).toMatchObject({
      type: 'command',
      command: { type: 'play', sounds: [{ text: 'Tea it is.' }] },
    });
    expect(result.difference.replayed).toMatchObject({
      type: 'command',
      command: { type: 'play', sounds: [{ text: 'Coffee it is.' }] },
    });
  });

  it('notices a log that stops early, and one that goes on too long', async () => {
    const { plan, log } = await play(menu('Tea.'), { keys: '1' });
    expect(replay(plan, log.slice(0, -1))).toMatchObject({
      same: false,
      difference: { recorded: undefined, replayed: { type: 'ended' } },
    });
    const last = log.at(-1);
    if (!last) throw new Error('empty');
    expect(replay(plan, [...log, { ...last, e: { type: 'input', input: { type: 'digit', digit: '1' } } }])).toMatchObject({
      same: false,
      difference: { replayed: undefined },
    });
  });

  it('leaves deliveries aside: they are the host’s, not the engine’s', async () => {
    const { plan, log, call } = await play(menu('Tea.'), { keys: '1' });
    call.note({ type: 'delivery', what: 'callback', id: 'x', url: 'https://a.example/', attempt: 1, result: 200, ok: true });
    expect(call.log).toHaveLength(log.length);
    expect(replay(plan, call.log)).toMatchObject({ same: true });
    expect(replay({ ...plan, flows: setOf(menu('Other.')) }, call.log)).toMatchObject({ same: false });
  });
});
