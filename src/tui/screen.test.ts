import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hand, pickUp } from '../../test/phone/hand.ts';
import { ms } from '../core/ids.ts';
import { clickAt, type Row, textOf } from './rows.ts';
import { type Size, screen } from './screen.ts';
import { TABS } from './tab.ts';
import { columns } from './width.ts';
import type { Window } from './window/window.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const DESK = 'flows/support-desk/flow.xml';
const OPTOUTS = 'POST https://clinic.example/optouts => 200 ok';
const WILD = readFileSync('test/phone/fixtures/wild.xml', 'utf8');
const SLOTS = `<Flow name="f" start="ask" class="T"><Passthru id="ask" url="https://s.example/slots?a=b" timeout="5s"><On status="200" next="bye"/></Passthru><Hangup id="bye"/></Flow>`;

const SLOTS_BY_KEY = `<Flow name="f" start="menu" class="T"><IvrMenu id="menu"><Say>Press 1.</Say><Key digit="1" next="ask"/><Key digit="2" next="bye"/></IvrMenu><Passthru id="ask" url="https://s.example/slots"><On status="200" next="bye"/></Passthru><Hangup id="bye"/></Flow>`;
const ROUND = `<Flow name="f" start="menu" class="T" timeLimit="1h"><IvrMenu id="menu" noInput="menu"><Say>Press 1.</Say><Key digit="1" next="bye"/></IvrMenu><Hangup id="bye"/></Flow>`;

const rowsOf = ({ phone }: Hand, size: Partial<Size> = {}): readonly Row[] =>
  screen(phone.get(), { columns: 80, rows: 24, ...size });

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
    expect(text).toMatch(/a answer {2}d decline .* q quit/);
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
  it('is headed by the flow, the number, its status, and the time in India', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    const [header] = hand.sees();
    expect(header).toMatch(/^ appointment-reminder {2}to \+91 98xxxxx210 {2}IN PROGRESS 0:14 .* 10:00:14 IST$/);
    expect(hand.sees({ columns: 100 })[0]).toContain('Sun 22 Nov');
    hand.phone.changeSpeed(1);
    expect(hand.sees()[0]).toContain('2x');
  });

  it('speaks word by word', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(0.9);
    expect(hand.text()).toContain('Hello Asha, …');
    await hand.wait(2);
    expect(hand.text()).toContain('tomorrow');
  });

  it('shows the keypad with where each key leads, the applet, the countdown, and what silence brings', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    const text = hand.text();
    expect(text).toMatch(/\[1\] +\[2\] +3$/m);
    expect(text).toMatch(/confirmed reschedu… +-/);
    expect(text).toContain('─ menu  IVR Menu: keys 1 2 9, waits 5s');
    expect(text).toMatch(/your turn \[#+\.+\] \d\.\d s of 5\.0 s/);
    expect(text).toContain('then: asks again (2 of 3), at last bye');
    expect(hand.text({ columns: 110 })).toContain('then: asks again (2 of 3); after the last, noInput -> bye');
  });

  it('says when the call would end if nobody did anything, and is right', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    const [, end = ''] = /if nobody does anything, the call ends at (\d:\d\d)/.exec(hand.text()) ?? [];
    await hand.wait(60);
    expect(end).not.toBe('');
    expect(hand.text()).toContain(`COMPLETED ${end}`);
  });

  it('says that it would go round until its time limit', async () => {
    const hand = await pickUp(ROUND);
    expect(hand.text({ columns: 119 })).toContain('it goes round until its time limit at 1:00:00');
    expect(hand.text({ columns: 60, rows: 20 })).toContain('left alone: goes on to 1:00:00');
  });

  it('lights the key that was pressed, and tells what was missed', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(6);
    await hand.press('5');
    expect(hand.text()).toContain('<<5>>');
    expect(hand.text()).toContain('not offered');
    expect(hand.text({ columns: 119 })).toContain('[12 words not heard]');
    await hand.wait(1);
    expect(hand.text()).not.toContain('<<5>>');
  });

  it('shows what was typed so far', async () => {
    const hand = await pickUp(WILD);
    await hand.press('5');
    await hand.press('21');
    expect(hand.text()).toContain('─ typed 21 ─');
    expect(hand.text()).toContain('then: next -> keys');
  });

  it('keeps the newest lines in view, and scrolls back on demand', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(30);
    expect(hand.text({ rows: 16 })).not.toContain('queued');
    hand.phone.look({ scroll: 100 });
    expect(hand.text({ rows: 16 })).toContain('queued');
  });

  it('stands still when it is paused', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.togglePause();
    expect(hand.sees()[0]).toContain('PAUSED');
    hand.phone.togglePause();
    expect(hand.text()).not.toContain('PAUSED');
  });

  it('shows a request while it is open, that the rest depends on it, and all of it in its tab', async () => {
    const hand = await pickUp(SLOTS, { answers: ['GET https://s.example/slots* => 200 after 2s Monday at 3'] });
    await hand.wait(1);
    expect(hand.text()).toMatch(/asks +GET s\.example\/slots\?… +1\.0 s/);
    expect(hand.text()).toContain('the server decides how it goes on');
    await hand.wait(2);
    hand.phone.look({ tab: 'web' });
    expect(hand.text()).toContain('[WEB 1]');
    expect(hand.text({ rows: 60 })).toContain('Monday at 3');
  });

  it('says that another answer waits for the next request', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.breakNext({ type: 'answer', status: 500, contentType: 'text/plain', after: ms(0), body: '' });
    expect(hand.sees()[1]).toContain('─ next request: 500 ─');
    hand.phone.breakNext({ type: 'timeout' });
    expect(hand.sees()[1]).toContain('next request: time-out');
    hand.phone.breakNext(undefined);
    expect(hand.sees()[1]).toBe('─'.repeat(80));
  });

  it('forgets that once the call is over: no request comes any more, nor in what was before', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(2);
    hand.phone.breakNext({ type: 'timeout' });
    hand.phone.hangUp();
    await hand.wait(1);
    expect(hand.text()).not.toContain('next request');
    await hand.back();
    expect(hand.text()).not.toContain('next request');
  });

  it('shows agents ringing and talking', async () => {
    const xml = `<Flow name="f" start="c" class="T"><Connect id="c" to="+911140001234" answered="bye" noAnswer="bye"/><Hangup id="bye"/></Flow>`;
    const hand = await pickUp(xml, { agents: ['answer:20s'] });
    await hand.wait(1);
    expect(hand.text()).toMatch(/rings +agent \+91 11xxxxx234/);
    expect(hand.text()).not.toContain('dials +911140001234');
    await hand.wait(4);
    expect(hand.text()).toMatch(/talks +to agent \+91 11xxxxx234/);
  });

  it('lists the SMS that were sent', async () => {
    const hand = await pickUp(REMINDER);
    await hand.press('2');
    await hand.wait(10);
    hand.phone.look({ tab: 'sms' });
    expect(hand.text()).toContain('[SMS 1]');
    expect(hand.text()).toContain('Pick a new slot: https://clinic.example/r');
  });

  it('says in a word why it may be made', async () => {
    expect((await pickUp(REMINDER)).text()).toContain('law: ok, NOT_LISTED');
  });
});

describe('the way of the caller', () => {
  it('stands below the keypad: the exits it took, rounds folded, where it is, and what the keys lead to', async () => {
    const hand = await pickUp(DESK);
    await hand.wait(8);
    for (const digit of '**') {
      await hand.press(digit);
      await hand.wait(1);
    }
    const text = hand.text({ rows: 30 });
    expect(text).toContain('│ welcome  next');
    expect(text).toContain('│ plan  else');
    expect(text).toContain('│ menu > again x2  next');
    expect(text).toContain('│ MENU');
    expect(text).toContain('├ 1 person');
    expect(text).toContain('└ * again ─ menu');
    expect(hand.text({ rows: 24 })).toMatch(/menu > again x2 {2}next[\s\S]*MENU[\s\S]*└ \* again/);
  });

  it('says which try it is, and is whole when the call is over', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    expect(hand.text()).toContain('MENU  try 1/3');
    await hand.press('1');
    await hand.wait(10);
    expect(hand.text({ rows: 40 })).toMatch(/│ menu {2}key 1\n.*│ confirmed {2}next\n.*│ bye/);
  });
});

describe('the end of a call', () => {
  it('tells why, how long, the digits, the callback, and what to press next', async () => {
    const hand = await pickUp(REMINDER, { answers: [OPTOUTS] });
    await hand.press('9');
    await hand.wait(10);
    const text = hand.text();
    for (const part of ['CALL OVER', 'completed, 0:03 after', 'the flow hung up at bye', 'digits 9', 'opt-out (all) recorded']) {
      expect(text).toContain(part);
    }
    expect(hand.text({ rows: 40 })).toMatch(/Digits +9/);
    expect(hand.text({ rows: 40 })).toMatch(/Status +completed/);
    expect(text).toMatch(/r call again .* q quit/);
  });

  it('says loudly when an opt-out is not in the store', async () => {
    const optOuts = { record: async () => ({ ok: false as const, says: 'disk full' }) };
    const hand = await pickUp(REMINDER, { optOuts });
    await hand.press('9');
    await hand.wait(10);
    expect(hand.text()).toMatch(/opt-out NOT RECORDED: +disk full/);
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
    hand.phone.look({ tab: 'dnc' });
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
        at: hand.session.now(),
        actor: 'me',
        supersedes: [fact?.id ?? ''],
      },
    ]);
    await hand.phone.dial();
    await hand.wait(1);
    expect(hand.text()).toContain('[a] answer');
  });
});

describe('another time', () => {
  const past = async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    await hand.back(2);
    return hand;
  };

  it('is the past: every part of the screen shows that moment', async () => {
    const hand = await past();
    const text = hand.text();
    expect(hand.sees()[1]).toMatch(/^─ PAST \d of \d ─ a key begins a simulation ─+$/);
    expect(hand.sees()[0]).toContain('IN PROGRESS 0:00');
    expect(text).toContain('─ welcome  Greeting');
    expect(text).toContain('│ WELCOME');
    expect(text).not.toContain('Press 1');
    await hand.forward(9);
    expect(hand.text()).not.toContain('PAST');
  });

  it('is a simulation once a key was pressed there, which nobody takes for the real call', async () => {
    const hand = await past();
    await hand.press('9');
    const [, banner = []] = rowsOf(hand);
    expect(textOf(banner)).toContain(' SIMULATION 1 of 1: 9 at 0:00  nothing is written or posted');
    expect(banner.every(({ style }) => style?.inverse)).toBe(true);
    expect(columns(textOf(banner))).toBe(80);
    hand.phone.turnBranch(1);
    expect(hand.sees()[1]).toContain('─ the real call; 1 simulation ─');
    expect(rowsOf(hand)[1]?.some(({ style }) => style?.inverse)).toBe(false);
  });

  it('can be in the past of a simulation too, and says both', async () => {
    const hand = await past();
    await hand.press('9');
    await hand.wait(1);
    await hand.back(1);
    expect(hand.sees()[1]).toMatch(/SIMULATION 1 of 1: 9 at 0:00 {2}PAST \d of \d/);
  });

  it('stands beside the branch it leaves on demand', async () => {
    const hand = await past();
    await hand.press('9');
    await hand.wait(5);
    const before = hand.text();
    hand.phone.look({ compare: true });
    for (const size of [{}, { columns: 140, rows: 40 }]) {
      expect(hand.text(size)).not.toContain(' [1] ');
      expect(hand.sees(size)[2]).toMatch(/call.*9 at 0:00/);
      expect(hand.text(size)).toContain('[LOG]');
    }
    hand.phone.look({ compare: false });
    expect(hand.text()).toBe(before);
  });

  it('says that nobody recorded an answer, and which key gives one', async () => {
    const hand = await pickUp(SLOTS_BY_KEY);
    await hand.wait(3);
    await hand.press('2');
    await hand.wait(1);
    await hand.back(2);
    await hand.press('1');
    await hand.wait(1);
    hand.phone.look({ window: undefined });
    expect(hand.sees()[1]).toMatch(/^ SIMULATION 1 of 1: 1 at .* {2}WAITS FOR AN ANSWER/);
    expect(hand.text()).toMatch(/asks +GET s\.example\/slots/);
    expect(hand.text()).toMatch(/then: .* x gives/);
  });
});

describe('the last line', () => {
  it('offers what is of use, the most useful in words', async () => {
    const hand = await pickUp(REMINDER);
    expect(hand.sees()[23]).toMatch(/h hang up .*\[ step back .*\? help {2}q quit$/);
    expect(hand.sees({ columns: 200 })[23]).toContain('0-9*# dial');
    expect(hand.sees({ columns: 60 })[23]).toMatch(/h hang up .* q quit$/);
    await hand.back(1);
    expect(hand.sees()[23]).toContain('now');
  });

  it('is a note until the next key, whose tone is in a mark too', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.say('saved as call.yaml', 'good');
    expect(hand.sees()[23]).toBe(' ✓ saved as call.yaml');
    hand.phone.say('the disk is full', 'bad');
    expect(hand.sees()[23]).toBe(' ! the disk is full');
    expect(hand.text()).not.toContain('q quit');
  });
});

describe('a window', () => {
  const asked: [number, number][] = [];
  const window: Window = {
    title: 'Which flow?',
    hints: [['enter', 'choose', 9]],
    rows(width, height) {
      asked.push([width, height]);
      return [[{ text: 'one'.padEnd(width * 2, '.') }], [{ text: 'two' }], [{ text: 'three' }], [{ text: 'four' }]];
    },
    key: () => {},
  };

  it('stands in a frame over the call, with its keys below', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.look({ window });
    const rows = hand.sees();
    expect(rows[2]).toMatch(/^┌─ Which flow\? ─+┐$/);
    expect(rows[3]).toMatch(/^│ one\.+… │$/);
    expect(rows[4]).toMatch(/^│ two +│$/);
    expect(rows[7]).toMatch(/^└─+┘$/);
    expect(asked.at(-1)).toEqual([76, 19]);
    expect(rows[8]).toContain('│');
    expect(rows[23]).toBe(' enter choose  esc close');
  });

  it('is as wide as it can be read, in the middle', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.look({ window });
    const [top = ''] = hand.sees({ columns: 140, rows: 40 }).slice(2);
    expect(top).toMatch(/^ {20}┌─ Which flow\? ─+┐$/);
    expect(columns(top)).toBe(120);
  });
});

describe('the mouse', () => {
  const clickOn = (hand: Hand, text: string, size: Partial<Size> = {}) => {
    const rows = rowsOf(hand, size);
    const y = rows.findIndex((row) => textOf(row).includes(text));
    const before = textOf(rows[y] ?? []).split(text)[0] ?? '';
    return clickAt(rows, columns(before) + 1, y);
  };

  it('presses keys, opens tabs, and does what the last line offers', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(5);
    expect(clickOn(hand, '[9]')).toEqual({ press: '9' });
    expect(clickOn(hand, 'confirmed')).toEqual({ press: '1' });
    expect(clickOn(hand, ' callbacks 0')).toEqual({ tab: 'callbacks' });
    expect(clickOn(hand, 'hang up')).toEqual({ command: 'hang-up' });
    expect(clickOn(hand, '9 optOut', { columns: 59 })).toEqual({ press: '9' });
    expect(clickOn(hand, 'welcome')).toBeUndefined();
  });

  it('answers and declines', async () => {
    const hand = await pickUp(REMINDER, { ringing: true });
    expect(clickOn(hand, '[a] answer')).toEqual({ command: 'answer' });
    expect(clickOn(hand, '[d] decline')).toEqual({ command: 'decline' });
  });
});

describe('the room there is', () => {
  it('is one column under 60, two from there on', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    expect(hand.text({ columns: 59 })).not.toContain('│');
    expect(hand.text({ columns: 59 })).toContain('keys:  1 confirmed  2 reschedule  9 optOut');
    expect(hand.text({ columns: 60, rows: 20 })).toContain('│');
  });

  it('keeps the call in view above a tab, and beside it on a wide terminal, with every key in a sentence', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    hand.phone.look({ tab: 'dnc' });
    for (const size of [{}, { columns: 140, rows: 40 }]) {
      expect(hand.text(size)).toContain('receiving these calls');
      expect(hand.text(size)).toContain('is not on the do-not-call');
    }
    expect(hand.text({ columns: 140, rows: 40 })).toMatch(/│ +\[DNC|DNC 0\]/);
    expect(hand.text({ columns: 140, rows: 40 })).toContain('1 confirmed: Greeting, "Thank you');
  });

  it('is all for the open tab when it is zoomed', async () => {
    const hand = await pickUp(REMINDER);
    hand.phone.look({ tab: 'dnc', zoomed: true });
    expect(hand.text()).toContain('is not on the do-not-call');
    expect(hand.text()).not.toContain('[1]');
  });

  it('asks for a larger window when there is none', async () => {
    const hand = await pickUp(REMINDER);
    expect(hand.text({ columns: 23, rows: 4 })).toContain('Please enlarge');
  });

  it('is never exceeded: whatever happens, whatever the texts, whatever the size', async () => {
    const evil = 'red\u001b[31m\u001b[2J\tinvoice\u202efdp.exe';
    const acts = fc.constantFrom(
      'wait',
      '1',
      '5',
      '9',
      '#',
      'tab',
      'zoom',
      'scroll',
      'pause',
      'back',
      'branch',
      'compare',
      'note',
    );
    const sizes = fc.record({ columns: fc.integer({ min: 1, max: 180 }), rows: fc.integer({ min: 1, max: 60 }) });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(fc.tuple(acts, sizes), { maxLength: 8 }), async (wild, moments) => {
        const hand = await pickUp(wild ? WILD : REMINDER, { variables: { evil, name: evil }, answers: [OPTOUTS] });
        for (const [act, size] of moments) {
          await does(hand, act, evil);
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

  it('is used alike for what is alike: a state that has not changed gives equal rows', async () => {
    const hand = await pickUp(REMINDER);
    await hand.wait(14);
    expect(rowsOf(hand)).toEqual(rowsOf(hand));
  });
});

async function does({ phone, ...hand }: Hand, act: string, evil: string): Promise<void> {
  const { tab, zoomed, compare, scroll } = phone.get();
  if (act === 'wait') await hand.wait(3);
  else if (act === 'tab') phone.look({ tab: TABS[(TABS.indexOf(tab) + 1) % TABS.length] ?? 'log' });
  else if (act === 'zoom') phone.look({ zoomed: !zoomed });
  else if (act === 'scroll') phone.look({ scroll: scroll + 3 });
  else if (act === 'pause') phone.togglePause();
  else if (act === 'back') await hand.back(2);
  else if (act === 'branch') phone.turnBranch(1);
  else if (act === 'compare') phone.look({ compare: !compare });
  else if (act === 'note') phone.say(evil.repeat(9), 'bad');
  else await hand.press(act);
}
