import { describe, expect, it } from 'vitest';
import { type Hand, pickUp } from '../../../test/phone/hand.ts';
import { textOf } from '../rows.ts';
import { logPane } from './log.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

const lines = (hand: Hand, height: number, scroll = 0, width = 90): string[] =>
  logPane(hand.shown(), width, height, scroll).map(textOf);

describe('the log', () => {
  it('has every event in a row, with its time and what it tells; the newest last', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(6);
    const text = lines(hand, 100).join('\n');
    for (const part of [
      ' 1 0:00.0 started outbound +91 98xxxxx210 from +91 80xxxxx345, flow appointment-reminder',
      '0:00.0 > dial leg 1 +91 98xxxxx210 rings 30s',
      '0:00.0 < leg.changed leg 1 answered',
      '0:00.0 timer.set time-limit 4h',
      '0:00.0 > play "Hello Asha, your appointment is tomorrow at 3 PM." leg 1',
      '0:04.3 applet.left welcome by next',
      '0:04.3 applet.entered menu',
    ])
      expect(text).toContain(part);
    expect(lines(hand, 100)).toHaveLength(hand.branch().phone.call.log.length);
  });

  it('tells answers and deliveries in short', async () => {
    const flow = `<Flow name="shop" start="ask" class="transactional"><Passthru id="ask" url="https://shop.example/who" next="bye"/><Hangup id="bye"/></Flow>`;
    const hand = await pickUp(flow, { answers: ['GET https://shop.example/* => 200 9876543210'] });
    await hand.wait(1);
    const text = lines(hand, 100, 0, 200).join('\n');
    expect(text).toMatch(/> fetch #\d GET shop\.example\/who\?… limit 5s/);
    expect(text).toMatch(/< fetch\.answered #\d GET status 200 10 characters text\/plain/);
    expect(text).not.toContain('98765');
  });

  it('masks a number before it cuts the value that holds it', async () => {
    const value = `${'x'.repeat(40)} 9876543210`;
    const flow = `<Flow name="shop" start="ask" class="transactional"><Passthru id="ask" url="https://shop.example/who" save="who" async="false"><On status="200" next="bye"/></Passthru><Hangup id="bye"/></Flow>`;
    const hand = await pickUp(flow, { answers: [`GET https://shop.example/* => 200 ${value}`] });
    await hand.wait(1);
    const text = lines(hand, 100, 0, 200).join('\n');
    expect(text).toContain(`saved who ${'x'.repeat(40)} 98xxxx…`);
  });

  it('goes back when it is scrolled, and stops at the first event', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(6);
    const all = lines(hand, 100);
    expect(lines(hand, 4)).toEqual(all.slice(-4));
    expect(lines(hand, 4, 2)).toEqual(all.slice(-6, -2));
    expect(lines(hand, 4, 500)).toEqual(all.slice(0, 4));
  });

  it('marks the moment of the past that is shown, and dims what came later', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(30);
    await hand.back(4);
    const rows = logPane(hand.shown(), 80, 9);
    const here = rows.findIndex((row) => textOf(row).startsWith('>'));
    expect(here).toBe(5);
    expect(textOf(rows[here] ?? [])).toContain(`>${hand.shown().log.length} `);
    const dim = rows.map((row) => row.slice(1).every(({ style }) => style?.dim));
    expect(dim).toEqual(rows.map((_, i) => i > here));
  });

  it('cuts what is too long', async () => {
    const hand = await pickUp(REMINDER);
    for (const line of lines(hand, 20, 0, 30)) expect(line.length).toBeLessThanOrEqual(30);
  });
});
