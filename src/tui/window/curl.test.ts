import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type Hand, pickUp } from '../../../test/phone/hand.ts';
import { hit, noteText } from '../../../test/phone/typing.ts';
import { ms } from '../../core/ids.ts';
import { curlOf } from './curl.ts';
import { quote } from './quote.ts';

const XML = `<Flow name="slots" start="ask" class="T">
  <Passthru id="ask" url="https://s.example/slots?a=it's" timeout="2500ms"><On status="200" next="more"/></Passthru>
  <Greeting id="more" url="https://s.example/text" next="bye"><Say>Hello.</Say></Greeting>
  <Hangup id="bye"/>
</Flow>`;

/** The words that a shell makes of a command. */
const shell = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

async function copying(): Promise<{ hand: Hand; copied: string[] }> {
  const copied: string[] = [];
  const hand = await pickUp(XML, { answers: ['GET https://s.example/* => 200 Monday'] });
  hand.phone.showOn({
    away: (work) => work(),
    suspend: async () => {},
    copy: (text) => void copied.push(text),
    listenToMouse() {},
  });
  await hand.wait(1);
  return { hand, copied };
}

describe('copying a request as curl', () => {
  it('takes the latest request, whole, and says so masked', async () => {
    const { hand, copied } = await copying();
    await hit(hand, 'y');
    const [words] = copied.map(shell);
    expect(words?.slice(0, 5)).toEqual(['curl', '-i', '-g', '-m', expect.any(String)]);
    expect(words?.at(-1)).toMatch(/^https:\/\/s\.example\/text\?CallSid=.*CallFrom=09876543210/);
    expect(noteText(hand)).toBe('copied as curl: GET s.example/text?…; it holds the number called');
  });

  it('takes the one that is chosen in the web tab, with its time-out, and HEAD as such', async () => {
    const { hand, copied } = await copying();
    await hit(hand, 'tab', 'up', 'y', 'up', 'y', 'up', 'y');
    const [head, get, again] = copied.map(shell);
    expect(head?.[1]).toBe('-I');
    expect(get?.slice(1, 5)).toEqual(['-i', '-g', '-m', '2.5']);
    expect(get?.at(-1)).toMatch(/^https:\/\/s\.example\/slots\?a=it's&CallSid=/);
    expect(again).toEqual(get);
    await hit(hand, 'down', 'down', 'down');
    expect(hand.phone.get().request).toBeUndefined();
  });

  it('says what it is for where no server was asked', async () => {
    const hand = await pickUp('flows/appointment-reminder/flow.xml');
    await hit(hand, 'y');
    expect(noteText(hand)).toMatch(/^y is of no use now: copy a web request as a curl command/);
  });
});

describe('a command for the shell', () => {
  it('holds nothing that a shell or a terminal would obey', () => {
    const nasty = ["it's", '$(reboot)', '`id`', '"a" b', '-x', '*', '!!', '', 'नमस्ते', '\\'];
    expect(shell(nasty.map(quote).join(' '))).toEqual(nasty);
    expect(quote('a\u001b[2J\nb\u0007')).toBe("'a[2Jb'");
  });

  it('keeps the headers, and an address with control characters as one word', () => {
    const headers = [['X-Key', `it's $HOME`]] as const;
    const command = curlOf({ method: 'GET', url: 'https://s.example/a b\n?x={1}&Legs[0]=1', headers, timeout: ms(5000) });
    expect(shell(command)).toEqual([
      ...['curl', '-i', '-g', '-m', '5', '-H', `X-Key: it's $HOME`],
      ...['--url', 'https://s.example/a%20b%0A?x={1}&Legs[0]=1'],
    ]);
  });
});
