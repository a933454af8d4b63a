import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { ms } from '../core/ids.ts';
import { createSieve, hear, Keyboard, type Typed } from './typed.ts';

const ESC = '\u001b';
const press = { mouse: { type: 'press', x: 9, y: 4 } };

/** Everything a sieve makes of pieces; keys that follow each other are joined. */
function sieved(...pieces: string[]): Typed[] {
  const sieve = createSieve();
  const all = [...pieces.flatMap((piece) => sieve.push(piece)), ...sieve.flush()];
  const out: Typed[] = [];
  for (const one of all) {
    const last = out.at(-1);
    if (last && 'keys' in last && 'keys' in one) out[out.length - 1] = { keys: last.keys + one.keys };
    else out.push(one);
  }
  return out;
}

describe('what comes from a terminal', () => {
  it('is keys, clicks, turns of the wheel, and pasted text, in their order', () => {
    expect(sieved(`a9${ESC}[<0;10;5M${ESC}[<0;10;5mb${ESC}[A${ESC}[<64;1;1M${ESC}[200~q\rx${ESC}[201~${ESC}`)).toEqual([
      { keys: 'a9' },
      press,
      { keys: `b${ESC}[A` },
      { mouse: { type: 'wheel-up', x: 0, y: 0 } },
      { paste: 'q\rx' },
      { keys: ESC },
    ]);
  });

  it('is the same however it is cut into pieces', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('a', '9', '[', ESC, `${ESC}[A`, `${ESC}[<0;10;5M`, `${ESC}[<0;10;5m`, `${ESC}[<65;3;200M`, `${ESC}OP`),
          fc.constantFrom(`${ESC}[M !!`, `${ESC}[200~line\rline${ESC}[201~`, `${ESC}[200~${ESC}[201~`, 'नमस्ते', `${ESC}[2~`),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(80), { maxLength: 6 }), (whole, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, i) => whole.slice(at[i], end));
        expect(sieved(...pieces)).toEqual(sieved(whole));
      }),
    );
  });

  it.each([
    ['a release', `${ESC}[<0;10;5m`],
    ['the middle button', `${ESC}[<1;10;5M`],
    ['a movement', `${ESC}[<35;10;5M`],
    ['a report of the old kind', `${ESC}[M !!`],
  ])('has no use for %s', (_, report) => {
    expect(sieved(report)).toEqual([]);
  });

  it('takes a press for a press whatever else is held down', () => {
    expect(sieved(`${ESC}[<16;10;5M`)).toEqual([press]);
  });
});

describe('a terminal that is listened to', () => {
  function listen() {
    const stdin = new PassThrough() as unknown as NodeJS.ReadStream;
    const clock = createVirtualClock(ms(0));
    const every = (wait: number, tick: () => void) => clock.alarm(ms(clock.now() + wait), tick);
    const heard: Typed[] = [];
    const stop = hear(stdin, every, (typed) => heard.push(typed));
    const type = async (text: string) => {
      (stdin as unknown as PassThrough).write(text);
      await new Promise((soon) => setImmediate(soon));
    };
    return { heard, stop, type, wait: (time: number) => clock.advance(ms(time)) };
  }

  it('takes a lone escape for the key when nothing follows at once', async () => {
    const { heard, type, wait } = listen();
    await type(ESC);
    expect(heard).toEqual([]);
    await wait(25);
    expect(heard).toEqual([{ keys: ESC }]);
  });

  it('puts a report together that came in pieces', async () => {
    const { heard, type, wait } = listen();
    await type(ESC);
    await wait(24);
    await type('[<0;10');
    await wait(24);
    await type(';5M9');
    expect(heard).toEqual([press, { keys: '9' }]);
    await wait(1000);
    expect(heard).toHaveLength(2);
  });

  it('takes what was pasted so far when its end never comes, and hears keys again', async () => {
    const { heard, type, wait } = listen();
    await type(`${ESC}[200~half`);
    await wait(500);
    await type('q');
    expect(heard).toEqual([{ paste: 'half' }, { keys: 'q' }]);
  });

  it('is silent once nobody listens, even for what came together', async () => {
    const { heard, stop, type, wait } = listen();
    await type('a');
    await type(ESC);
    stop();
    await type('b');
    await wait(1000);
    expect(heard).toEqual([{ keys: 'a' }]);
  });
});

describe('a keyboard for Ink', () => {
  it('has what was typed at once, piece by piece, and then nothing', () => {
    const keyboard = new Keyboard();
    const read: unknown[] = [];
    keyboard.on('readable', () => {
      for (let piece = keyboard.read(); piece !== null; piece = keyboard.read()) read.push(piece);
    });
    keyboard.type('a');
    keyboard.type('bc');
    expect(read).toEqual(['a', 'bc']);
    expect(keyboard.read()).toBeNull();
  });
});
