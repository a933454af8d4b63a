import { describe, expect, it } from 'vitest';
import { atTheMenu, fork, pressed, type Stage, until } from '../../test/phone/forks.ts';
import { viewOf } from '../call/fold.ts';
import { momentsOf } from '../call/moments.ts';
import type { Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import { BrokenInvariant } from '../core/problem.ts';
import type { PhoneCall } from '../tui/session.ts';

/** Everything that a call could have left behind in the world. */
async function traces({ store, asked, sent, session }: Stage) {
  const known = await store.facts.about(session.facts.customer);
  const waiting = await store.outbox.due(ms(Number.MAX_SAFE_INTEGER), 100);
  return { known: known.length, waiting: waiting.length, asked: asked.length, sent: sent.length };
}

describe('a simulation', () => {
  it('leaves nothing behind: nothing is written, posted, sent or asked, even when 9 is pressed in it', async () => {
    const stage = await atTheMenu({ servers: ['GET /slots => 200 Monday', 'POST /optouts => 200'] });
    stage.phone.call.press('1');
    await stage.wait(5);
    const real = stage.phone.call.log.length;
    const untouched = await traces(stage);
    const simulation = fork(stage, until(stage.phone.call.log, pressed('1')));
    stage.phone.clock.pause();
    for (const key of ['1', '2', '9', '1', '9'] as const) {
      simulation.call.press(key);
      await stage.wait(4);
    }
    simulation.call.hangUp();
    await stage.wait(60);
    const view = viewOf(simulation.call.log);
    expect([view.requests.length, view.sms.length, view.optOuts.length]).toEqual([2, 1, 2]);
    expect(view.optOuts.map(({ result }) => result)).toEqual([{ fact: 'simulated-1' }, { fact: 'simulated-2' }]);
    expect(view.ended).toEqual({ by: 'caller' });
    expect(await traces(stage)).toEqual(untouched);
    expect(untouched).toEqual({ known: 0, waiting: 0, asked: 1, sent: 0 });
    expect(stage.phone.call.log).toHaveLength(real);
  });

  it('stands at the instant where it begins until it is resumed, and then goes on as the call did', async () => {
    const stage = await atTheMenu({ answers: ['GET /slots => 200 after 1500ms Monday'] });
    stage.phone.call.press('1');
    await stage.wait(3);
    const log = [...stage.phone.call.log];
    const early = log.slice(0, momentsOf(log)[3]);
    const simulation = stage.session.simulate({ log: early, flows: stage.phone.flows, recorded: log });
    stage.phone.clock.pause();
    await stage.wait(60);
    expect(simulation.clock.paused()).toBe(true);
    expect(simulation.clock.now()).toBe(early.at(-1)?.at);
    expect(simulation.call.log).toEqual(early);
    simulation.clock.resume();
    const press = log.find(({ e }) => pressed('1')(e))?.at ?? 0;
    await stage.wait((press - simulation.clock.now()) / 1000);
    simulation.call.press('1');
    await stage.wait(3);
    expect(simulation.call.log.slice(0, log.length)).toEqual(log);
  });

  it('may begin later than its log ends: what was due meanwhile happens at once', async () => {
    const stage = await atTheMenu();
    const log = [...stage.phone.call.log];
    const at = ms((log.at(-1)?.at ?? 0) + 60_000);
    const simulation = stage.session.simulate({ log, flows: stage.phone.flows, recorded: log, at });
    expect(simulation.clock.now()).toBe(at);
    simulation.clock.resume();
    await stage.wait(0);
    expect(simulation.call.log[log.length]).toMatchObject({ at, e: { type: 'timer.fired' } });
  });

  it('is not begun with a log that its flows do not know', async () => {
    const stage = await atTheMenu();
    const log = [...stage.phone.call.log];
    expect(() => fork(stage, log.slice(0, 5))).toThrow(BrokenInvariant);
    expect(() => fork(stage, log.slice(1))).toThrow(/without its beginning/);
  });

  it('rings where it was cut, and can be answered or declined there', async () => {
    const stage = await atTheMenu();
    const ringing = until(
      stage.phone.call.log,
      (e) => e.type === 'input' && e.input.type === 'leg.changed' && e.input.to === 'answered',
    );
    const [taken, refused] = [fork(stage, ringing), fork(stage, ringing)];
    taken.answer();
    refused.decline();
    expect([taken, refused].map(({ call }) => viewOf(call.log).status)).toEqual(['in-progress', 'busy']);
  });

  it('goes on with an agent who rings, and who talks', async () => {
    const stage = await atTheMenu({ agents: ['answer:20s'] });
    stage.phone.call.press('0');
    await stage.wait(60);
    const log = stage.phone.call.log;
    const changed = (to: string) => (e: Logged['e']) =>
      e.type === 'input' && e.input.type === 'leg.changed' && e.input.leg === 2 && e.input.to === to;
    for (const to of ['ringing', 'answered', 'completed']) {
      const simulation = fork(stage, until(log, changed(to)));
      await stage.wait(60);
      expect(simulation.call.log).toEqual(log);
    }
  });

  it('is gone when it is closed: nothing happens in it any more', async () => {
    const stage = await atTheMenu();
    const simulation = fork(stage, [...stage.phone.call.log]);
    simulation.call.press('9');
    const length = simulation.call.log.length;
    simulation.close();
    simulation.clock.resume();
    await stage.wait(60);
    expect(simulation.call.log).toHaveLength(length);
  });
});

describe('the do-not-call list of a simulation', () => {
  const smsResult = ({ call }: PhoneCall) => viewOf(call.log).sms.at(-1)?.result;

  it('does not know what the call did only later', async () => {
    const stage = await atTheMenu();
    stage.phone.call.press('9');
    await stage.wait(3);
    expect(await stage.store.facts.about(stage.session.facts.customer)).toHaveLength(1);
    const simulation = fork(stage, until(stage.phone.call.log, pressed('9')));
    simulation.call.press('2');
    await stage.wait(1);
    expect(smsResult(simulation)).toEqual({ sid: `sms${'1'.padStart(29, '0')}` });
  });

  it('knows what was done before, also in the simulation that it leaves', async () => {
    const stage = await atTheMenu();
    const first = fork(stage, [...stage.phone.call.log]);
    first.call.press('9');
    await stage.wait(2);
    const second = fork(stage, [...first.call.log]);
    second.call.press('2');
    await stage.wait(1);
    expect(smsResult(second)).toEqual({ refused: expect.stringContaining('do-not-call list since') });
  });
});
