import { describe, expect, it } from 'vitest';
import { type Hand, pickUp, settle } from '../../../test/phone/hand.ts';
import { hit, noteText, windowText } from '../../../test/phone/typing.ts';
import { rereadCall } from '../../commands/phone-reread.ts';
import { loadFlow } from '../../flow/load.ts';
import type { PhoneSession, Reread } from '../session.ts';

const FLOW = (ask: string, more = '') => `<Flow name="f" start="hello" class="T">
  <Greeting id="hello" next="menu"><Say>Hello.</Say></Greeting>
  <IvrMenu id="menu" timeout="5s" tries="2" noInput="bye" invalid="bye"><Say>${ask}</Say><Key digit="1" next="yes"/></IvrMenu>
  <Greeting id="yes" next="bye"><Say>Thank you.</Say></Greeting>${more}
  <Hangup id="bye"/>
</Flow>`;

/** A phone whose flow is a text that can be saved. */
async function withFile(session: Partial<PhoneSession> = {}) {
  const file = { text: FLOW('Press 1.') };
  const reread: PhoneSession['reread'] = async (of) => {
    const loaded = await loadFlow('flow.xml', { read: async () => Buffer.from(file.text) });
    if (!loaded.ok) return { type: 'broken', problems: loaded.problems };
    return of
      ? rereadCall(of, loaded.set, { facts: { about: async () => [], list: async () => [] }, answers: [], agents: [] })
      : { type: 'same', flows: loaded.set };
  };
  const hand = await pickUp(file.text, { session: { reread, ...session } });
  const save = async (text: string) => {
    file.text = text;
    hand.saved();
    await settle(hand);
  };
  return { hand, save };
}

const said = (hand: Hand): string => hand.text().replace(/\s+/g, ' ');

describe('a flow file that is saved during a call', () => {
  it('counts from now on where nothing has changed for the caller so far', async () => {
    const { hand, save } = await withFile();
    await hand.wait(0.2);
    await save(FLOW('Press the one key.'));
    expect(noteText(hand)).toBe('saved: nothing changes for this caller so far; the call goes on with it');
    await hand.wait(4);
    expect(said(hand)).toContain('Press the one key.');
    expect(hand.phone.get().branches).toHaveLength(1);
  });

  it('begins a simulation of the same caller where something has, and tells what', async () => {
    const { hand, save } = await withFile();
    await hand.wait(4);
    await save(FLOW('Press one, or stay on the line.'));
    expect(hand.branch()).toMatchObject({ name: 'edited flow', from: { branch: hand.phone.get().branches[0]?.id } });
    expect(hand.branch().simulation).toBeDefined();
    const text = windowText(hand);
    expect(text).toMatch(/^0:0\d menu {3}<- the first difference\n {2}- Press 1\.\n {2}\+ Press one, or stay on the line\.\n/);
    expect(text.replace(/\s+/g, ' ')).toContain('This is a simulation: nothing is written or posted.');
    await hit(hand, 'enter');
    await hand.wait(1);
    expect(said(hand)).toContain('Press one, or stay');
    await hit(hand, 'b');
    expect(said(hand)).toContain('Press 1.');
  });

  it('is compared with what is shown, time after time', async () => {
    const { hand, save } = await withFile();
    await hand.wait(4);
    await save(FLOW('Press one.'));
    await hit(hand, 'enter');
    await save(FLOW('Press two.'));
    expect(hand.branch().name).toBe('edited flow 2');
    expect(windowText(hand)).toContain('- Press one.\n  + Press two.');
  });

  it('does not leave the news of the save before it under its own', async () => {
    const { hand, save } = await withFile();
    await hand.wait(0.2);
    await save(FLOW('Press one.'));
    expect(noteText(hand)).toContain('nothing changes for this caller so far');
    await save('<Flow');
    expect([windowText(hand) === '', noteText(hand)]).toEqual([false, '']);
    await save(FLOW('Press one.'));
    expect(noteText(hand)).toContain('nothing changes');
    await hand.wait(4);
    await save(FLOW('Press two.'));
    expect(windowText(hand)).toContain('+ Press two.');
    expect(noteText(hand)).toBe('');
  });

  it('shows its problems when it is broken, keeps the call as it was, and closes by itself once it is good', async () => {
    const { hand, save } = await withFile();
    await hand.wait(0.2);
    await save(FLOW('Press 1.').replace('next="yes"', 'next="yess"'));
    expect(windowText(hand)).toMatch(/flow\.xml:3:\d+\n .*yess/);
    expect(windowText(hand)).toContain('The call keeps the flow as it was');
    const { log } = hand.shown();
    await hand.wait(60);
    expect(hand.shown().log).toEqual(log);
    await save(FLOW('Press 1.'));
    expect(hand.phone.get().window).toBeUndefined();
    await hand.wait(4);
    expect(said(hand)).toContain('Press 1.');
  });

  it('can be left broken: the call goes on', async () => {
    const { hand, save } = await withFile();
    await save('<Flow');
    await hit(hand, 'esc');
    await hand.wait(6);
    await hit(hand, '1');
    await hand.wait(3);
    expect(hand.shown().view.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('is told in a line while somebody fills in something else', async () => {
    const { hand, save } = await withFile();
    await hand.wait(4);
    await hit(hand, 'c');
    await save('<Flow');
    expect(hand.phone.get().window?.title).toBe('Whom to call');
    expect(noteText(hand)).toContain('The flow was saved with a problem: ');
    await save(FLOW('Press one.'));
    expect(hand.phone.get().window?.title).toBe('Whom to call');
    expect(noteText(hand)).toBe('saved: one difference for this caller, in a simulation');
  });

  it('is called with next when the call is over, or there is none', async () => {
    const { hand, save } = await withFile();
    await hit(hand, 'h');
    await save(FLOW('Press 1.', '<Greeting id="more" next="bye"><Say>More.</Say></Greeting>'));
    expect(noteText(hand)).toBe('saved: nothing changes for this caller; r calls with it');
  });
});

describe('saves that come close together', () => {
  it('only count once: the last', async () => {
    const read: PromiseWithResolvers<Reread>[] = [];
    const { hand } = await withFile({
      reread: () => {
        const next = Promise.withResolvers<Reread>();
        read.push(next);
        return next.promise;
      },
    });
    hand.saved();
    hand.saved();
    read[1]?.resolve({ type: 'same', flows: hand.branch().phone.flows });
    read[0]?.resolve({ type: 'broken', problems: [] });
    await settle(hand);
    expect(hand.phone.get().window).toBeUndefined();
    expect(noteText(hand)).toContain('nothing changes for this caller so far');
  });

  it('are read again when the call has gone on differently meanwhile', async () => {
    const slow = Promise.withResolvers<void>();
    const { hand, save } = await withFile();
    const { reread } = hand.session;
    hand.session.reread = async (of) => {
      const result = await reread(of);
      await slow.promise;
      return result;
    };
    await hand.wait(0.2);
    await save(FLOW('Press one.'));
    await hand.wait(4);
    expect(said(hand)).toContain('Press 1.');
    slow.resolve();
    await settle(hand);
    expect(windowText(hand)).toContain('- Press 1.\n  + Press one.');
  });
});
