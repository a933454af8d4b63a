import { describe, expect, it } from 'vitest';
import { pickUp } from '../../test/phone/hand.ts';
import { type KeyNow, keysNow, type Lead, whenWaitEnds } from './next.ts';
import type { CallState } from './state.ts';

const flow = (applets: string, start = 'ask') =>
  `<?xml version="1.0"?><Flow name="f" start="${start}" class="T">${applets}<Hangup id="bye"/></Flow>`;

const MENU = flow(`
  <IvrMenu id="ask" timeout="5s" tries="3" noInput="bye"><Say>Press 1.</Say>
    <Invalid><Say>No.</Say></Invalid><Key digit="1" next="one"/><Key digit="3" next="bye"/></IvrMenu>
  <Greeting id="one" next="bye"><Say>One.</Say></Greeting>`);

async function talk(xml: string, options = {}) {
  const hand = await pickUp(xml, options);
  const state = (): CallState => {
    const { at } = hand.phone.get();
    if (at.page !== 'call') throw new Error(at.page);
    return at.shown.state;
  };
  return { ...hand, state };
}

const place = (lead: Lead | undefined) => (lead?.to?.type === 'applet' ? lead.to.id : lead?.to?.type);
const tell = (keys: readonly KeyNow[]) =>
  Object.fromEntries(keys.map(({ digit, was, lead }) => [digit, [was, place(lead)].filter(Boolean).join(' ')]));

describe('what keys do now', () => {
  it('follows a menu from key to applet, and says which keys are not offered', async () => {
    const { state } = await talk(MENU);
    const keys = tell(keysNow(state()));
    expect(keys).toMatchObject({ '1': 'taken one', '3': 'taken bye', '2': 'not-offered', '#': 'not-offered' });
    const one = keysNow(state()).find(({ digit }) => digit === '1')?.lead?.to;
    expect(one).toEqual({ type: 'applet', id: 'one', title: 'Greeting', summary: '"One."' });
  });

  it('shows where keys will lead while the prompt cannot be interrupted', async () => {
    const { state, wait } = await talk(MENU.replace('tries="3"', 'bargeIn="false"'));
    expect(tell(keysNow(state()))).toMatchObject({ '1': 'one', '2': '' });
    await wait(2);
    expect(tell(keysNow(state()))).toMatchObject({ '1': 'taken one', '2': 'not-offered' });
  });

  it('knows typing, the finish key, and the last key of a number', async () => {
    const { state, press } = await talk(
      flow('<Gather id="ask" digits="2" accept="1-24" next="bye" invalid="bye"><Say>How many?</Say></Gather>'),
    );
    expect(tell(keysNow(state()))).toMatchObject({ '7': 'taken', '#': 'finish' });
    await press('2');
    expect(tell(keysNow(state()))).toMatchObject({ '4': 'taken bye', '#': 'finish' });
  });

  it('knows greetings that are skipped, that forward, and that do not listen', async () => {
    const greet = (dtmf: string) => flow(`<Greeting id="ask" dtmf="${dtmf}" next="bye"><Say>Hello there.</Say></Greeting>`);
    for (const [dtmf, was] of [
      ['skip', 'skipped'],
      ['forward', 'forwarded'],
      ['ignore', ''],
    ] as const) {
      const { state } = await talk(greet(dtmf));
      expect(tell(keysNow(state()))).toMatchObject({ '5': was });
    }
  });

  it('reads a menu that a server wrote', async () => {
    const url = 'https://s.example/menu';
    const { state, wait } = await talk(MENU.replace('tries="3"', `tries="3" url="${url}"`), {
      answers: [`GET ${url} => 200 after 1s Press one now.`],
    });
    expect(tell(keysNow(state()))).toMatchObject({ '1': 'one' });
    await wait(3);
    expect(tell(keysNow(state()))).toMatchObject({ '1': 'taken one' });
  });

  it('is silent before the answer and after the end', async () => {
    const { state, phone, wait } = await talk(MENU, { ringing: true });
    expect(keysNow(state()).every(({ was, lead }) => !was && !lead)).toBe(true);
    phone.decline();
    await wait(1);
    expect(keysNow(state()).every(({ was, lead }) => !was && !lead)).toBe(true);
  });
});

describe('what silence brings', () => {
  it('counts the tries of a menu, and where they end', async () => {
    const { state, wait } = await talk(MENU);
    expect(whenWaitEnds(state())).toBeUndefined();
    await wait(2);
    const atLast = { exit: 'noInput', to: { type: 'applet', id: 'bye', title: 'Hangup', summary: 'ends the call' } };
    expect(whenWaitEnds(state())).toEqual({ type: 'again', nth: 2, of: 3, atLast });
    await wait(6.5);
    expect(whenWaitEnds(state())).toEqual({ type: 'again', nth: 3, of: 3, atLast });
    await wait(6.5);
    expect(whenWaitEnds(state())).toEqual({ type: 'leaves', lead: atLast });
  });

  it('counts a wrong key as a try', async () => {
    const { state, wait, press } = await talk(MENU);
    await press('7');
    await wait(3);
    expect(whenWaitEnds(state())).toMatchObject({ type: 'again', nth: 3, of: 3 });
  });

  it('judges what was typed so far', async () => {
    const gather = flow(
      '<Gather id="ask" digits="3" tries="2" accept="1-24" next="good" invalid="bye" noInput="bye"><Say>How many?</Say></Gather><Greeting id="good" next="bye"><Say>Good.</Say></Greeting>',
    );
    const { state, press } = await talk(gather);
    await press('9');
    expect(whenWaitEnds(state())).toMatchObject({ type: 'leaves', lead: { exit: 'next', to: { id: 'good' } } });
    await press('9');
    expect(whenWaitEnds(state())).toMatchObject({ type: 'again', nth: 2, of: 2 });
  });

  it('names an exit that leads nowhere', async () => {
    const { state, wait } = await talk(MENU.replace('tries="3" noInput="bye"', 'tries="1"'));
    await wait(2);
    expect(whenWaitEnds(state())).toEqual({ type: 'leaves', lead: { exit: 'noInput' } });
  });

  it('is never wrong: what it says is what happens', async () => {
    const { state, wait, phone } = await talk(MENU);
    await wait(2);
    for (let rounds = 0; rounds < 4; rounds++) {
      const said = whenWaitEnds(state());
      if (!said) break;
      const entered = state().stand?.node.id;
      await wait(6.5);
      if (said.type === 'again') expect(state().stand?.node.id).toBe(entered);
      else expect(phone.get().at).toMatchObject({ shown: { view: { ended: { by: 'flow', node: 'bye' } } } });
    }
    expect(state().phase).toBe('ended');
  });
});
