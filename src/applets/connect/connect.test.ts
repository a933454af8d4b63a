import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, said, stayed } from '../../../test/kit/stories.ts';

const connect = (attributes: string, inside = '') =>
  applets(`<Connect id="desk" answered="thanks" noAnswer="sorry" ${attributes}>${inside}</Connect>
    <Hangup id="thanks"/><Hangup id="sorry"/><Hangup id="empty"/>`);

const ONE = 'to="+918011111111"';
const TWO = 'to="+918011111111, +918022222222"';
const WHISPER = '<Whisper><Say>A customer of ours.</Say></Whisper>';
/** "A customer of ours." takes 2100 ms to say; a phone rings 3 s before it is answered, 1 s before it turns out busy. */
const WHISPERED = 2100;
const RINGS = 3000;

const states = ({ view }: Awaited<ReturnType<typeof play>>) => view.legs.map(({ leg, state }) => `${leg} ${state}`);

describe('a Connect', () => {
  it('leaves by answered when the agent hangs up after the conversation', async () => {
    const played = await play(connect(ONE), { agents: ['answer:20s'] });
    expect(played.path).toEqual(['desk>answered']);
    expect(stayed(played, 'desk')).toBe(RINGS + 20_000);
    expect(commandsOf(played, 'dial')[1]).toEqual({
      type: 'dial',
      leg: 2,
      number: '+918011111111',
      ringFor: 30_000,
      record: false,
    });
  });

  it.each([
    ['busy', 1000],
    ['failed', 1000],
    ['no-answer', 30_000],
  ])('leaves by noAnswer when the agent is %s', async (agent, after) => {
    const played = await play(connect(ONE), { agents: [agent] });
    expect(played.path).toEqual(['desk>noAnswer']);
    expect(stayed(played, 'desk')).toBe(after);
    expect(states(played)[1]).toBe(`2 ${agent}`);
  });

  it('rings as long as ringFor says', async () => {
    const played = await play(connect(`${ONE} ringFor="12s"`), { agents: ['no-answer'] });
    expect(stayed(played, 'desk')).toBe(12_000);
  });

  it('tries its agents in order, one at a time, until one answers', async () => {
    const played = await play(connect(`${TWO} ringFor="12s"`), { agents: ['no-answer', 'answer:5s'] });
    expect(played.path).toEqual(['desk>answered']);
    expect(stayed(played, 'desk')).toBe(12_000 + RINGS + 5000);
    const dialled = played.log.filter(({ e }) => e.type === 'command' && e.command.type === 'dial').slice(1);
    expect((dialled[1]?.at ?? 0) - (dialled[0]?.at ?? 0)).toBe(12_000);
  });

  it('leaves by noAnswer when none of them answers', async () => {
    const played = await play(connect(TWO), { agents: ['busy', 'failed'] });
    expect(played.path).toEqual(['desk>noAnswer']);
    expect(stayed(played, 'desk')).toBe(2000);
    expect(states(played)).toEqual(['1 completed', '2 busy', '3 failed']);
  });

  it('finds its numbers in variables', async () => {
    const played = await play(connect('to="{{agent}}"'), { facts: { contact: { agent: '08033333333' } } });
    expect(commandsOf(played, 'dial')[1]).toMatchObject({ number: '08033333333' });
  });

  it('leaves by nobody when there is no number, by noAnswer where nobody is not wired', async () => {
    const wired = await play(connect('to="{{agent}}" nobody="empty"'));
    expect(wired.view.ended).toEqual({ by: 'flow', node: 'empty' });
    expect(wired.path).toEqual(['desk>nobody']);
    const unwired = await play(connect('to=" , "'));
    expect(unwired.view.ended).toEqual({ by: 'flow', node: 'sorry' });
    expect(commandsOf(unwired, 'dial')).toHaveLength(1);
  });

  it('records the agent when told to', async () => {
    const played = await play(connect(`${ONE} record="true"`), { agents: ['answer:5s'] });
    expect(commandsOf(played, 'record')).toEqual([{ type: 'record', on: true, leg: 2 }]);
    expect(commandsOf(await play(connect(ONE)), 'record')).toEqual([]);
  });

  it('ignores keys while it rings and while they talk', async () => {
    const { keys } = await play(connect(ONE), { keys: 'wait 1s, !1, wait 5s, !2' });
    expect(keys).toEqual(['1:ignored', '2:ignored']);
  });
});

describe('a Connect that ends the conversation itself', () => {
  it('does so after talkFor, and puts the agent down', async () => {
    const played = await play(connect(`${ONE} talkFor="60s"`), { agents: ['answer:5m'] });
    expect(played.path).toEqual(['desk>answered']);
    expect(stayed(played, 'desk')).toBe(RINGS + 60_000);
    expect(commandsOf(played, 'hangUpLeg')[0]).toEqual({ type: 'hangUpLeg', leg: 2 });
  });

  it('leaves the customer on the line until the call ends', async () => {
    const flow = applets(`<Connect id="desk" ${ONE} talkFor="60s" answered="bye" noAnswer="bye"/>
      <Greeting id="bye" next="end"><Say>Thank you.</Say></Greeting><Hangup id="end"/>`);
    const inGreeting: string[] = [];
    const played = await play(flow, {
      agents: ['answer:5m'],
      before: (call) =>
        void call.subscribe(({ e }) => {
          if (e.type === 'applet.entered' && e.node === 'bye') inGreeting.push(...call.state.legs.map(({ state }) => state));
        }),
    });
    expect(inGreeting).toEqual(['answered', 'completed']);
    expect(commandsOf(played, 'hangUpLeg')).toMatchObject([{ leg: 2 }, { leg: 1 }]);
  });

  it('does not when the agent hung up before', async () => {
    const played = await play(connect(`${ONE} talkFor="60s"`), { agents: ['answer:59s'] });
    expect(stayed(played, 'desk')).toBe(RINGS + 59_000);
    expect(commandsOf(played, 'hangUpLeg')).toEqual([{ type: 'hangUpLeg', leg: 1 }]);
  });
});

describe('a Connect in parallel', () => {
  it('rings several agents at once; the first to answer gets the call, the others stop ringing', async () => {
    const played = await play(connect(`${TWO} parallel="2"`), { agents: ['no-answer', 'answer:5s'] });
    expect(played.path).toEqual(['desk>answered']);
    expect(stayed(played, 'desk')).toBe(RINGS + 5000);
    expect(commandsOf(played, 'hangUpLeg')[0]).toEqual({ type: 'hangUpLeg', leg: 2 });
    expect(states(played)).toEqual(['1 completed', '2 canceled', '3 completed']);
  });

  it('gives the call to one agent when two answer at the same instant', async () => {
    const played = await play(connect(`${TWO} parallel="2"`), { agents: ['answer:5s', 'answer:9s'] });
    expect(states(played)).toEqual(['1 completed', '2 completed', '3 canceled']);
    expect(stayed(played, 'desk')).toBe(RINGS + 5000);
  });

  it('goes on to the next ones when all of these are unreached', async () => {
    const three = 'to="+918011111111,+918022222222,+918033333333" parallel="2"';
    const played = await play(connect(three), { agents: ['busy', 'no-answer', 'answer:5s'] });
    expect(stayed(played, 'desk')).toBe(30_000 + RINGS + 5000);
    expect(played.path).toEqual(['desk>answered']);
    const none = await play(connect(three), { agents: ['busy', 'no-answer', 'busy'] });
    expect(none.path).toEqual(['desk>noAnswer']);
    expect(stayed(none, 'desk')).toBe(30_000 + 1000);
  });
});

describe('a Whisper', () => {
  it('is heard by the agent alone, before the two talk', async () => {
    const played = await play(connect(`${ONE} talkFor="10s"`, WHISPER), { agents: ['answer:5m'] });
    expect(said(played, 2)).toEqual(['A customer of ours.']);
    expect(said(played, 1)).toEqual([]);
    expect(stayed(played, 'desk')).toBe(RINGS + WHISPERED + 10_000);
  });

  it('is said to the agent who answered, not to the one tried before', async () => {
    const played = await play(connect(TWO, WHISPER), { agents: ['busy', 'answer:9s'] });
    expect(said(played, 3)).toEqual(['A customer of ours.']);
  });

  it('ends with the agent who hangs up meanwhile', async () => {
    const played = await play(connect(ONE, WHISPER), { agents: ['answer:1s'] });
    expect(played.path).toEqual(['desk>answered']);
    expect(stayed(played, 'desk')).toBe(RINGS + 1000);
    expect(played.view.speeches[0]).toMatchObject({ cut: true });
  });
});

describe('a caller who hangs up in a Connect', () => {
  it('ends the call while it rings, during the whisper and the talk', async () => {
    expect(await hangUpsIn(connect(`${TWO} talkFor="9s"`, WHISPER), 'desk', { agents: ['busy', 'answer:5m'] })).toEqual([
      'dialling',
      'whispering',
      'talking',
    ]);
  });

  it('leaves no phone ringing', async () => {
    const played = await play(connect(`${TWO} parallel="2"`), { agents: ['no-answer'], keys: 'hangup 5s' });
    expect(commandsOf(played, 'hangUpLeg').map(({ leg }) => leg)).toEqual([2, 3]);
    expect(states(played).slice(1)).toEqual(['2 canceled', '3 canceled']);
    expect(played.path).toEqual([]);
  });

  it('leaves no agent on the line', async () => {
    for (const wait of ['4s', '20s']) {
      const played = await play(connect(ONE, WHISPER), { agents: ['answer:5m'], keys: `hangup ${wait}` });
      expect(commandsOf(played, 'hangUpLeg').map(({ leg }) => leg)).toEqual([2]);
      expect(states(played)[1]).toBe('2 completed');
    }
  });
});
