import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectRestored, type FakeTerminal } from '../../test/phone/fake-terminal.ts';
import { type OpenOptions, openOnFake } from '../../test/phone/opened.ts';
import type { PhoneStage } from '../../test/phone/stage.ts';

// Colours are wanted, whatever this test runs in.
vi.hoisted(() => {
  process.env['FORCE_COLOR'] = '1';
});

const stages: PhoneStage[] = [];
async function open(options: OpenOptions = {}) {
  const opened = await openOnFake(options);
  stages.push(opened);
  return opened;
}

afterEach(() => {
  for (const { finished } of stages.splice(0)) expect(finished()).toBeLessThanOrEqual(1);
});

/** Everything a program may say to a terminal that this phone does say: drawing, modes and the clipboard. */
const OWN = new RegExp(
  [
    '\u001b\\[[\\d;]*[ABCDEGHJKm]',
    '\u001b\\[\\?(?:1049|25|2026|1000|1006|2004)[hl]',
    '\u001b\\]52;c;[A-Za-z0-9+/=]*\u0007',
    '\n',
  ].join('|'),
  'g',
);

describe('the phone on a terminal', () => {
  it('rings, is answered with a, takes 9, and is put away with q', async () => {
    const { fake, done, says, wait, store, session } = await open();
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
    fake.type('a+9\t');
    await says('[WEB 0]');
    await says('2x');
    await wait(1);
    fake.type('q');
    expect(await done).toBe(0);
  });

  it('ends with 3 when the last call was refused', async () => {
    const { fake, done, says, wait } = await open();
    fake.type('a9');
    await wait(8);
    fake.type('r');
    await wait(0);
    await says('NOT CALLED');
    fake.type('q');
    expect(await done).toBe(3);
  });

  it('ends with what the session says when that is not 0', async () => {
    const { fake, done } = await open({ session: () => ({ finish: async () => 1 }) });
    fake.type('\u0003');
    expect(await done).toBe(1);
    expectRestored(fake);
  });

  it('ends with 130 for Ctrl-C, a signal, and a closed terminal, with the call hung up', async () => {
    const ends: ((fake: FakeTerminal) => void)[] = [
      (fake) => fake.type('\u0003'),
      (fake) => fake.events.emit('interrupt', 'SIGINT'),
      (fake) => fake.events.emit('gone'),
      (fake) => fake.terminal.stdin.push(null),
    ];
    for (const end of ends) {
      const { fake, done, says } = await open();
      fake.type('a');
      await says('IN PROGRESS');
      end(fake);
      expect(await done).toBe(130);
      expectRestored(fake);
    }
  });

  it('does not crash when the terminal is gone and its mode cannot be set', async () => {
    const { fake, done } = await open({ closed: true });
    fake.events.emit('interrupt', 'SIGHUP');
    expect(await done).toBe(130);
  });

  it('restores the terminal when drawing fails, and lets the error out', async () => {
    const { fake, done } = await open({
      session: () => ({
        get title(): string {
          throw new Error('no title');
        },
      }),
    });
    await expect(done).rejects.toThrow('no title');
    expectRestored(fake);
  });

  it('restores the terminal when a call cannot be placed, and lets the error out', async () => {
    const { fake, done } = await open({ session: () => ({ dial: () => Promise.reject(new Error('no line')) }) });
    await expect(done).rejects.toThrow('no line');
    expectRestored(fake);
  });

  it('restores the terminal before a crash is reported', async () => {
    const { fake } = await open();
    fake.events.emit('crash');
    expectRestored(fake);
  });

  it('writes nothing while nothing moves', async () => {
    const { fake, done, says, wait } = await open();
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

  it('writes only the lines that changed', async () => {
    const { says, type, wait, since, text, bytes } = await open();
    await type('a ');
    await says('PAUSED');
    await wait(1);
    since();
    await type('+');
    await says('2x');
    expect(text()).not.toContain('Hello Asha');
    expect(text()).not.toContain('quit');
    expect(bytes()).not.toContain('\u001b[2J');
    expect(bytes().length).toBeLessThan(400);
  });

  it('draws everything anew when the window gets another size', async () => {
    const { fake, type, says, since, text, wait } = await open();
    await type('a');
    await wait(2);
    for (const [columns, rows] of [
      [140, 40],
      [59, 20],
      [10, 3],
      [80, 24],
    ] as const) {
      since();
      fake.resize(columns, rows);
      await says(columns < 20 ? 'Please' : 'Hello Asha');
      expect(text()).not.toContain('\ufffd');
    }
    fake.type('q');
  });

  it('uses colour, others on a light background, and none when none is wanted', async () => {
    const screens: string[] = [];
    for (const options of [{}, { background: 'light' }, { colour: false }] as const) {
      const { fake, done, wait } = await open(options);
      fake.type('a9');
      await wait(8);
      fake.type('q');
      await done;
      screens.push(fake.written());
    }
    const [dark, light, plainly] = screens;
    expect(dark).toMatch(/\[3[0-7]m/);
    expect(light).not.toBe(dark);
    expect(plainly).not.toMatch(/\[(3[0-8]|9[0-7])[;m]/);
    for (const screen of screens) expect(screen).toContain('\u001b[1m');
  });

  it('says nothing to the terminal but its own words, whatever a name or a server holds', async () => {
    const evil = '\u001b[31m\u001b[2J\u001b]0;x\u0007\u001b]52;c;ZXZpbA==\u0007\u009b?1049l\u0090q\u001b\\';
    const { fake, done, type, wait, says } = await open({ stage: { variables: { name: evil } } });
    for (const [keys, shown] of [
      ['a', '␛[31m'],
      ['\t', '[WEB 0]'],
      ['\t\t\t', '[DNC 0]'],
      ['[[', 'PAST'],
      ['9', 'SIMULATION'],
      ['?', 'every key'],
    ] as const) {
      await type(keys);
      await wait(3);
      await says(shown);
    }
    fake.type('\u0003');
    await done;
    const rest = fake.written().replaceAll(OWN, '');
    expect(rest).not.toMatch(/\p{Cc}/u);
    expect(fake.written()).not.toContain('ZXZpbA==\u0007');
  });
});
