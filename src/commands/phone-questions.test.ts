import { describe, expect, it } from 'vitest';
import { answered, atTheMenu, fork, pressed, saved, until } from '../../test/phone/forks.ts';
import { viewOf } from '../call/fold.ts';
import type { Logged } from '../core/event.ts';

const wasAnswered = (e: Logged['e']) => e.type === 'input' && e.input.type === 'fetch.answered';

describe('the servers of a simulation', () => {
  it('say again what they said, in its order, and the last for good', async () => {
    const stage = await atTheMenu({ answers: ['GET /slots => 200 Monday'] });
    const { call } = stage.phone;
    call.press('1');
    await stage.wait(4);
    stage.phone.breakNext(answered('Tuesday', 1500));
    expect(stage.phone.broken()).toEqual(answered('Tuesday', 1500));
    call.press('1');
    await stage.wait(6);
    const simulation = fork(stage, until(call.log, pressed('1')));
    for (const day of ['Monday', 'Tuesday', 'Tuesday']) {
      simulation.call.press('1');
      await stage.wait(6);
      expect(saved(simulation)).toBe(day);
    }
    expect(simulation.question()).toBeUndefined();
  });

  it('answer a request that was under way when they did', async () => {
    const stage = await atTheMenu({ answers: ['GET /slots => 200 after 1500ms Monday'] });
    stage.phone.call.press('1');
    await stage.wait(1);
    const log = [...stage.phone.call.log];
    await stage.wait(3);
    const whole = stage.phone.call.log;
    const simulation = fork(stage, log);
    await stage.wait(1.6);
    expect(simulation.call.log[log.length]).toEqual(whole[log.length]);
    expect(saved(simulation)).toBe('Monday');
  });

  it('say something else when an answer was edited', async () => {
    const stage = await atTheMenu({ answers: ['GET /slots => 200 Monday'] });
    stage.phone.call.press('1');
    await stage.wait(1);
    const { requests } = viewOf(stage.phone.call.log);
    const edited = { id: requests[0]?.id ?? 0, gives: answered('Friday') };
    const simulation = fork(stage, until(stage.phone.call.log, wasAnswered), { edited });
    await stage.wait(1);
    expect(saved(simulation)).toBe('Friday');
    expect(saved(stage.phone)).toBe('Monday');
  });

  it('do what rules say where there is no record', async () => {
    const stage = await atTheMenu({ answers: ['GET /slots => 200 Monday'] });
    const simulation = fork(stage, [...stage.phone.call.log]);
    simulation.call.press('1');
    await stage.wait(1);
    expect(saved(simulation)).toBe('Monday');
  });

  it('can be broken', async () => {
    const stage = await atTheMenu({ answers: ['GET /slots => 200 Monday'] });
    const simulation = fork(stage, [...stage.phone.call.log]);
    simulation.breakNext({ type: 'refused' });
    simulation.call.press('1');
    await stage.wait(1);
    expect(JSON.stringify(simulation.call.log)).toContain('clinic.example refused the connection, as you wanted');
    expect(stage.phone.broken()).toBeUndefined();
  });
});

describe('a question that no record answers', () => {
  async function asked() {
    const stage = await atTheMenu({ servers: ['GET /slots => 200 Monday'] });
    const simulation = fork(stage, [...stage.phone.call.log]);
    let heard = 0;
    simulation.onQuestion(() => heard++);
    simulation.call.press('1');
    const question = simulation.question();
    if (!question) throw new Error('no question');
    return { ...stage, simulation, question, heard: () => heard };
  }

  it('waits for the person while time stands still, and takes what they say', async () => {
    const { simulation, question, heard, wait, asked: reached } = await asked();
    expect(question.request).toMatchObject({
      method: 'GET',
      url: expect.stringContaining('https://clinic.example/slots?CallSid='),
    });
    expect(heard()).toBe(1);
    const { length } = simulation.call.log;
    const now = simulation.clock.now();
    await wait(60);
    expect([simulation.clock.now(), simulation.call.log.length]).toEqual([now, length]);
    question.reply(answered('Sunday', 2000));
    expect([simulation.question(), heard()]).toEqual([undefined, 2]);
    question.reply(answered('never', 0));
    await wait(3);
    expect(saved(simulation)).toBe('Sunday');
    expect(reached).toEqual([]);
  });

  it('is asked of the server itself, once, when the person says so', async () => {
    const { simulation, question, wait, asked: reached } = await asked();
    question.reply('ask the server');
    await wait(1);
    expect(saved(simulation)).toBe('Monday');
    expect(reached).toEqual([question.request]);
  });

  it('is forgotten with its simulation', async () => {
    const { simulation, question, wait, asked: reached } = await asked();
    simulation.close();
    expect(simulation.question()).toBeUndefined();
    question.reply('ask the server');
    await wait(1);
    expect(reached).toEqual([]);
  });
});
