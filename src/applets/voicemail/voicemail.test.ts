import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, queryOf, said, stayed } from '../../../test/kit/stories.ts';

const voicemail = (attributes = '', prompt = '<Pause for="2s"/>') =>
  applets(`<Voicemail id="mail" next="thanks" ${attributes}>${prompt}</Voicemail>
    <Greeting id="thanks" next="bye"><Say>Saved {{message}}.</Say></Greeting><Hangup id="bye"/>`);

const RECORDED = [
  { type: 'record', on: true, leg: 1 },
  { type: 'record', on: false, leg: 1 },
];
const ADDRESS = /^https:\/\/\S+0123456789abcdef0123456789abkabm\.mp3$/;

describe('a Voicemail', () => {
  it('records from the end of its prompt to the finish key', async () => {
    const played = await play(voicemail('save="message"'), { keys: 'wait 12s, #' });
    expect(played.path[0]).toBe('mail>next');
    expect(commandsOf(played, 'record')).toEqual(RECORDED);
    expect(played.keys).toEqual(['#:finish']);
    expect(stayed(played, 'mail')).toBe(12_000);
    expect(played.view.saved['message']).toMatch(ADDRESS);
    expect(said(played).at(-1)).toMatch(/^Saved https:/);
  });

  it('records at most maxLength, a minute unless told', async () => {
    expect(stayed(await play(voicemail('save="message"')), 'mail')).toBe(2000 + 60_000);
    const short = await play(voicemail('maxLength="7s" save="message"'));
    expect(stayed(short, 'mail')).toBe(2000 + 7000);
    expect(commandsOf(short, 'record')).toEqual(RECORDED);
    expect(short.view.saved['message']).toMatch(ADDRESS);
  });

  it('begins at once where it has no prompt', async () => {
    expect(stayed(await play(voicemail('maxLength="7s" save="message"', '')), 'mail')).toBe(7000);
  });

  it('ignores every other key, and all of them during the prompt', async () => {
    const { keys } = await play(voicemail('save="message"'), { keys: '!#, wait 3s, !5, wait 1s, !#' });
    expect(keys).toEqual(['#:ignored', '5:ignored', '#:finish']);
  });

  it('has the finish key it is told, or none', async () => {
    const star = await play(voicemail('finishOnKey="*" save="message"'), { keys: 'wait 4s, !#, !*' });
    expect(star.keys).toEqual(['#:ignored', '*:finish']);
    const none = await play(voicemail('finishOnKey="" maxLength="7s" save="message"'), { keys: 'wait 4s, !#' });
    expect(none.keys).toEqual(['#:ignored']);
    expect(stayed(none, 'mail')).toBe(9000);
  });

  it('makes no input of its finish key', async () => {
    const { view } = await play(voicemail('save="message"'), { keys: '#' });
    expect(view.digits).toBeUndefined();
  });

  it('tells the requests that follow that there is a recording', async () => {
    const flow = applets(`<Voicemail id="mail" next="tell"/>
      <Passthru id="tell" url="https://a.example/"><Else next="bye"/></Passthru><Hangup id="bye"/>`);
    const { view } = await play(flow, { keys: '#' });
    expect(queryOf(view.requests[0]?.url)).toMatchObject({ CallType: 'voicemail', RecordingUrl: expect.stringMatching(ADDRESS) });
  });
});

describe('a caller who hangs up in a Voicemail', () => {
  it('ends the call in every state of it', async () => {
    expect(await hangUpsIn(voicemail('maxLength="9s" save="message"'), 'mail')).toEqual(['prompting', 'recording']);
  });

  it('leaves the recording behind: it ends, and its address is saved', async () => {
    const played = await play(voicemail('save="message"'), { keys: 'wait 5s, hangup' });
    expect(played.view.ended).toEqual({ by: 'caller' });
    expect(commandsOf(played, 'record')).toEqual(RECORDED);
    expect(played.view.saved['message']).toMatch(ADDRESS);
    expect(played.view.visited.map(({ node }) => node)).toEqual(['mail']);
  });

  it('leaves none before it began', async () => {
    const played = await play(voicemail('save="message"'), { keys: 'wait 1s, hangup' });
    expect(commandsOf(played, 'record')).toEqual([]);
    expect(played.view.saved).toEqual({});
  });
});

describe('a time limit in a Voicemail', () => {
  it('ends the recording too, and keeps it', async () => {
    const played = await play(voicemail('save="message"'), { facts: { timeLimit: 10_000 as never } });
    expect(played.view.ended).toEqual({ by: 'time-limit' });
    expect(commandsOf(played, 'record')).toEqual(RECORDED);
    expect(played.view.saved['message']).toMatch(ADDRESS);
  });
});
