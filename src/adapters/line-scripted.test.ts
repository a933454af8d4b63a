import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import type { Audio } from '../core/ports.ts';
import type { Sound } from '../core/prompt.ts';
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
  ] as const)('%j', async (callee, outcome) => {
    const { clock, story, dial } = phones({ callee });
    dial(1);
    await clock.run();
    expect(story).toEqual(['0 leg 1 ringing', outcome]);
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

describe('what is played', () => {
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
