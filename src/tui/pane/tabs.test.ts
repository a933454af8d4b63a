import { describe, expect, it } from 'vitest';
import { type Hand, pickUp } from '../../../test/phone/hand.ts';
import { textOf } from '../rows.ts';
import type { Tab } from '../tab.ts';
import { columns } from '../width.ts';
import { tabRows } from './tabs.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const OPTOUTS = 'POST https://clinic.example/optouts => 200 ok';
const SHOP = `<Flow name="shop" start="lookup" class="transactional">
  <Passthru id="lookup" url="https://shop.example/who?city=New%20Delhi&amp;name={{name}}&amp;odd=%E0" timeout="2s" save="who">
    <On status="200" next="menu"/><Else next="bye"/>
  </Passthru>
  <IvrMenu id="menu" bargeIn="false" url="https://shop.example/menu" noInput="bye" invalid="bye"><Key digit="1" next="order"/></IvrMenu>
  <Passthru id="order" url="https://shop.example/order" timeout="2s"><On status="200" next="tell"/><Else next="tell"/></Passthru>
  <Sms id="tell" next="bye">Your order, क्षत्रिय, comes today.</Sms>
  <Hangup id="bye"/>
</Flow>`;
const WHO =
  'GET https://shop.example/who* => 200 after 120ms {"name":"Asha","phone":"09876543210","orders":[{"id":12345678901234567890,"total":1.10}],"none":[]}';

const tab = (hand: Hand, name: Tab, width = 78): string =>
  tabRows(hand.phone.get(), hand.shown(), name, width).map(textOf).join('\n');

const ORDER = 'GET https://shop.example/order* => 500 oops';

async function shopping(answers: readonly string[] = [WHO, ORDER]): Promise<Hand> {
  const hand = await pickUp(SHOP.replace('url="https://shop.example/menu" ', '').replace('<Key', '<Say>Press 1.</Say><Key'), {
    answers,
  });
  await hand.wait(2);
  return hand;
}

describe('the web tab', () => {
  it('says that nothing was asked', async () => {
    expect(tab(await pickUp(REMINDER), 'web')).toBe('This call has asked no server so far.');
  });

  it('shows a request with its parameters decoded: those of the flow, and those that Exotel adds', async () => {
    const text = tab(await shopping(), 'web');
    expect(text).toContain('0:00 lookup  Passthru');
    expect(text).toContain(
      'GET https://shop.example/who\n  of the flow\n  city  New Delhi\n  name  Asha\n  odd   %E0\n  added by Exotel',
    );
    expect(text).toMatch(/\n {2}CallSid {11}[0-9a-z]{32}\n {2}CallFrom {10}098xxxxx210\n/);
    expect(text).toMatch(/\n {2}DialWhomNumber {4}\(empty\)\n/);
  });

  it('shows the answer laid out, its figures as they came, how long it took, and where it led', async () => {
    const text = tab(await shopping(), 'web');
    expect(text).toContain('-> 200 application/json, 120 ms');
    const body = [
      '{',
      '  "name": "Asha",',
      '  "phone": "098xxxxx210",',
      '  "orders": [',
      '    {',
      '      "id": 12345678901234567890,',
    ];
    expect(text).toContain(
      [...body, '      "total": 1.10', '    }', '  ],', '  "none": []', '}'].map((line) => `  ${line}`).join('\n'),
    );
    expect(text).toContain('-> goes on at menu');
  });

  it('says what the applet needs on Exotel', async () => {
    expect(tab(await shopping(), 'web')).toContain('on Exotel: as it is. Exotel waits 5 seconds');
    const url = await pickUp(SHOP.replaceAll('bargeIn="false" ', ''), {
      answers: [WHO, 'GET https://shop.example/menu* => 500'],
    });
    await url.wait(2);
    expect(tab(url, 'web')).toMatch(/menu {2}IVR Menu[\s\S]*on Exotel: as it is$/);
    const odd = await pickUp(SHOP, { answers: [WHO, 'GET https://shop.example/menu* => 500'] });
    await odd.wait(2);
    expect(tab(odd, 'web')).toContain("on Exotel: not possible. Exotel's menu can always be interrupted.");
  });

  it('shows the latest of several, or the one that was chosen', async () => {
    const hand = await shopping();
    await hand.wait(2);
    await hand.press('1');
    await hand.wait(1);
    expect(tab(hand, 'web')).toContain('  0:00 GET shop.example/who?… -> 200\n> 0:0');
    expect(tab(hand, 'web')).toContain('-> 500 text/plain, 0 ms\n  oops\n-> goes on at tell');
    hand.phone.look({ request: 0 });
    expect(tab(hand, 'web')).toContain('> 0:00 GET shop.example/who?… -> 200\n  0:0');
    expect(tab(hand, 'web')).toContain('-> goes on at menu');
    hand.phone.look({ request: 99 });
    expect(tab(hand, 'web')).toContain('-> goes on at tell');
  });

  it('tells how long an answer is waited for, and what a time-out was', async () => {
    const hand = await pickUp(SHOP, { answers: ['GET https://shop.example/who* => timeout'] });
    await hand.wait(1);
    expect(tab(hand, 'web')).toContain('-> no answer yet, after 1.0 s (limit 2s)');
    await hand.wait(2);
    expect(tab(hand, 'web')).toMatch(/-> .*, after 2\.0 s \(limit 2s\)\n-> goes on at bye/);
  });

  it('shows as much of a long answer as anybody reads', async () => {
    const hand = await shopping([`GET https://shop.example/who* => 200 ${'x'.repeat(10_000)}`]);
    expect(tab(hand, 'web')).toContain('  … 6000 more characters');
  });

  it('says loudly that a simulation waits for an answer', async () => {
    const hand = await shopping([WHO]);
    await hand.wait(8);
    await hand.back(2);
    await hand.press('1');
    hand.phone.look({ window: undefined });
    await hand.wait(1);
    const question = hand.branch().simulation?.question();
    expect(question?.request.url).toContain('/order');
    hand.phone.look({});
    expect(tab(hand, 'web')).toMatch(/^ WAITS FOR AN ANSWER \nGET shop\.example\/order\?…: nobody has recorded an answer for it/);
  });
});

describe('the SMS tab', () => {
  it('shows to whom, what, and what came of it', async () => {
    const hand = await shopping();
    expect(tab(hand, 'sms')).toBe('This call has sent no SMS so far.');
    await hand.wait(2);
    await hand.press('1');
    await hand.wait(1);
    const text = tab(hand, 'sms');
    expect(text).toMatch(/^0:0\d to \+91 98xxxxx210 {2}34 characters\n {2}Your order, क्षत्रिय, comes today\.\n/);
    expect(text).toContain('simulated, not really sent: sms0');
  });

  it('says of a simulation that nothing is sent', async () => {
    const hand = await shopping();
    await hand.wait(2);
    await hand.press('1');
    await hand.wait(1);
    await hand.back(3);
    await hand.press('1');
    await hand.wait(3);
    expect(hand.branch().simulation).toBeDefined();
    expect(tab(hand, 'sms')).toContain('not sent: simulation');
  });
});

describe('the callbacks tab', () => {
  it('shows fields and deliveries when the call is over, numbers masked', async () => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS] });
    expect(tab(hand, 'callbacks')).toContain('No callback so far');
    await hand.wait(12);
    await hand.press('9');
    await hand.wait(10);
    const text = tab(hand, 'callbacks');
    expect(text).toContain('StatusCallback\n  not posted: no --callback-url');
    expect(text).toMatch(/Digits +9\n/);
    expect(text).toMatch(/From +098xxxxx210\n/);
    expect(text).toContain('webhook\n  POST https://clinic.example/optouts\n  attempt 1: 200, delivered');
  });

  it('says of a simulation that nothing is posted', async () => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS] });
    await hand.wait(12);
    await hand.press('1');
    await hand.wait(10);
    await hand.back(2);
    await hand.press('9');
    await hand.wait(10);
    const text = tab(hand, 'callbacks');
    expect(text).toContain('StatusCallback\n  not posted: simulation');
    expect(text).toContain('webhook\n  POST https://clinic.example/optouts\n  not posted: simulation');
  });
});

describe('the DNC tab', () => {
  it('says why the call could be made, and what is known of the number', async () => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS] });
    expect(tab(hand, 'dnc')).toMatch(
      /^This call was allowed\.\nground NOT_LISTED: .*\n\n\+91 98xxxxx210 is not on the do-not-call list\./,
    );
    await hand.wait(12);
    await hand.press('9');
    await hand.wait(10);
    expect(tab(hand, 'dnc')).toContain('+91 98xxxxx210 is on the do-not-call list.');
    expect(tab(hand, 'dnc')).toMatch(/for {4}all calls and SMS\nhow {4}pressed 9 in call/);
  });

  it('says that a simulation writes nothing', async () => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS] });
    await hand.wait(12);
    await hand.press('1');
    await hand.wait(10);
    await hand.back(2);
    await hand.press('9');
    await hand.wait(10);
    expect(tab(hand, 'dnc')).toContain('is not on the do-not-call list.\nWhat a simulation records is not in it');
  });

  it('says that the store cannot be asked', async () => {
    const hand = await pickUp(REMINDER, { session: { listed: () => Promise.reject(new Error('disk full')) } });
    expect(tab(hand, 'dnc')).toContain('The store cannot be asked: disk full');
  });
});

describe('every tab', () => {
  it.each(['log', 'web', 'sms', 'callbacks', 'dnc'] as const)('keeps to its width: %s', async (name) => {
    const hand = await pickUp('test/phone/fixtures/wild.xml', { variables: { evil: 'مرحبا\u202e👍🏽'.repeat(40) } });
    await hand.wait(60);
    for (const width of [24, 38, 80])
      for (const row of tabRows(hand.phone.get(), hand.shown(), name, width))
        expect(columns(textOf(row))).toBeLessThanOrEqual(width);
  });
});
