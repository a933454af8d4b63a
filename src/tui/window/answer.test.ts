import { describe, expect, it } from 'vitest';
import { type Hand, pickUp } from '../../../test/phone/hand.ts';
import { hit, noteText, windowText } from '../../../test/phone/typing.ts';

const XML = `<Flow name="slots" start="menu" class="T">
  <IvrMenu id="menu" timeout="60s" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="ask"/><Key digit="2" next="other"/></IvrMenu>
  <Passthru id="ask" url="https://s.example/slots" timeout="5s" save="slot"><On status="200" next="tell"/><Else next="sorry"/></Passthru>
  <Passthru id="other" url="https://s.example/other" timeout="5s" save="slot"><On status="200" next="tell"/><Else next="sorry"/></Passthru>
  <Greeting id="tell" next="menu"><Say>Your slot is {{slot}}.</Say></Greeting>
  <Greeting id="sorry" next="menu"><Say>Sorry.</Say></Greeting>
  <Hangup id="bye"/>
</Flow>`;
const SERVER = {
  answers: ['GET https://s.example/slots* => 200 Monday'],
  servers: ['GET https://s.example/other* => 200 Friday'],
};

async function atTheMenu(): Promise<Hand> {
  const hand = await pickUp(XML, SERVER);
  await hand.wait(3);
  return hand;
}

const answers = (hand: Hand): unknown[] =>
  hand
    .shown()
    .view.requests.map(({ answer }) => answer && ('failed' in answer ? answer.failed : `${answer.status} ${answer.body}`));

describe('breaking the next request', () => {
  it('gives it a 500 by one more key, and says what is armed', async () => {
    const hand = await atTheMenu();
    await hit(hand, 'x');
    expect(windowText(hand)).toContain('> 1  status 500');
    await hit(hand, '1');
    expect(noteText(hand)).toBe('the next web request gets status 500');
    await hand.press('1');
    expect(answers(hand)).toEqual(['500 ']);
    await hand.wait(3);
    await hand.press('1');
    expect(answers(hand)).toEqual(['500 ', '200 Monday']);
  });

  it('makes it late, or refuses it', async () => {
    const hand = await atTheMenu();
    await hit(hand, 'x', '2', '1');
    await hand.wait(10);
    await hit(hand, 'x', 'down', 'down', 'enter', '1');
    await hand.wait(1);
    expect(answers(hand)).toEqual([expect.stringContaining('5s'), expect.any(String)]);
    expect(hand.shown().view.visited.filter(({ node }) => node === 'sorry')).toHaveLength(2);
  });

  it('gives it an answer that somebody typed, its type as it looks', async () => {
    const hand = await atTheMenu();
    await hit(hand, 'x', '4', 'ctrl-u', '20', 'tab', 'tab', '{"a":', '\n', '1}', 'enter');
    expect(windowText(hand)).toContain('! "20" is no status: write 200 to 599, timeout or refused');
    await hit(hand, '1', 'enter', '1');
    const [request] = hand.shown().view.requests;
    expect(request?.answer).toMatchObject({ status: 201, contentType: 'application/json', body: '{"a":\n1}' });
  });

  it('can be taken back', async () => {
    const hand = await atTheMenu();
    await hit(hand, 'x', '3', 'x');
    expect(windowText(hand)).toMatch(/^Now: a refused connection\.\n\n/);
    await hit(hand, '5');
    expect(hand.branch().phone.broken()).toBeUndefined();
    await hand.press('1');
    expect(answers(hand)).toEqual(['200 Monday']);
  });

  it('begins a simulation in the past', async () => {
    const hand = await atTheMenu();
    await hand.press('1');
    await hand.wait(3);
    await hand.back(3);
    await hit(hand, 'x');
    expect(windowText(hand)).toContain('in a simulation, which begins at this moment');
    await hit(hand, '1');
    expect(hand.branch().simulation).toBeDefined();
    expect(noteText(hand)).toBe('a simulation begins: its next web request gets status 500');
    expect(hand.phone.get().branches[0]?.phone.broken()).toBeUndefined();
  });
});

describe('editing an answer', () => {
  it('begins with what it was, and goes on from there in a simulation', async () => {
    const hand = await atTheMenu();
    await hand.press('1');
    await hit(hand, 'e');
    expect(windowText(hand)).toMatch(/Status {2}200█\n.*\n {2}Type {4}text\/plain\n {2}Body {4}Monday$/);
    await hit(hand, 'down', 'down', 'ctrl-u', 'Tuesday', 'enter');
    await hand.wait(3);
    expect(hand.branch().simulation).toBeDefined();
    expect(answers(hand)).toEqual(['200 Tuesday']);
    expect(noteText(hand)).toBe('a simulation: GET s.example/slots?… gets status 200 "Tuesday"');
    expect(hand.asked).toEqual([]);
  });

  it('is of the request that is chosen in the web tab', async () => {
    const hand = await atTheMenu();
    await hand.press('1');
    await hand.wait(3);
    await hit(hand, 'x', '2', '1');
    await hand.wait(10);
    await hit(hand, 'tab');
    expect(hand.phone.get().tab).toBe('web');
    await hit(hand, 'e');
    expect(windowText(hand)).toContain('Status  timeout█');
    await hit(hand, 'esc', 'up', 'e');
    expect(windowText(hand)).toContain('Status  200█');
  });

  it('leaves a long body as it is', async () => {
    const hand = await pickUp(XML, { answers: [`GET https://s.example/slots* => 200 ${'x'.repeat(20_000)}`] });
    await hand.wait(3);
    await hand.press('1');
    await hit(hand, 'e');
    expect(windowText(hand)).toContain('The body of 20000 characters stays as it is.');
    await hit(hand, 'ctrl-u', '503', 'enter');
    await hand.wait(1);
    expect(hand.shown().view.requests[0]?.answer).toMatchObject({ status: 503, body: 'x'.repeat(20_000) });
  });

  it('is refused where there is none yet', async () => {
    const hand = await pickUp(XML, { answers: ['GET https://s.example/slots* => 200 after 4s Monday'] });
    await hand.wait(3);
    await hit(hand, 'e');
    expect(hand.phone.get().window).toBeUndefined();
    await hit(hand, '1', 'tab', 'up', 'e');
    expect(noteText(hand)).toBe('No server has answered so far.');
  });
});

describe('a question that nobody has recorded', () => {
  async function asked(): Promise<Hand> {
    const hand = await atTheMenu();
    await hand.press('1');
    await hand.wait(1);
    await hand.back(2);
    await hand.press('2');
    await hand.wait(1);
    return hand;
  }

  it('comes up by itself, and time stands', async () => {
    const hand = await asked();
    expect(windowText(hand)).toMatch(/^GET https:\/\/s\.example\/other\nNobody/);
    expect(windowText(hand)).toContain('5  ask the real server (this request really goes out)');
    const { now } = hand.shown();
    await hand.wait(30);
    expect(hand.shown().now).toBe(now);
  });

  it('gets the answer that somebody chooses, and the simulation goes on', async () => {
    const hand = await asked();
    await hit(hand, '4', 'tab', 'tab', 'Sunday', 'enter');
    expect(hand.phone.get().window).toBeUndefined();
    await hand.wait(1);
    expect(answers(hand)).toEqual(['200 Sunday']);
    expect(hand.asked).toEqual([]);
  });

  it('is really asked of the server only when told', async () => {
    const hand = await asked();
    await hit(hand, '5');
    await hand.wait(1);
    expect(answers(hand)).toEqual(['200 Friday']);
    expect(hand.asked).toHaveLength(1);
  });

  it('waits when it is put off, does not come up again, and x finds it', async () => {
    const hand = await asked();
    await hit(hand, 'esc');
    expect(noteText(hand)).toBe('The request waits, and time with it: x answers it.');
    await hand.wait(30);
    await hit(hand, '?', 'esc', 'b', 'b');
    expect(hand.phone.get().window).toBeUndefined();
    expect(answers(hand)).toEqual([undefined]);
    await hit(hand, 'x', '1');
    await hand.wait(1);
    expect(answers(hand)).toEqual(['500 ']);
  });
});
