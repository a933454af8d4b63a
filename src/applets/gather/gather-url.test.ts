import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, queryOf, said, stayed } from '../../../test/kit/stories.ts';

const URL = 'https://a.example/gather';
const FALLBACK = 'https://b.example/gather';
const PROMPT = { gather_prompt: { text: 'Type.' } };

const dynamic = (attributes = '', children = '') =>
  applets(`<Gather id="ask" url="${URL}" next="got" noInput="silent" invalid="wrong" ${attributes}>${children}</Gather>
    <Hangup id="got"/><Hangup id="silent"/><Hangup id="wrong"/><Hangup id="help"/>`);

const answer = (json: object | string, url = URL, more = '') =>
  `GET ${url} => 200 ${more} ${typeof json === 'string' ? json : JSON.stringify(json)}`;
const ask = (json: object, keys = '', attributes = '', children = '') =>
  play(dynamic(attributes, children), { answers: [answer({ ...PROMPT, ...json })], keys });
/** "Type." takes 900 ms to say. */
const TYPE = 900;

describe('a Gather with a url', () => {
  it('asks GET once, with the version header and the parameters of the call, for five seconds', async () => {
    const played = await play(dynamic(), { answers: [answer(PROMPT)], keys: '12#', facts: { customField: 'order 7' } });
    const fetches = commandsOf(played, 'fetch');
    expect(fetches).toMatchObject([{ method: 'GET', headers: [['Exotel-Version', '1.0']], timeout: 5000, async: false }]);
    expect(queryOf(fetches[0]?.url)).toMatchObject({
      CallSid: '0123456789abcdef0123456789abkabm',
      From: '09876543210',
      To: '08047112345',
      Direction: 'outbound-dial',
      CallType: 'call-attempt',
      EndTime: '1970-01-01 05:30:00',
      CustomField: 'order 7',
    });
    expect(queryOf(fetches[0]?.url)).not.toHaveProperty('digits');
    expect(played.path).toEqual(['ask>next']);
  });

  it('has the defaults of the vendor: 255 digits, #, 5 seconds, asked once', async () => {
    const silent = await ask({});
    expect(silent.path).toEqual(['ask>noInput']);
    expect(stayed(silent, 'ask')).toBe(TYPE + 5000);
    const typed = await ask({}, '9'.repeat(255));
    expect(typed.view.digits).toBe('9'.repeat(255));
    const finished = await ask({}, '1#');
    expect(finished.keys).toEqual(['1:taken', '#:finish']);
  });

  it('takes every limit from the answer, whatever the flow says', async () => {
    const json = { max_input_digits: 2, finish_on_key: '*', input_timeout: 8, repeat_menu: 1 };
    const silent = await ask(json, '', 'digits="9" timeout="1s" tries="5"');
    expect(said(silent)).toEqual(['Type.', 'Type.']);
    expect(stayed(silent, 'ask')).toBe(2 * (TYPE + 8000));
    expect((await ask(json, '#5')).view.digits).toBe('#5');
    expect((await ask(json, '4*')).keys).toEqual(['4:taken', '*:finish']);
  });

  it('takes numbers that are written as text', async () => {
    const { view } = await ask({ max_input_digits: '3', input_timeout: '6', repeat_menu: '0' }, '123');
    expect(view.digits).toBe('123');
  });

  it('has no finish key when the answer says ""', async () => {
    expect((await ask({ finish_on_key: '', max_input_digits: 3 }, '12#')).view.digits).toBe('12#');
  });

  it('speaks repeat_gather_prompt from the second time on', async () => {
    const played = await ask({ repeat_menu: 2, repeat_gather_prompt: { text: 'Again.' } });
    expect(said(played)).toEqual(['Type.', 'Again.', 'Again.']);
  });

  it('plays a recording where the prompt is an audio_url', async () => {
    const played = await ask({ gather_prompt: { audio_url: 'https://a.example/hi.wav' } });
    expect(said(played)).toEqual(['https://a.example/hi.wav']);
  });

  it('keeps the exits, keys and judgement of the flow', async () => {
    const key = '<Key digit="0" next="help"/>';
    expect((await ask({}, '0', '', key)).path).toEqual(['ask>key:0']);
    expect((await ask({}, '77#', 'accept="1-24"')).path).toEqual(['ask>invalid']);
    expect((await ask({}, '7#', 'accept="1-24" save="hour"')).view.saved).toEqual({ hour: '7' });
  });

  it('sends what was typed with the next request, in literal double quotes', async () => {
    const flow = applets(`<Gather id="ask" url="${URL}" next="tell" noInput="bye"/>
      <Passthru id="tell" url="https://a.example/tell"><On status="200" next="bye"/></Passthru><Hangup id="bye"/>`);
    const played = await play(flow, { answers: [answer(PROMPT), 'GET https://a.example/tell => 200'], keys: '89#' });
    expect(played.view.requests[1]?.url).toContain('digits=%2289%22');
  });
});

describe('an answer that is no Gather', () => {
  const bad: readonly (readonly [what: string, rule: string, after: number])[] = [
    ['404', `GET ${URL} => 404 ${JSON.stringify(PROMPT)}`, 0],
    ['a redirect', `GET ${URL} => 302`, 0],
    ['201', `GET ${URL} => 201 ${JSON.stringify(PROMPT)}`, 0],
    ['text', answer('Type.'), 0],
    ['JSON that is called text', answer(PROMPT, URL, 'content-type:text/plain'), 0],
    ['broken JSON', answer('{"gather_prompt":', URL, 'content-type:application/json'), 0],
    ['nothing', answer('', URL, 'content-type:application/json'), 0],
    ['a list', answer('[]'), 0],
    ['no prompt', answer({ max_input_digits: 1 }), 0],
    ['text and audio at once', answer({ gather_prompt: { text: 'a', audio_url: 'https://a.example/a.wav' } }), 0],
    ['an empty prompt', answer({ gather_prompt: { text: '' } }), 0],
    ['no digits', answer({ ...PROMPT, max_input_digits: 0 }), 0],
    ['256 digits', answer({ ...PROMPT, max_input_digits: 256 }), 0],
    ['two finish keys', answer({ ...PROMPT, finish_on_key: '##' }), 0],
    ['no time', answer({ ...PROMPT, input_timeout: 0 }), 0],
    ['a refused connection', `GET ${URL} => refused`, 0],
    ['an answer after 4.999 s that is useless', `GET ${URL} => 500 after 4999ms`, 4999],
    ['no answer within 5 s', `GET ${URL} => timeout`, 5000],
    ['an answer at 5 s', answer(PROMPT, URL, 'after 5s'), 5000],
  ];

  it.each(bad)('%s: the call is dropped', async (_, rule, after) => {
    const played = await play(dynamic(), { answers: [rule] });
    expect(played.view.ended).toEqual({ by: 'dropped', node: 'ask' });
    expect(stayed(played, 'ask')).toBe(after);
  });

  it.each(bad)('%s: the fallback is asked', async (_, rule, after) => {
    const played = await play(dynamic(`fallbackUrl="${FALLBACK}"`), { answers: [rule, answer(PROMPT, FALLBACK)], keys: '5#' });
    expect(commandsOf(played, 'fetch')).toMatchObject([
      {},
      { method: 'GET', headers: [['Exotel-Version', '1.0']], timeout: 5000 },
    ]);
    expect(played.view.requests[1]?.url).toMatch(/^https:\/\/b\.example\/gather\?CallSid=/);
    expect(played.path).toEqual(['ask>next']);
    expect(stayed(played, 'ask')).toBe(after + TYPE + 300);
  });

  it('is answered in time at 4.999 s', async () => {
    const { path } = await play(dynamic(), { answers: [answer(PROMPT, URL, 'after 4999ms')], keys: '5#' });
    expect(path).toEqual(['ask>next']);
  });

  it('drops the call when both addresses fail, after the time of both', async () => {
    const played = await play(dynamic(`fallbackUrl="${FALLBACK}"`), {
      answers: [`GET ${URL} => timeout`, `GET ${FALLBACK} => timeout`],
    });
    expect(played.view.ended).toEqual({ by: 'dropped', node: 'ask' });
    expect(stayed(played, 'ask')).toBe(10_000);
    expect(played.path).toEqual([]);
  });

  it('may carry a charset: JSON is JSON', async () => {
    const { path } = await play(dynamic(), {
      answers: [answer(PROMPT, URL, 'content-type:application/json;charset=utf-8')],
      keys: '5#',
    });
    expect(path).toEqual(['ask>next']);
  });
});

describe('a caller who hangs up while a Gather asks its server', () => {
  it('ends the call; what the server answers later changes nothing', async () => {
    const slow = [`GET ${URL} => 500 after 2s`, answer(PROMPT, FALLBACK, 'after 2s')];
    const flow = dynamic(`fallbackUrl="${FALLBACK}"`);
    expect(await hangUpsIn(flow, 'ask', { answers: slow })).toEqual(['get', 'fallback', 'prompting', 'waiting']);
    const { events } = await play(flow, { answers: slow, keys: 'hangup 1s' });
    const ended = events.findIndex(({ type }) => type === 'ended');
    expect(events.slice(ended + 1)).toMatchObject([{ type: 'input', input: { type: 'fetch.answered', status: 500 } }]);
  });
});
