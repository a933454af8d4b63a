import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pickUp } from '../../test/phone/hand.ts';
import { ms } from '../core/ids.ts';
import { columns } from './width.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const OPTOUTS = 'POST https://clinic.example/optouts => 200 ok';
const WILD = readFileSync('test/phone/fixtures/wild.xml', 'utf8');

describe('the ringing screen', () => {
  it('says who is called, by whom, for what, and for how long it will ring', async () => {
    const hand = await pickUp(REMINDER, { ringing: true });
    await hand.wait(5);
    const text = hand.text();
    for (const part of ['+91 98xxxxx210', 'called by +91 80xxxxx345', 'appointment-reminder', 'service-implicit']) {
      expect(text).toContain(part);
    }
    expect(text).toContain('[a] answer');
    expect(text).toMatch(/rings \[#+\.+\] 25 s/);
  });

  it('ends in no answer, and says so', async () => {
    const hand = await pickUp(REMINDER, { ringing: true, ringFor: ms(4000) });
    await hand.wait(5);
    expect(hand.text()).toContain('NO ANSWER');
    expect(hand.text()).toContain('not answered: no-answer');
  });

  it('ends busy when it is declined', async () => {
    const hand = await pickUp(REMINDER, { ringing: true });
    hand.phone.decline();
    expect(hand.text()).toContain('not answered: busy');
  });
});

describe('a call', () => {
  it('speaks word by word', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(0.9);
    expect(hand.text()).toContain('Hello Asha, …');
    await hand.wait(2);
    expect(hand.text()).toContain('tomorrow');
  });

  it('shows the keypad with what each key does, the applet, the countdown, and what silence brings', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    const text = hand.text();
    expect(text).toMatch(/\[1\] +\[2\] +3 /);
    expect(text).toMatch(/confirmed reschedu… +- /);
    expect(text).toContain('1 confirmed: Greeting, "Thank');
    expect(text).toContain('menu  IVR Menu: keys 1 2 9, waits 5s, 3 tries');
    expect(text).toMatch(/your turn \[#+\.+\] \d\.\d s of 5\.0 s/);
    expect(text).toContain('then: asks again (2 of 3); after the last, noInput -> bye');
  });

  it('lights the key that was pressed, and tells what was missed', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(6);
    await hand.press('5');
    expect(hand.text()).toContain('<<5>>');
    expect(hand.text()).toContain('key 5 not offered');
    expect(hand.text({ columns: 140 })).toContain('Press 1 to confirm, [12 words not heard]');
    await hand.wait(1);
    expect(hand.text()).not.toContain('<<5>>');
  });

  it('shows what was typed so far', async () => {
    const hand = await pickUp(WILD);
    await hand.press('5');
    await hand.press('21');
    expect(hand.text()).toContain('typed 21');
    expect(hand.text()).toContain('then: next -> keys');
  });

  it('keeps the newest lines in view, and scrolls back on demand', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(30);
    expect(hand.text({ rows: 16 })).not.toContain('queued');
    hand.phone.scroll(100);
    expect(hand.text({ rows: 16 })).toContain('queued');
  });

  it('stands still when it is paused', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.togglePause();
    expect(hand.text()).toContain('PAUSED (IN PROGRESS)');
    hand.phone.togglePause();
    expect(hand.text()).not.toContain('PAUSED');
  });

  it('shows a request while it is open, and whole in its tab', async () => {
    const xml = `<Flow name="f" start="ask" class="T"><Passthru id="ask" url="https://s.example/slots?a=b" timeout="5s"><On status="200" next="bye"/></Passthru><Hangup id="bye"/></Flow>`;
    const hand = await pickUp(xml, { answers: ['GET https://s.example/slots* => 200 after 2s Monday at 3'] });
    await hand.wait(1);
    expect(hand.text()).toMatch(/asks +GET s\.example\/slots\?… +1\.0 s/);
    await hand.wait(2);
    hand.phone.turnTab(1);
    const web = hand.text();
    expect(web).toContain('[WEB 1]');
    expect(web).toContain('https://s.example/slots?a=b&');
    expect(web).toContain('(2.0 s)');
    expect(web).toContain('Monday at 3');
  });

  it('shows agents ringing and talking', async () => {
    const xml = `<Flow name="f" start="c" class="T"><Connect id="c" to="+911140001234" answered="bye" noAnswer="bye"/><Hangup id="bye"/></Flow>`;
    const hand = await pickUp(xml, { agents: ['answer:20s'] });
    await hand.wait(1);
    expect(hand.text()).toMatch(/rings +agent \+91 11xxxxx234/);
    await hand.wait(4);
    expect(hand.text()).toMatch(/talks +to agent \+91 11xxxxx234/);
  });

  it('lists the SMS that were sent', async () => {
    const hand = await pickUp(REMINDER);
    await hand.press('2');
    await hand.wait(10);
    hand.phone.turnTab(1);
    hand.phone.turnTab(1);
    expect(hand.text()).toContain('[SMS 1]');
    expect(hand.text()).toContain('Pick a new slot: https://clinic.example/r');
    expect(hand.text()).toContain('simulated, not really sent:');
  });
});

describe('the end of a call', () => {
  it('tells why, how long, the digits, the callback, and what to press next', async () => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS] });
    await hand.press('9');
    await hand.wait(10);
    const text = hand.text();
    for (const part of [
      'CALL OVER',
      'completed, 0:03 after the answer',
      'the flow hung up at bye',
      'digits 9',
      'opt-out (all) recorded',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/Digits +9/);
    expect(text).toMatch(/Status +completed/);
    expect(text).toContain('not posted: no --callback-url');
    expect(text).toMatch(/r call again .* q quit/);
  });

  it('says loudly when an opt-out is not in the store', async () => {
    const optOuts = { record: async () => ({ ok: false as const, says: 'disk full' }) };
    const hand = await pickUp(REMINDER, { optOuts });
    await hand.press('9');
    await hand.wait(10);
    expect(hand.text()).toContain('opt-out NOT RECORDED: disk full');
  });
});

describe('a number on the list', () => {
  const listed = async (storeOption?: string) => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS], ...(storeOption && { storeOption }) });
    await hand.press('9');
    await hand.wait(10);
    await hand.phone.dial();
    await hand.wait(0);
    return hand;
  };

  it('gets a page that says since when, why, by which key, in which call, and what can be done', async () => {
    const text = (await listed()).text();
    for (const part of [
      'NOT CALLED',
      '+919876543210 is on the do-not-call list.',
      'since  2026-11-22 10:00:00 IST',
      'all calls and SMS',
      'pressed 9 in call',
      'applet optOut',
      'no ring, no CallSid, no callback',
      'press9 dnc remove +919876543210 --reason',
      '--evidence',
      'press r here',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('names the store in the command, and has no command for a list in memory', async () => {
    expect((await listed("my list's.db")).text({ columns: 140 })).toContain("--store 'my list'\\''s.db'");
    expect((await listed('memory:')).text()).toContain('it is empty again when you quit');
  });

  it('is told in the DNC tab too', async () => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS] });
    hand.phone.turnTab(-1);
    expect(hand.text()).toContain('is not on the do-not-call');
    await hand.press('9');
    await hand.wait(1);
    expect(hand.text()).toContain('[DNC 1]');
    expect(hand.text()).toMatch(/how +pressed 9 in call/);
  });

  it('rings again when it was taken off', async () => {
    const hand = await listed();
    const [fact] = await hand.store.facts.about(hand.session.facts.customer);
    await hand.store.facts.record([
      {
        kind: 'opt-in',
        number: hand.session.facts.customer,
        scope: 'all',
        source: 'manual',
        at: hand.clock.now(),
        actor: 'me',
        supersedes: [fact?.id ?? ''],
      },
    ]);
    await hand.phone.dial();
    await hand.wait(1);
    expect(hand.text()).toContain('[a] answer');
  });
});

describe('the room there is', () => {
  it('is one column under 60, two from there on', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    expect(hand.text({ columns: 59 })).not.toContain('│');
    expect(hand.text({ columns: 59 })).toContain('keys: 1 confirmed  2 reschedule  9 optOut');
    expect(hand.text({ columns: 60, rows: 20 })).toContain('│');
  });

  it('keeps the call in view beside a tab on a tall terminal', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    hand.phone.turnTab(-1);
    expect(hand.text({ columns: 140, rows: 40 })).toContain('tomorrow at 3 PM');
    expect(hand.text({ columns: 140, rows: 40 })).toContain('is not on the do-not-call list');
  });

  it('asks for a larger window when there is none', async () => {
    const hand = await pickUp(REMINDER);
    expect(hand.text({ columns: 23, rows: 4 })).toContain('Please enlarge');
  });

  it('is never exceeded: whatever happens, whatever the texts, whatever the size', async () => {
    const evil = 'red\u001b[31m\u001b[2J\tinvoice\u202efdp.exe';
    const moments = fc.array(fc.constantFrom('wait', '1', '5', '9', '#', 'tab', 'scroll', 'pause'), { maxLength: 8 });
    const sizes = fc.record({ columns: fc.integer({ min: 1, max: 160 }), rows: fc.integer({ min: 1, max: 50 }) });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), moments, sizes, async (wild, acts, size) => {
        const hand = await pickUp(wild ? WILD : REMINDER, { variables: { evil, name: evil }, answers: [OPTOUTS] });
        for (const act of acts) {
          if (act === 'wait') await hand.wait(3);
          else if (act === 'tab') hand.phone.turnTab(1);
          else if (act === 'scroll') hand.phone.scroll(3);
          else if (act === 'pause') hand.phone.togglePause();
          else await hand.press(act);
          const rows = hand.sees(size);
          expect(rows).toHaveLength(size.rows);
          for (const row of rows) {
            expect(columns(row)).toBeLessThanOrEqual(size.columns);
            expect(row).not.toMatch(/[\p{Cc}\u202e]/u);
          }
        }
        hand.phone.leave('quit');
      }),
      { numRuns: 60 },
    );
  });
});
