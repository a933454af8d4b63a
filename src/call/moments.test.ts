import { describe, expect, it } from 'vitest';
import { applets, play } from '../../test/kit/play.ts';
import { momentsOf } from './moments.ts';
import { replay } from './replay.ts';

const MENU = applets(`<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="bye"/></IvrMenu>
  <Hangup id="bye"/>`);

describe('the moments of a call', () => {
  it('are those at which everything that something set off has happened: the log until there replays', async () => {
    const { log, plan } = await play(MENU, { keys: '5, wait 6s, 1' });
    const moments = momentsOf(log);
    for (let count = 1; count <= log.length; count++)
      expect(replay(plan, log.slice(0, count)).same, `${count} events`).toBe(moments.includes(count));
    expect(moments.at(-1)).toBe(log.length);
  });

  it('are none in an empty log, and one in a call that has only begun', async () => {
    const { log } = await play(MENU, { until: 0, callee: 'answer:0s' });
    expect(momentsOf([])).toEqual([]);
    expect(momentsOf(log.slice(0, 2))).toEqual([2]);
  });
});
