import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeTerminal } from '../../test/phone/fake-terminal.ts';
import { settle } from '../../test/phone/hand.ts';
import { type PhoneStage, setStage } from '../../test/phone/stage.ts';
import { ms } from '../core/ids.ts';
import { openPhone } from './open-phone.tsx';
import type { PhoneSession } from './session.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const ENTERED = '\u001b[?1049h';
const LEFT = '\u001b[?1049l';
const CURSOR_SHOWN = '\u001b[?25h';

// Colours are wanted, whatever this test runs in.
vi.hoisted(() => {
  process.env['FORCE_COLOR'] = '1';
});

const changed = (session: PhoneSession, changes: Partial<PhoneSession>): PhoneSession =>
  Object.defineProperties({ ...session }, Object.getOwnPropertyDescriptors(changes)) as PhoneSession;

const stages: PhoneStage[] = [];
async function open(
  changes: (stage: PhoneStage) => Partial<PhoneSession> = () => ({}),
  options: Parameters<typeof createFakeTerminal>[0] = {},
) {
  const stage = await setStage(REMINDER, { answers: ['POST https://clinic.example/optouts => 200 ok'] });
  stages.push(stage);
  const fake = createFakeTerminal(options);
  const done = openPhone(changed(stage.session, changes(stage)), fake.terminal);
  done.catch(() => {});
  const says = (text: string) => vi.waitFor(() => expect(plain(fake.written())).toContain(text));
  const wait = async (seconds: number) => {
    await stage.clock.advance(ms(seconds * 1000));
    await settle(stage);
  };
  return { ...stage, fake, done, says, wait };
}

const plain = (text: string) => stripVTControlCharacters(text).replaceAll('\u00a0', ' ');

function expectRestored({ written, raw }: ReturnType<typeof createFakeTerminal>) {
  const text = written();
  expect(text).toContain(ENTERED);
  expect(text.lastIndexOf(LEFT)).toBeGreaterThan(text.lastIndexOf(ENTERED));
  expect(text.lastIndexOf(CURSOR_SHOWN)).toBeGreaterThan(text.lastIndexOf('\u001b[?25l'));
  expect(raw()).toBe(false);
}

afterEach(() => {
  for (const { finished } of stages.splice(0)) expect(finished()).toBeLessThanOrEqual(1);
});

describe('the phone on a terminal', () => {
  it('rings, is answered with a, takes 9, and is put away with q', async () => {
    const { fake, done, says, wait, store, session } = await open();
    await wait(0);
    await says('[a] answer');
    expect(fake.raw()).toBe(true);
    fake.type('a');
    await says('IN PROGRESS');
    await wait(5);
    fake.type('9');
    await vi.waitFor(async () => expect(await store.facts.about(session.facts.customer)).toHaveLength(1));
    await wait(8);
    await says('CALL OVER');
    fake.type('q');
    expect(await done).toBe(0);
    expectRestored(fake);
  });

  it('takes keys that arrive together', async () => {
    const { fake, done, says, wait } = await open();
    await wait(0);
    fake.type('a+9\t');
    await says('[WEB 0]');
    await says('2x');
    await wait(1);
    fake.type('q');
    expect(await done).toBe(0);
  });

  it('ends with 3 when the last call was refused', async () => {
    const { fake, done, says, wait } = await open();
    await wait(0);
    fake.type('a9');
    await wait(8);
    fake.type('r');
    await wait(0);
    await says('NOT CALLED');
    fake.type('q');
    expect(await done).toBe(3);
  });

  it('ends with what the session says when that is not 0', async () => {
    const { fake, done, wait } = await open(() => ({ finish: async () => 1 }));
    await wait(0);
    fake.type('\u0003');
    expect(await done).toBe(1);
    expectRestored(fake);
  });

  it('ends with 130 for Ctrl-C, a signal, and a closed terminal, with the call hung up', async () => {
    const ends: ((fake: ReturnType<typeof createFakeTerminal>) => void)[] = [
      (fake) => fake.type('\u0003'),
      (fake) => fake.events.emit('interrupt'),
      (fake) => fake.events.emit('gone'),
      (fake) => fake.terminal.stdin.push(null),
    ];
    for (const end of ends) {
      const { fake, done, says, wait } = await open();
      await wait(0);
      fake.type('a');
      await says('IN PROGRESS');
      end(fake);
      expect(await done).toBe(130);
      expectRestored(fake);
    }
  });

  it('does not crash when the terminal is gone and its mode cannot be set', async () => {
    const { fake, done, wait } = await open(() => ({}), { closed: true });
    await wait(0);
    fake.events.emit('interrupt');
    expect(await done).toBe(130);
  });

  it('restores the terminal when drawing fails, and lets the error out', async () => {
    const { fake, done } = await open(() => ({
      get title(): string {
        throw new Error('no title');
      },
    }));
    await expect(done).rejects.toThrow('no title');
    expectRestored(fake);
  });

  it('restores the terminal when a call cannot be placed, and lets the error out', async () => {
    const { fake, done } = await open(() => ({ dial: () => Promise.reject(new Error('no line')) }));
    await expect(done).rejects.toThrow('no line');
    expectRestored(fake);
  });

  it('restores the terminal before a crash is reported', async () => {
    const { fake, wait } = await open();
    await wait(0);
    fake.events.emit('crash');
    expectRestored(fake);
  });

  it('writes nothing while nothing moves', async () => {
    const { fake, done, says, wait } = await open();
    await wait(0);
    fake.type('a');
    await says('IN PROGRESS');
    fake.type(' ');
    await says('PAUSED');
    await wait(0);
    const before = fake.writes();
    await wait(30);
    expect(fake.writes()).toBe(before);
    fake.type('q');
    await done;
  });

  it('uses colour, and none when none is wanted', async () => {
    const screens: string[] = [];
    for (const colour of [true, false]) {
      const { fake, done, wait } = await open(() => ({}), { colour });
      await wait(0);
      fake.type('a9');
      await wait(8);
      fake.type('q');
      await done;
      screens.push(fake.written());
    }
    const [coloured, plainly] = screens;
    expect(coloured).toMatch(/\[3[0-7]m/);
    expect(plainly).not.toMatch(/\[(3[0-7]|9[0-7])m/);
  });
});
