import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { tryBegun } from './tries.ts';

/** What was said, each with the try that it began. */
async function tries(xml: string, keys = ''): Promise<readonly string[]> {
  const { view, log } = await play(applets(xml), { keys });
  return view.lines.flatMap((line) => {
    if (line.type !== 'said') return [];
    const sound = view.speeches[line.refers]?.sounds[0];
    return [`${sound?.type === 'speech' ? sound.text : ''} ${tryBegun(log, line.seq)?.nth ?? '-'}`];
  });
}

const MENU = `<IvrMenu id="menu" tries="3" timeout="2s" noInput="bye" invalid="bye"><Say>Press one.</Say>
  <NoInput><Say>Hello?</Say></NoInput><Invalid><Say>Wrong.</Say></Invalid><Key digit="1" next="bye"/></IvrMenu><Hangup id="bye"/>`;
const GATHER = `<Gather id="gather" digits="2" accept="10-20" tries="3" timeout="2s" next="bye" noInput="bye" invalid="bye"><Say>Type.</Say>
  <Invalid><Say>Wrong.</Say></Invalid></Gather><Hangup id="bye"/>`;

describe('the tries of a caller', () => {
  it('begin with the prompt, and anew with what is said after silence', async () => {
    expect(await tries(MENU)).toEqual(['Press one. 1', 'Hello? 2', 'Press one. -', 'Hello? 3', 'Press one. -']);
  });

  it('begin anew after a wrong key', async () => {
    expect(await tries(MENU, '5')).toEqual(expect.arrayContaining(['Press one. 1', 'Wrong. 2']));
  });

  it('are counted where digits are typed: when they are refused, and when none come', async () => {
    expect(await tries(GATHER, '99')).toEqual(['Type. 1', 'Wrong. 2', 'Type. -', 'Type. 3']);
    expect(await tries(GATHER, '#')).toEqual(['Type. 1', 'Type. 2', 'Type. 3']);
  });
});
