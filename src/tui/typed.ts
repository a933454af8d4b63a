import { Readable } from 'node:stream';
import { ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';
import { type MouseAct, readMouse } from './mouse.ts';
import type { PhoneSession } from './session.ts';

/** What is pasted comes between two marks, so that it is not taken for keys. */
export const PASTE_ON = '\u001b[?2004h';
export const PASTE_OFF = '\u001b[?2004l';

/** What comes from a terminal: keys as bytes, a pasted text, or the mouse. */
export type Typed = { readonly keys: string } | { readonly paste: string } | { readonly mouse: MouseAct };

const ESC = '\u001b';
const PASTE = `${ESC}[200~`;
/** A report of the mouse, one of the old kind (which is dropped), a pasted text. */
const WHOLE = new RegExp(`${ESC}(\\[<\\d+;\\d+;\\d+[Mm])|${ESC}\\[M[^]{3}|${ESC}\\[200~([^]*?)${ESC}\\[201~`, 'g');
/** The beginning of one of these, at the end of what has come so far. */
const BEGUN = new RegExp(`${ESC}(?:\\[(?:<[\\d;]*|M[^]{0,2}|2(?:0(?:0(?:~[^]*)?)?)?)?)?$`);

/** Tells keys from the rest, however it is cut into pieces. What may be the beginning of more is held back. */
export function createSieve() {
  let held = '';
  return {
    held: () => held,
    push(piece: string): Typed[] {
      const text = held + piece;
      const out: Typed[] = [];
      let from = 0;
      const keysUntil = (end: number): void => {
        if (end > from) out.push({ keys: text.slice(from, end) });
        from = end;
      };
      for (const { index, 0: whole, 1: report, 2: paste } of text.matchAll(WHOLE)) {
        keysUntil(index);
        from += whole.length;
        const mouse = report === undefined ? undefined : readMouse(report);
        if (mouse) out.push({ mouse });
        if (paste !== undefined) out.push({ paste });
      }
      const begun = BEGUN.exec(text.slice(from));
      keysUntil(begun ? from + begun.index : text.length);
      held = text.slice(from);
      return out;
    },
    /** What was held back has no more to come. */
    flush(): Typed[] {
      const text = held;
      held = '';
      if (text === '') return [];
      return [text.startsWith(PASTE) ? { paste: text.slice(PASTE.length) } : { keys: text }];
    },
  };
}

/** An escape that nothing follows is the key of that name. A pasted text may take its time. */
const KEY_WAIT = ms(25);
const PASTE_WAIT = ms(500);

/** Hears what is typed on a terminal that is in raw mode. When called off, nothing is read from it any more. */
export function hear(stdin: NodeJS.ReadStream, every: PhoneSession['every'], heard: (typed: Typed) => void): Cancel {
  const sieve = createSieve();
  let waiting: Cancel | undefined;
  let deaf = false;
  const give = (all: readonly Typed[]): void => {
    waiting?.();
    const held = sieve.held();
    waiting = held === '' ? undefined : every(held.startsWith(PASTE) ? PASTE_WAIT : KEY_WAIT, () => give(sieve.flush()));
    for (const typed of all) if (!deaf) heard(typed);
  };
  const take = (piece: string): void => give(sieve.push(piece));
  stdin.setEncoding('utf8');
  stdin.on('data', take);
  stdin.resume();
  return () => {
    deaf = true;
    waiting?.();
    stdin.off('data', take);
    stdin.pause();
  };
}

/** A keyboard as Ink reads one: it has what it is given, at once. */
export class Keyboard extends Readable {
  readonly isTTY = true;
  readonly #typed: string[] = [];

  type(keys: string): void {
    this.#typed.push(keys);
    this.emit('readable');
  }

  override read(size?: number): ReturnType<Readable['read']> {
    return size === 0 ? null : (this.#typed.shift() ?? null);
  }

  setRawMode(): this {
    return this;
  }

  ref(): void {}
  unref(): void {}
}
