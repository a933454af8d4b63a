import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import type { Audio } from '../core/ports.ts';
import type { Sound } from '../core/prompt.ts';
import type { Leg } from '../core/stage.ts';
import { createVirtualClock } from './clock-virtual.ts';
import { createScriptedLine, type ScriptedLineOptions } from './line-scripted.ts';

const speech = (length: number): Sound => ({ type: 'speech', text: 'hello', ms: ms(length), language: 'en-IN' });

function phones(options: ScriptedLineOptions = {}) {
  const clock = createVirtualClock(ms(0));
  const line = createScriptedLine(clock, options);
  const story: string[] = [];
  const dial = (leg: number, ringFor = 30_000) =>
    line.dial(leg, '+919876543210', ms(ringFor), (to) => story.push(`${clock.now()} leg ${leg} ${to}`));
  const play = (leg: number, ...sounds: Sound[]) => line.play(leg, sounds, () => story.push(`${clock.now()} played`));
  return { clock, line, story, dial, play };
}

describe('the customer of a script', () => {
  it('rings, then answers, and says nothing of it before dial returns', async () => {
    const { clock, story, dial } = phones({ callee: { does: 'answer', after: ms(4000) } });
    dial(1);
    expect(story).toEqual([]);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', '4000 leg 1 answered']);
  });

  it('answers after three seconds unless told', async () => {
    const { clock, story, dial } = phones();
    dial(1);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', '3000 leg 1 answered']);
  });

  it('hangs up by itself, which ends what it was hearing', async () => {
    const { clock, story, dial, play } = phones({ callee: { does: 'answer', after: ms(1000), talks: ms(2000) } });
    dial(1);
    await clock.run(ms(1000));
    play(1, speech(60_000));
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', '1000 leg 1 answered', '3000 leg 1 completed']);
  });

  it.each([
    [{ does: 'busy' }, '1000 leg 1 busy'],
    [{ does: 'failed' }, '1000 leg 1 failed'],
    [{ does: 'no-answer' }, '30000 leg 1 no-answer'],
    [{ does: 'answer', after: ms(31_000) }, '30000 leg 1 no-answer'],
    [{ does: 'machine', after: ms(31_000) }, '30000 leg 1 no-answer'],
    [{ does: 'manual' }, '30000 leg 1 no-answer'],
  ] as const)('%j', async (callee, outcome) => {
    const { clock, story, dial } = phones({ callee });
    dial(1);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', outcome]);
  });

  it('may be a machine, which is told with the answer', async () => {
    const clock = createVirtualClock(ms(0));
    const line = createScriptedLine(clock, { callee: { does: 'machine', after: ms(2000), talks: ms(5000) } });
    const told: unknown[] = [];
    line.dial(1, '+919876543210', ms(30_000), (to, by) => told.push([clock.now(), to, by]));
    await clock.run();
    expect(told).toEqual([
      [0, 'ringing', undefined],
      [2000, 'answered', 'machine'],
      [7000, 'completed', undefined],
    ]);
  });

  it('is chosen by leg and number, where somebody knows whose number it is', async () => {
    const busy = { does: 'busy' } as const;
    const { clock, story, dial } = phones({
      phoneOf: (leg, number) => (leg === 2 && number === '+919876543210' ? busy : undefined),
      callee: { does: 'answer', after: ms(500) },
    });
    dial(1);
    dial(2);
    await clock.run();
    expect(story.slice(2)).toEqual(['500 leg 1 answered', '1000 leg 2 busy']);
  });

  it('is heard of no more once we hang up', async () => {
    const { clock, line, story, dial, play } = phones({ callee: { does: 'answer', after: ms(1000), talks: ms(2000) } });
    dial(1);
    await clock.run(ms(1500));
    play(1, speech(100));
    line.hangUp(1);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', '1000 leg 1 answered']);
  });
});

describe('agents of a script', () => {
  it('take their turns, and the last one stays', async () => {
    const { clock, story, dial } = phones({ agents: [{ does: 'busy' }, { does: 'answer', after: ms(2000), talks: ms(20_000) }] });
    dial(2);
    await clock.run();
    dial(3);
    await clock.run();
    dial(4);
    await clock.run();
    expect(story.filter((line) => !line.includes('ringing'))).toEqual([
      '1000 leg 2 busy',
      '3000 leg 3 answered',
      '23000 leg 3 completed',
      '25000 leg 4 answered',
      '45000 leg 4 completed',
    ]);
  });

  it('talk for thirty seconds unless told', async () => {
    const { clock, story, dial } = phones();
    dial(2);
    await clock.run();
    expect(story.slice(1)).toEqual(['3000 leg 2 answered', '33000 leg 2 completed']);
  });
});

describe('phones that stand when a call is taken up', () => {
  const standing = (state: Leg['state'], more: Partial<Leg> = {}): Leg => ({
    leg: 2,
    number: '+918011111111',
    state,
    dialledAt: ms(-2000),
    ...more,
  });
  const agents = [{ does: 'answer', after: ms(5000), talks: ms(10_000) }] as const;

  it.each([
    ['is being dialled', standing('dialling'), ['0 leg 2 ringing', '3000 leg 2 answered', '13000 leg 2 completed']],
    ['rings', standing('ringing'), ['3000 leg 2 answered', '13000 leg 2 completed']],
    ['talks', standing('answered', { answeredAt: ms(-1500) }), ['8500 leg 2 completed']],
    ['should have hung up by now', standing('answered', { answeredAt: ms(-60_000) }), ['0 leg 2 completed']],
  ])('one that %s reports what is still to come, when it would have', async (_, leg, expected) => {
    const { clock, story, dial } = phones({ agents, standing: [leg] });
    dial(2);
    expect(story).toEqual([]);
    await clock.run();
    expect(story).toEqual(expected);
  });

  it('rings to the end of its time, and no longer', async () => {
    const { clock, story, dial } = phones({ agents: [{ does: 'no-answer' }], standing: [standing('ringing')] });
    dial(2, 20_000);
    await clock.run();
    expect(story).toEqual(['18000 leg 2 no-answer']);
  });

  it('leaves phones that are dialled anew as they are', async () => {
    const { clock, story, dial } = phones({ agents, standing: [standing('completed', { endedAt: ms(-100) })] });
    dial(3);
    await clock.run(ms(100));
    expect(story).toEqual(['0 leg 3 ringing']);
  });
});

describe('what is played', () => {
  it('goes on where it was, for as long as is left of it', async () => {
    const { clock, line, story } = phones({ audio: { length: async () => ms(700) } });
    const told = () => story.push(`${clock.now()} played`);
    line.play(1, [speech(1000), { type: 'silence', ms: ms(500) }], told, ms(400));
    await clock.run();
    line.play(1, [speech(1000), { type: 'audio', url: 'a.wav' }], told, ms(1200));
    await clock.run();
    line.play(1, [speech(1000)], told, ms(5000));
    await clock.run();
    expect(story).toEqual(['1100 played', '1600 played', '1600 played']);
  });

  it('takes as long as all of it together', async () => {
    const { clock, story, play } = phones();
    play(1, speech(1200), { type: 'silence', ms: ms(300) }, { type: 'audio', url: 'a.wav', ms: ms(500) });
    await clock.run();
    expect(story).toEqual(['2000 played']);
  });

  it('finishes at once when there is nothing, but not before play returns', async () => {
    const { clock, story, play } = phones();
    play(1);
    expect(story).toEqual([]);
    await clock.run();
    expect(story).toEqual(['0 played']);
  });

  it('asks for the length of a recording while time stands still', async () => {
    const audio: Audio = {
      length: (url) => new Promise((done) => setImmediate(() => done(url === 'a.wav' ? ms(700) : undefined))),
    };
    const { clock, story, play } = phones({ audio });
    play(1, { type: 'audio', url: 'a.wav' }, speech(100));
    clock.alarm(ms(10), () => story.push(`${clock.now()} beside`));
    await clock.run();
    expect(story).toEqual(['10 beside', '800 played']);
  });

  it('takes five seconds for a recording that nobody can measure', async () => {
    const broken: Audio = { length: () => Promise.reject(new Error('unreadable')) };
    for (const audio of [broken, undefined]) {
      const { clock, story, play } = phones(audio ? { audio } : {});
      play(1, { type: 'audio', url: 'b.wav' });
      await clock.run();
      expect(story).toEqual(['5000 played']);
    }
  });

  it('is silent after stop, also while a length is being looked up', async () => {
    const audio: Audio = { length: () => new Promise((done) => setImmediate(() => done(ms(700)))) };
    const { clock, line, story, play } = phones({ audio });
    play(1, speech(100));
    line.stop();
    play(1, { type: 'audio', url: 'a.wav' });
    line.stop();
    await clock.run();
    expect(story).toEqual([]);
  });

  it('gives way to what is played next', async () => {
    const { clock, story, play } = phones();
    play(1, speech(100));
    play(2, speech(300));
    await clock.run();
    expect(story).toEqual(['300 played']);
  });
});
