import { describe, expect, it } from 'vitest';
import { applets, play } from '../../test/kit/play.ts';
import { type Driver, driveSteps } from './drive.ts';
import type { Step } from './schema.ts';

const hear = (contains: string): Step => ({ type: 'hear', match: { contains } });
const press = (digit: '1' | '5'): Step => ({ type: 'press', digits: [digit] });

describe('what is heard after a key', () => {
  it('is heard after it: the menu that was asked before does not count again', async () => {
    const flow = applets(
      `<IvrMenu id="menu" tries="2" noInput="bye" invalid="bye"><Say>Press 1 for tea.</Say><Key digit="1" next="bye"/></IvrMenu><Hangup id="bye"/>`,
    );
    const once = applets(
      `<IvrMenu id="menu" tries="1" noInput="bye" invalid="bye"><Say>Press 1 for tea.</Say><Key digit="1" next="bye"/></IvrMenu><Hangup id="bye"/>`,
    );
    const steps = [press('5'), hear('Press 1 for tea')];
    const done = async (one: typeof flow): Promise<number | undefined> => {
      let driver: Driver | undefined;
      await play(one, {
        before: (call, clock) => {
          driver = driveSteps(call, steps, clock);
        },
      });
      return driver?.at;
    };
    expect(await done(flow)).toBe(2);
    expect(await done(once)).toBe(1);
  });
});
