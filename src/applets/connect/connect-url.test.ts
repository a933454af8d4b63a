import { describe, expect, it } from 'vitest';
import { applets, play, type Script } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, queryOf, said, stayed } from '../../../test/kit/stories.ts';

const URL = 'https://a.example/agents';
const FALLBACK = 'https://b.example/agents';

const dynamic = (attributes = '', inside = '') =>
  applets(`<Connect id="desk" url="${URL}" answered="thanks" noAnswer="sorry" nobody="empty" ${attributes}>${inside}</Connect>
    <Hangup id="thanks"/><Hangup id="sorry"/><Hangup id="empty"/>`);

const answer = (json: object | string, url = URL, more = '') =>
  `GET ${url} => 200 ${more} ${typeof json === 'string' ? json : JSON.stringify(json)}`;
const AGENT = { destination: { numbers: ['+918011111111'] } };
const ask = (json: object, script: Script = {}, attributes = '', inside = '') =>
  play(dynamic(attributes, inside), { answers: [answer(json)], ...script });
const RINGS = 3000;

describe('a Connect with a url', () => {
  it('asks GET with the version header and the parameters of the call, for five seconds, and dials who is named', async () => {
    const played = await ask({ destination: { numbers: ['08011111111', 'sip:maya'] } }, { agents: ['busy', 'answer:5s'] });
    const fetches = commandsOf(played, 'fetch');
    expect(fetches).toMatchObject([{ method: 'GET', headers: [['Exotel-Version', '1.0']], timeout: 5000 }]);
    expect(queryOf(fetches[0]?.url)).toMatchObject({ CallSid: expect.any(String), From: '09876543210', To: '08047112345' });
    expect(commandsOf(played, 'dial').map(({ number }) => number)).toEqual(['+919876543210', '08011111111', 'sip:maya']);
    expect(played.path).toEqual(['desk>answered']);
  });

  it('takes what the flow says where the answer is silent', async () => {
    const played = await ask(
      AGENT,
      { agents: ['answer:5m'] },
      'ringFor="12s" talkFor="9s" record="true"',
      '<Whisper><Say>Hi.</Say></Whisper>',
    );
    expect(commandsOf(played, 'dial')[1]).toMatchObject({ ringFor: 12_000, record: true });
    expect(said(played, 2)).toEqual(['Hi.']);
    expect(stayed(played, 'desk')).toBe(RINGS + 900 + 9000);
  });

  it('takes everything else from the answer', async () => {
    const json = {
      ...AGENT,
      record: false,
      max_ringing_duration: 45,
      max_conversation_duration: '120',
      start_call_playback: { playback_to: 'callee', type: 'text', value: 'From the server.' },
      music_on_hold: { type: 'operator_tone' },
      recording_channels: 'dual',
    };
    const played = await ask(
      json,
      { agents: ['answer:5m'] },
      'ringFor="12s" talkFor="9s" record="true"',
      '<Whisper><Say>Hi.</Say></Whisper>',
    );
    expect(commandsOf(played, 'dial')[1]).toMatchObject({ ringFor: 45_000, record: false });
    expect(said(played, 2)).toEqual(['From the server.']);
    expect(stayed(played, 'desk')).toBe(RINGS + 1700 + 120_000);
  });

  it('plays a recording to the agent', async () => {
    const value = 'https://a.example/whisper.wav';
    const played = await ask({ ...AGENT, start_call_playback: { playback_to: 'callee', type: 'audio_url', value } });
    expect(said(played, 2)).toEqual([value]);
  });

  it('rings in parallel when the answer activates it, five at most', async () => {
    const numbers = ['1', '2', '3', '4', '5', '6', '7'].map((n) => `+91801111111${n}`);
    const first = async (parallel_ringing: object | undefined, attributes = '') => {
      const played = await ask({ destination: { numbers }, parallel_ringing }, { agents: ['busy'] }, attributes);
      const dials = played.log.filter(({ e }) => e.type === 'command' && e.command.type === 'dial').slice(1);
      return dials.filter(({ at }) => at === dials[0]?.at).length;
    };
    expect(await first(undefined)).toBe(1);
    expect(await first({ activate: true, max_parallel_attempts: 3 })).toBe(3);
    expect(await first({ activate: true, max_parallel_attempts: 20 })).toBe(5);
    expect(await first({ activate: true })).toBe(5);
    expect(await first({ activate: false, max_parallel_attempts: 3 }, 'parallel="2"')).toBe(2);
  });

  it('dials nobody where the list is empty', async () => {
    for (const json of [{ destination: { numbers: [] } }, { destination: {} }]) {
      const played = await ask(json);
      expect(played.path).toEqual(['desk>nobody']);
      expect(stayed(played, 'desk')).toBe(0);
    }
  });

  it('takes comma-separated numbers as text', async () => {
    const list = '+918011111111, +918022222222\n';
    for (const type of ['text/plain', 'text/plain;charset=utf-8']) {
      const played = await play(dynamic(), {
        answers: [answer(list, URL, `content-type:${type}`)],
        agents: ['busy', 'answer:5s'],
      });
      expect(commandsOf(played, 'dial').map(({ number }) => number)).toEqual(['+919876543210', '+918011111111', '+918022222222']);
    }
    expect((await play(dynamic(), { answers: [answer('', URL, 'content-type:text/plain')] })).path).toEqual(['desk>nobody']);
  });
});

describe('fetch_after_attempt', () => {
  /** A server that names one agent more each time it is asked. */
  const asking = (numbers: readonly string[], script: Script = {}) => {
    let asked = 0;
    return play(dynamic(), {
      ...script,
      ports: (_, clock) => ({
        http: {
          send(_request, done) {
            const number = numbers[asked++];
            const body = JSON.stringify({ fetch_after_attempt: true, destination: { numbers: number ? [number] : [] } });
            clock.alarm(clock.now(), () => done({ ok: true, status: 200, contentType: 'application/json', body }));
          },
        },
      }),
    });
  };

  it('asks again after each failed attempt, until one answers', async () => {
    const played = await asking(['+918011111111', '+918022222222'], { agents: ['busy', 'answer:5s'] });
    expect(played.view.requests).toHaveLength(2);
    expect(queryOf(played.view.requests[1]?.url)).toMatchObject({ DialCallStatus: 'busy', DialWhomNumber: '08011111111' });
    expect(played.path).toEqual(['desk>answered']);
    expect(stayed(played, 'desk')).toBe(1000 + RINGS + 5000);
  });

  it('ends with the empty list', async () => {
    const played = await asking(['+918011111111', '+918022222222'], { agents: ['busy'] });
    expect(played.view.requests).toHaveLength(3);
    expect(played.path).toEqual(['desk>nobody']);
    expect(stayed(played, 'desk')).toBe(2000);
  });

  it('is off unless the answer says so', async () => {
    const played = await ask(AGENT, { agents: ['busy'] });
    expect(played.view.requests).toHaveLength(1);
    expect(played.path).toEqual(['desk>noAnswer']);
  });

  it('ends with the caller, between two attempts too', async () => {
    const flow = dynamic();
    const script = {
      agents: ['busy'],
      answers: [answer({ ...AGENT, fetch_after_attempt: true }, URL, 'after 2s')],
      facts: { timeLimit: 9000 as never },
    };
    expect(await hangUpsIn(flow, 'desk', script)).toEqual(['get', 'dialling']);
  });
});

describe('an answer that is no Connect', () => {
  const bad: readonly (readonly [what: string, rule: string, after: number])[] = [
    ['404', `GET ${URL} => 404 ${JSON.stringify(AGENT)}`, 0],
    ['a redirect', `GET ${URL} => 302`, 0],
    ['HTML', answer('<h1>+918011111111</h1>', URL, 'content-type:text/html'), 0],
    ['broken JSON', answer('{"destination":', URL, 'content-type:application/json'), 0],
    ['no destination', answer({ record: true }), 0],
    ['a destination that is a text', answer({ destination: '+918011111111' }), 0],
    ['a whisper without words', answer({ ...AGENT, start_call_playback: { type: 'text', value: '' } }), 0],
    ['a ringing time that is none', answer({ ...AGENT, max_ringing_duration: -1 }), 0],
    ['a refused connection', `GET ${URL} => refused`, 0],
    ['no answer within 5 s', `GET ${URL} => timeout`, 5000],
  ];

  it.each(bad)('%s: the call is dropped', async (_, rule, after) => {
    const played = await play(dynamic(), { answers: [rule] });
    expect(played.view.ended).toEqual({ by: 'dropped', node: 'desk' });
    expect(stayed(played, 'desk')).toBe(after);
    expect(commandsOf(played, 'dial')).toHaveLength(1);
  });

  it.each(bad)('%s: the fallback is asked', async (_, rule, after) => {
    const played = await play(dynamic(`fallbackUrl="${FALLBACK}"`), {
      answers: [rule, answer(AGENT, FALLBACK)],
      agents: ['answer:5s'],
    });
    expect(commandsOf(played, 'fetch')[1]).toMatchObject({ method: 'GET', headers: [['Exotel-Version', '1.0']], timeout: 5000 });
    expect(played.path).toEqual(['desk>answered']);
    expect(stayed(played, 'desk')).toBe(after + RINGS + 5000);
  });

  it('drops the call when both fail', async () => {
    const played = await play(dynamic(`fallbackUrl="${FALLBACK}"`), {
      answers: [`GET ${URL} => timeout`, `GET ${FALLBACK} => 500 after 4s`],
    });
    expect(played.view.ended).toEqual({ by: 'dropped', node: 'desk' });
    expect(stayed(played, 'desk')).toBe(9000);
  });
});

describe('a caller who hangs up while a Connect asks its server', () => {
  it('ends the call, at the first address and at the second', async () => {
    const answers = [`GET ${URL} => 500 after 2s`, answer(AGENT, FALLBACK, 'after 2s')];
    expect(await hangUpsIn(dynamic(`fallbackUrl="${FALLBACK}"`), 'desk', { answers })).toEqual([
      'get',
      'fallback',
      'dialling',
      'talking',
    ]);
  });
});
