import { describe, expect, it } from 'vitest';
import { expectRestored } from '../../test/phone/fake-terminal.ts';
import { type OpenOptions, openOnFake } from '../../test/phone/opened.ts';

const ENTERED = '\u001b[?1049h';
const MOUSE_ON = '\u001b[?1000h\u001b[?1006h';
const BALANCE = 'flows/balance-url/flow.xml';

async function onCall(options: OpenOptions = {}) {
  const opened = await openOnFake(options);
  await opened.type('a');
  await opened.wait(1);
  await opened.says('10:00:01');
  return opened;
}

describe('a phone that is stopped with Ctrl-Z', () => {
  it('gives the terminal back, and comes back with the same call, for which no time has passed', async () => {
    const { fake, done, type, wait, says, since, bytes, text } = await onCall();
    await type('\u001a');
    expect(fake.stops()).toBe(1);
    expectRestored(fake);
    since();
    await wait(600);
    expect(bytes()).toBe('');
    fake.events.emit('continue');
    await says('IN PROGRESS 0:01');
    expect(bytes()).toContain(ENTERED);
    expect(bytes()).toContain(MOUSE_ON);
    expect(text()).toContain('Hello Asha');
    expect(fake.raw()).toBe(true);
    await wait(2);
    await says('0:03');
    fake.type('q');
    expect(await done).toBe(0);
    expectRestored(fake);
  });

  it('does so too when it is the shell that asks, and as often as it asks', async () => {
    const { fake, done, wait, says, since } = await onCall();
    for (const nth of [1, 2, 3]) {
      fake.events.emit('suspend');
      await wait(0);
      expect(fake.stops()).toBe(nth);
      expectRestored(fake);
      since();
      fake.events.emit('continue');
      await wait(0);
      await says('Hello Asha');
    }
    fake.type('q');
    expect(await done).toBe(0);
  });

  it('ends without its screen when it is ended meanwhile', async () => {
    const { fake, done, type, since, bytes } = await onCall();
    await type('\u001a');
    since();
    fake.events.emit('interrupt', 'SIGTERM');
    fake.events.emit('continue');
    expect(await done).toBe(130);
    expect(bytes()).not.toContain(ENTERED);
    expectRestored(fake);
  });

  it('draws itself anew when it was stopped without being asked', async () => {
    const { fake, says, since, bytes, wait } = await onCall();
    since();
    fake.events.emit('resume');
    await wait(0);
    await says('Hello Asha');
    expect(fake.stops()).toBe(0);
    expect(bytes()).toContain(ENTERED);
    expect(fake.raw()).toBe(true);
    fake.type('q');
  });
});

describe('a terminal that was lent to an editor', () => {
  function editing() {
    const edited = Promise.withResolvers<string | undefined>();
    const places: string[] = [];
    const edit = (place: { file: string }) => {
      places.push(place.file);
      return edited.promise;
    };
    return { places, close: () => edited.resolve(undefined), session: () => ({ edit }) };
  }

  it('is as it was while the editor is open, and the call goes on when it is closed', async () => {
    const { places, close, session } = editing();
    const { fake, done, type, wait, says, since, bytes } = await onCall({ session });
    await type('o');
    expect(places).toHaveLength(1);
    expectRestored(fake);
    since();
    await wait(60);
    expect(bytes()).toBe('');
    close();
    await wait(0);
    await says('IN PROGRESS 0:01');
    fake.type('q');
    expect(await done).toBe(0);
  });

  it('keeps the Ctrl-C that is meant for the editor away from the phone, and ends when it is told to', async () => {
    const { close, session } = editing();
    const { fake, done, type, wait, says } = await onCall({ session });
    await type('o');
    fake.events.emit('interrupt', 'SIGINT');
    await wait(0);
    expect(fake.raw()).toBe(false);
    close();
    await wait(0);
    await says('IN PROGRESS 0:01');
    await type('o');
    fake.events.emit('interrupt', 'SIGTERM');
    expect(await done).toBe(130);
  });

  it('is stopped together with the editor', async () => {
    const { session } = editing();
    const { fake, type, wait } = await onCall({ session });
    await type('o');
    fake.events.emit('suspend');
    await wait(0);
    expect(fake.stops()).toBe(1);
    fake.events.emit('continue');
    await wait(0);
    expect(fake.raw()).toBe(false);
  });
});

describe('the mouse and the clipboard', () => {
  it('are used by reports that the terminal writes between keys, even in pieces', async () => {
    const { fake, done, type, says, bytes } = await openOnFake();
    expect(bytes()).toContain(MOUSE_ON);
    await type('+\u001b[<0;3;2');
    await type('4M');
    await says('IN PROGRESS');
    await says('2x');
    await type('\u001b[<0;3;24m\u001b[<35;7;7M');
    fake.type('q');
    expect(await done).toBe(0);
    expectRestored(fake);
  });

  it('are left to the terminal with m, and taken again', async () => {
    const { fake, type, since, bytes } = await onCall();
    since();
    await type('m');
    expect(bytes()).toContain('\u001b[?1000l');
    await type('\u001a');
    since();
    fake.events.emit('continue');
    await type('');
    expect(bytes()).not.toContain('\u001b[?1000h');
    await type('m');
    expect(bytes()).toContain(MOUSE_ON);
    fake.type('q');
  });

  it('get a web request as a curl command, in base64, within the frame', async () => {
    const { fake, type, wait, says, since, bytes } = await openOnFake({
      flow: BALANCE,
      stage: { answers: ['GET */balance* => 200 Your balance is 10 rupees.'] },
    });
    await type('a');
    await wait(1);
    await says('IN PROGRESS');
    since();
    await type('y');
    const [, copied = ''] = /\]52;c;([A-Za-z0-9+/=]*)/.exec(bytes()) ?? [];
    expect(Buffer.from(copied, 'base64').toString()).toMatch(/^curl .*balance/);
    fake.type('q');
  });

  it('type what is pasted only where somebody writes', async () => {
    const { fake, done, type, wait, says } = await onCall();
    await type('\u001b[200~q\r\u0003\u001b[201~');
    await says('no number to dial');
    await type('\u001b');
    await wait(0.1);
    fake.type('q');
    expect(await done).toBe(0);
  });
});
