import { describe, expect, it } from 'vitest';
import { pickUp } from '../../../test/phone/hand.ts';
import type { CallView } from '../../call/view.ts';
import { ms } from '../../core/ids.ts';
import type { Shown } from '../phone-state.ts';
import { type Row, textOf } from '../rows.ts';
import { columns } from '../width.ts';
import { transcriptPane } from './transcript.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const OPTOUTS = { answers: ['POST https://clinic.example/optouts => 200 ok'] };
const LOOKUP = `<Flow name="shop" start="lookup" class="transactional">
  <Passthru id="lookup" url="https://shop.example/who?name={{name}}" timeout="2s"><On status="200" next="tell"/><Else next="sorry"/></Passthru>
  <Sms id="tell" next="bye">Your order comes today.</Sms>
  <Greeting id="sorry" next="bye"><Say>Sorry.</Say></Greeting>
  <Hangup id="bye"/>
</Flow>`;

const told = (rows: readonly Row[]): string => rows.map((row) => textOf(row).trim()).join('\n');
const pane = (shown: Shown, width = 120, height = 40): string => told(transcriptPane(shown, width, height));
const spans = (rows: readonly Row[]) => rows.flat();

describe('the conversation', () => {
  it('is what the caller has heard so far, word by word', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(0.9);
    expect(pane(hand.shown())).toMatch(/0:00 welcome Hello Asha, …$/);
    await hand.wait(4);
    expect(pane(hand.shown())).toContain('Hello Asha, your appointment is tomorrow at 3 PM.');
  });

  it('strikes through the words that a key cut off, and counts them', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(6);
    await hand.press('9');
    const rows = transcriptPane(hand.shown(), 200, 40);
    const missed = spans(rows).find(({ style }) => style?.strike);
    expect(missed?.style).toEqual({ strike: true, dim: true });
    expect(missed?.text).toContain('receiving these calls.');
    const words = missed?.text.split(' ').length;
    expect(told(rows)).toContain(`receiving these calls. [${words} words not heard]`);
    expect(told(rows)).toContain('key 9 -> optOut');
  });

  it('strikes through what a hang-up cut off', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(3);
    hand.phone.hangUp();
    await hand.wait(1);
    expect(pane(hand.shown())).toMatch(/tomorrow at 3 PM\. \[\d words not heard]/);
    expect(pane(hand.shown())).toContain('the caller hung up');
  });

  it('does not flood the room with a long text that nobody heard', async () => {
    const flow = `<Flow name="long" start="hello" class="transactional"><Greeting id="hello" next="bye"><Say>${'word '.repeat(2000)}</Say></Greeting><Hangup id="bye"/></Flow>`;
    const hand = await pickUp(flow);
    await hand.wait(1);
    hand.phone.hangUp();
    await hand.wait(1);
    expect(pane(hand.shown(), 60)).toMatch(/word … \[199\d words not\s+heard]/);
  });

  it('says which try of a menu it is', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(12);
    expect(pane(hand.shown())).toContain('menu    1/3 Press 1');
    await hand.press('5');
    await hand.wait(12);
    expect(pane(hand.shown())).toContain('key 5 not offered');
    expect(pane(hand.shown())).toContain('menu    2/3 That key is not offered.');
    await hand.wait(5);
    expect(pane(hand.shown())).toContain('menu    3/3 Press 1');
    expect(pane(hand.shown())).not.toContain('2/3 Press');
  });

  it('tells of a web request what came, how long it took, and where it led', async () => {
    const hand = await pickUp(LOOKUP, { answers: ['GET https://shop.example/* => 200 after 120ms fine'] });
    await hand.wait(0.05);
    expect(pane(hand.shown())).toContain('GET shop.example/who?… -> …');
    await hand.wait(1);
    expect(pane(hand.shown())).toContain('GET shop.example/who?… -> 200, 120 ms -> tell');
    expect(pane(hand.shown())).toContain('SMS to +91 98xxxxx210: Your order comes today.');
  });

  it('shows a failed request as such', async () => {
    const hand = await pickUp(LOOKUP, { answers: ['GET https://shop.example/* => timeout'] });
    await hand.wait(4);
    const rows = transcriptPane(hand.shown(), 120, 40);
    expect(told(rows)).toMatch(/GET shop\.example\/who\?… -> .*2\.0 s -> sorry/);
    expect(spans(rows).some(({ style }) => style?.color === 'red')).toBe(true);
  });

  it('tells opt-outs, deliveries and the end', async () => {
    const hand = await pickUp(REMINDER, OPTOUTS);
    await hand.wait(12);
    await hand.press('9');
    await hand.wait(10);
    const text = pane(hand.shown());
    for (const part of [
      'opt-out (all) by key 9: recorded',
      'webhook POST clinic.example/optouts -> 200',
      'the flow hung up at bye',
    ])
      expect(text).toContain(part);
  });

  it('is that of the moment that is shown, and of the simulation that leaves it', async () => {
    const hand = await pickUp(REMINDER, OPTOUTS);
    await hand.wait(12);
    await hand.press('1');
    await hand.wait(10);
    await hand.back(2);
    expect(pane(hand.shown())).toContain('menu    1/3 Press 1');
    expect(pane(hand.shown())).not.toContain('key 1');
    await hand.press('9');
    await hand.wait(10);
    expect(pane(hand.shown())).toContain('key 9 -> optOut');
    expect(pane(hand.shown())).toContain('by key 9: recorded [not written: simulation]');
  });

  it('marks what a simulation only seems to do, in the simulations that leave it too', async () => {
    const hand = await pickUp(REMINDER, OPTOUTS);
    await hand.wait(12);
    await hand.press('1');
    await hand.wait(10);
    await hand.back(2);
    await hand.press('9');
    await hand.wait(1);
    await hand.back(1);
    hand.phone.hangUp();
    await hand.wait(1);
    expect(hand.phone.get().branches).toHaveLength(3);
    expect(pane(hand.shown())).toContain('by key 9: recorded [not written: simulation]');
  });

  it('goes back by rows, and stops at the first', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(30);
    const all = transcriptPane(hand.shown(), 50, 100);
    expect(transcriptPane(hand.shown(), 50, 5)).toEqual(all.slice(-5));
    expect(transcriptPane(hand.shown(), 50, 5, 3)).toEqual(all.slice(-8, -3));
    expect(transcriptPane(hand.shown(), 50, 5, 1000)).toEqual(all.slice(0, 5));
  });

  it('is never wider than its pane', async () => {
    const hand = await pickUp('test/phone/fixtures/wild.xml', { variables: { evil: 'مرحبا\u202e👍🏽'.repeat(40) } });
    await hand.wait(2);
    await hand.press('5');
    await hand.wait(20);
    for (const width of [20, 33, 47, 80])
      for (const row of transcriptPane(hand.shown(), width, 30)) expect(columns(textOf(row))).toBeLessThanOrEqual(width);
  });

  it('lays out only what is in view of 20,000 lines', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(1);
    const shown = hand.shown();
    const { view } = shown;
    let looked = 0;
    const line = (i: number): CallView['lines'][number] => ({
      type: 'note',
      at: ms(view.startedAt + i),
      seq: 1,
      node: undefined,
      get text() {
        looked++;
        return `line ${i}`;
      },
    });
    const lines = Array.from({ length: 20_000 }, (_, i) => line(i));
    const long = { ...shown, view: { ...view, lines } };
    expect(pane(long, 40, 3)).toBe('0:19 line 19997\n0:19 line 19998\n0:19 line 19999');
    expect(looked).toBe(3);
    transcriptPane(long, 40, 3, 2);
    expect(looked).toBe(5);
  });
});
