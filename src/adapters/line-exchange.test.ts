import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import type { Leg } from '../core/stage.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createExchangeLine } from './line-exchange.ts';
import type { ScriptedLineOptions } from './line-scripted.ts';
import type { PhoneScript } from './phone-script.ts';

const ANNA = '+919876543210';
const BERT = '+911140001234';
const PHONES: Record<string, PhoneScript> = {
  [ANNA]: { does: 'answer', after: ms(4000), talks: ms(10_000) },
  [BERT]: { does: 'manual' },
};

function exchange(options: ScriptedLineOptions = {}) {
  const clock = createVirtualClock(ms(0));
  const line = createExchangeLine(clock, { phoneOf: (_, number) => PHONES[number], ...options });
  const story: string[] = [];
  const tell = (leg: number) => (to: LegState, by?: 'machine') =>
    void story.push(`${clock.now()} leg ${leg} ${to}${by ? ` by ${by}` : ''}`);
  const dial = (leg: number, number: string, ringFor = 30_000) => line.dial(leg, number, ms(ringFor), tell(leg));
  return { clock, line, story, dial };
}

const ACTS = ['answer', 'decline', 'ignore', 'machine', 'putDown'] as const;

describe('phones of an exchange', () => {
  it('do what the script of their number says while nobody touches them', async () => {
    const { clock, story, dial } = exchange();
    dial(1, ANNA);
    dial(2, BERT, 20_000);
    await clock.run();
    expect(story.slice(2)).toEqual(['4000 leg 1 answered', '14000 leg 1 completed', '20000 leg 2 no-answer']);
  });

  it.each([
    ['answer', ['2000 leg 1 answered']],
    ['decline', ['2000 leg 1 busy']],
    ['ignore', ['30000 leg 1 no-answer']],
    ['machine', ['2000 leg 1 answered by machine']],
  ] as const)('can be told to %s while they ring, whatever their script says', async (act, expected) => {
    const { clock, line, story, dial } = exchange();
    dial(1, ANNA);
    await clock.advance(ms(2000));
    expect(line[act](1)).toBe(true);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', ...expected]);
  });

  it.each([
    ['answer', ['0 leg 2 answered']],
    ['decline', ['0 leg 2 busy']],
    ['ignore', ['30000 leg 2 no-answer']],
    ['machine', ['0 leg 2 answered by machine']],
  ] as const)(
    'can be told to %s while they are dialled: they do as soon as they ring, and the first wish counts',
    async (act, expected) => {
      const { clock, line, story, dial } = exchange();
      dial(2, BERT);
      expect([line[act](2), line.decline(2)]).toEqual([true, true]);
      await clock.run();
      expect(story).toEqual(['0 leg 2 ringing', ...expected]);
    },
  );

  it('that are ignored can still be answered', async () => {
    const { clock, line, story, dial } = exchange();
    dial(1, ANNA);
    await clock.advance(ms(1000));
    expect([line.ignore(1), line.ignore(1)]).toEqual([true, true]);
    await clock.advance(ms(19_000));
    expect(line.answer(1)).toBe(true);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', '20000 leg 1 answered']);
  });

  it('that are ignored stop when the other side hangs up', async () => {
    const { clock, line, story, dial } = exchange();
    dial(1, ANNA);
    await clock.advance(ms(1000));
    line.ignore(1);
    line.hangUp(1);
    await clock.run();
    expect([story, line.answer(1)]).toEqual([['0 leg 1 ringing'], false]);
  });

  it('are put down once they are answered, by script or by hand, and what they heard ends', async () => {
    const { clock, line, story, dial } = exchange();
    dial(1, ANNA);
    dial(2, BERT);
    await clock.advance(ms(1000));
    expect([line.putDown(1), line.putDown(2)]).toEqual([false, false]);
    line.answer(2);
    await clock.advance(ms(4000));
    line.play(2, [{ type: 'silence', ms: ms(9000) }], () => story.push('heard'));
    expect([line.putDown(2), line.putDown(2), line.putDown(1)]).toEqual([true, false, true]);
    await clock.run();
    expect(story.slice(2)).toEqual([
      '1000 leg 2 answered',
      '4000 leg 1 answered',
      '5000 leg 2 completed',
      '5000 leg 1 completed',
    ]);
  });

  it.each(ACTS)('have nothing to %s before they are dialled and when their call is over', async (act) => {
    const { clock, line, dial } = exchange();
    expect(line[act](1)).toBe(false);
    dial(1, ANNA);
    line.hangUp(1);
    expect(line[act](1)).toBe(false);
    dial(1, ANNA);
    await clock.run();
    expect(line[act](1)).toBe(false);
  });

  it('are left alone by a wish when the call hears them ring and gives up', async () => {
    const { clock, line, story } = exchange();
    line.dial(1, BERT, ms(30_000), (to) => {
      story.push(to);
      line.hangUp(1);
    });
    line.answer(1);
    await clock.run();
    expect(story).toEqual(['ringing']);
  });

  it('that ring when a call is taken up can be operated, and ring no longer than they would have', async () => {
    const ringing: Leg = { leg: 2, number: BERT, state: 'ringing', dialledAt: ms(-10_000) };
    for (const act of ['ignore', 'answer'] as const) {
      const { clock, line, story, dial } = exchange({ standing: [ringing] });
      dial(2, BERT);
      await clock.advance(ms(3000));
      expect(line[act](2)).toBe(true);
      await clock.run();
      expect(story).toEqual([act === 'answer' ? '3000 leg 2 answered' : '20000 leg 2 no-answer']);
    }
  });

  it('that talk when a call is taken up can be put down, and not answered again', async () => {
    const { clock, line, story, dial } = exchange({
      standing: [{ leg: 2, number: BERT, state: 'answered', dialledAt: ms(-10_000), answeredAt: ms(-5000) }],
    });
    dial(2, BERT);
    expect([line.answer(2), line.putDown(2)]).toEqual([false, true]);
    await clock.run();
    expect(story).toEqual(['0 leg 2 completed']);
  });
});
