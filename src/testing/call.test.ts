import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { inTempFolder } from '../../test/kit/cli.ts';
import { ROOT } from '../../test/source-files.ts';
import { assertThat, CallFailure, call } from '../testing.ts';
import './vitest.ts';

const REMINDER = join(ROOT, 'flows/appointment-reminder');
const asha = { to: '9876543210', contact: { name: 'Asha' } };

/** What a test that fails would show. */
const failing = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('it did not fail');
};

describe('call', () => {
  it('answers, hears the prompts out, presses, and runs to the end', async () => {
    const c = await call(REMINDER, asha);
    expect(c.view().status).toBe('in-progress');
    expect(c.heard()).toBe('');
    await c.press('9');
    expect(c.heard()).toBe(
      'Hello Asha, your appointment is tomorrow at 3 PM.\nPress 1 to confirm, press 2 to reschedule, or press 9 to stop receiving these calls.',
    );
    expect(c).toHaveOptedOut({ key: '9', scope: 'all', number: '98765 43210' });
    expect(c.facts()).toMatchObject([{ number: '+919876543210', source: 'key-press' }]);
    await c.end();
    expect(c).toHaveHeard('You have been removed');
    expect(c).toHaveEndedAt('bye');
    expect(c).toHavePosted('https://clinic.example/*', { key: '9', number: '+919876543210' });
    expect(c).not.toHaveSentSms();
    expect(c).toMeet({ status: 'completed', 'ended by': 'flow', digits: '9', visited: ['welcome', 'menu'], goals: [] });
    expect(c.log().at(-1)?.e.type).toBe('ended');
  });

  it('presses into a prompt, and knows how far it was heard', async () => {
    const c = await call(REMINDER, asha);
    await c.wait('2s');
    expect(c.heard()).toBe('Hello Asha, your appointment is');
    await c.press('!2');
    await c.hear('We will call');
    await c.end();
    expect(c).not.toHaveHeard('tomorrow');
    expect(c).not.toHaveHeard('Press 1 to confirm');
    expect(c).toHaveSentSms('https://clinic.example/r');
    expect(c).toHaveSentSms({ to: '9876543210', text: /^Pick a new slot/ });
  });

  it('stands still between two lines, whatever time they take', async () => {
    vi.useFakeTimers();
    try {
      const c = await call(REMINDER, asha);
      await c.wait(500);
      const [events, heard] = [c.log().length, c.heard()];
      await Promise.resolve();
      expect([c.log().length, c.heard()]).toEqual([events, heard]);
      await c.hangUp();
      expect(c.view().ended).toEqual({ by: 'caller' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('hears the same words again only when they are said again', async () => {
    const c = await call(REMINDER, asha);
    await c.hear('press 9');
    const first = c.view().lines.length;
    await c.hear('press 9');
    expect(c.view().lines.length).toBeGreaterThan(first);
    await c.hear(/press \d to stop/u);
    await expect(c.hear('press 9')).rejects.toThrow(/hear "press 9": it was heard at .*before this step/);
  });

  it('takes answers as a scenario writes them, and as they are typed', async () => {
    const flow = join(ROOT, 'flows/balance-passthru');
    const url = 'http://127.0.0.1:8790/balance';
    const typed = await call(flow, { answers: [`GET ${url} => 200 512 rupees`] });
    const written = await call(flow, { http: [{ url, status: 404 }] });
    for (const c of [typed, written]) await c.end();
    expect(typed).toHaveHeard('512 rupees');
    expect(written).toHaveHeard('cannot read your balance');
    expect(typed).toMeet({ goals: 'balance', requests: [{ url, params: { CallStatus: 'in-progress' } }] });
  });

  it('has agents, a busy callee, a clock and a do-not-call list', async () => {
    const desk = await call(join(ROOT, 'flows/office-hours'), { inbound: true, at: '2026-11-28T14:00' });
    await desk.at('message');
    assertThat(desk).toHaveHeard('We are closed now.');
    const busy = await call(REMINDER, { ...asha, callee: 'busy' });
    assertThat(busy).toMeet({ status: 'busy' });
    await expect(busy.press('1')).rejects.toThrow('press 1: nobody answered: busy');
    const refused = await call(REMINDER, { ...asha, dnc: ['9876543210'] });
    expect(refused.refused).toMatch(/do-not-call list/);
    expect(refused).toMeet({ status: 'refused' });
    await expect(refused.hangUp()).rejects.toThrow(/hang up: it was refused: .*do-not-call list/);
  });

  it('fails at a request that nothing answers, and says how to answer it', async () => {
    const c = await call(join(ROOT, 'flows/balance-url'));
    await expect(c.end()).rejects.toThrow(/HEAD http:\/\/127.0.0.1:8790\/balance was asked. Answer it: \{ http: /);
  });

  it('fails, with the transcript, when the call is over before what is waited for', async () => {
    const c = await call(REMINDER, { ...asha, callee: 'hangup:2s' });
    const failure = await c.press('1').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CallFailure);
    expect(String(failure)).toMatch(/press 1: the call was over.*welcome[\s\S]*0:03 +welcome +Hello Asha/);
    await expect(c.at('menu')).rejects.toThrow(/at menu: the caller never came there, but went welcome/);
  });

  it('tells what is wrong with a flow or an option', async () => {
    await expect(call('flows/no-such-flow')).rejects.toThrow('no-such-flow');
    await expect(call(REMINDER, { calee: 'busy' } as never)).rejects.toThrow(
      'there is no option "calee". Did you mean "callee"?',
    );
    await expect(call(REMINDER, { http: [{ url: '*', stauts: 200 } as never] })).rejects.toThrow('stauts');
    await expect(call(REMINDER, { timeLimit: 'soon' })).rejects.toThrow('timeLimit: "soon" is not a duration');
    await expect(call(REMINDER, { answers: ['what'] })).rejects.toThrow('answers: "what"');
    const c = await call(REMINDER);
    await expect(c.press('confirm')).rejects.toThrow('"confirm" is no key');
    await expect(c.wait('long')).rejects.toThrow('"long" is no duration');
  });

  it('loads a flow again once its file has changed, and takes file: addresses', async () => {
    await inTempFolder(async (folder) => {
      mkdirSync(join(folder, 'sub'));
      const file = join(folder, 'sub/flow.xml');
      const say = (text: string) =>
        writeFileSync(
          file,
          `<Flow name="f" start="a" class="T"><Greeting id="a" next="b"><Say>${text}</Say></Greeting><Hangup id="b"/></Flow>`,
        );
      for (const text of ['First.', 'And now the second.']) {
        say(text);
        const c = await call(pathToFileURL(file));
        await c.end();
        expect(c).toHaveHeard(text);
      }
    });
  });
});

describe('a matcher that fails', () => {
  it('tells what was expected, what was, and the call', async () => {
    const c = await call(REMINDER, asha);
    await c.press('1');
    expect(failing(() => expect(c).toHaveEndedAt('bye'))).toContain('the call is not over: await call.end()');
    await c.end();
    const told = [
      failing(() => expect(c).toHaveOptedOut()),
      failing(() => expect(c).toHaveHeard('You have been removed')),
      failing(() => expect(c).toHaveEndedAt('removed')),
      failing(() => expect(c).toHaveSentSms('x')),
      failing(() => expect(c).toHavePosted()),
      failing(() => expect(c).not.toHaveHeard('Thank you')),
      failing(() => assertThat(c).toMeet({ goals: 'sold', digits: '2' })),
      failing(() => assertThat(c).not.toHaveHeard('Thank you')),
    ];
    for (const one of told) expect(one).toMatch(/ +menu +key 1/);
    expect(told.map((one) => one.split('\n\n')[0])).toMatchInlineSnapshot(`
      [
        "expected DNC {}
        but no opt-out was recorded",
        "expected heard "You have been removed"
        but it was never heard; the last words were "Thank you for confirming."",
        "expected ended at: removed
        but the caller ended at bye, by welcome > menu > confirmed > bye",
        "expected SMS "x"
        but sent: none",
        "expected webhook  {}
        but posted: none",
        "expected the call not to have heard Thank you",
        "expected digits: 2
        but the digits were "1"
      expected goal sold reached
        but reached: confirmed",
        "expected the call not to have heard Thank you",
      ]
    `);
  });

  it('is said of a call only', () => {
    expect(() => assertThat({} as never).toHaveHeard('x')).toThrow('This is said of a call');
  });
});
