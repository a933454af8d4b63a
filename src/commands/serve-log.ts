import type { Ms } from '../core/ids.ts';
import { plainIst } from '../core/time.ts';
import type { Started } from '../emulator/emulator.ts';
import type { Told } from '../emulator/parts.ts';
import type { Io } from './io.ts';

export type ServeLog = {
  say(line: Told): void;
  /** What an earlier run left. */
  left(started: Started): void;
};

const LOUD = new Set<Told['about']>(['trouble', 'violation']);

/** The log of the emulator, a line each, with the time of its clock. Of violations the word is loud; colour is never the only sign. */
export function createServeLog(io: Io, { json, quiet }: { json?: boolean; quiet?: boolean }, now: () => Ms): ServeLog {
  const write = json ? io.err : io.out;
  const red = (text: string) => (io.colour && !json ? `\u001b[1;31m${text}\u001b[0m` : text);
  return {
    say({ about, says }) {
      if (quiet && !LOUD.has(about)) return;
      const what = about === 'violation' ? red('VIOLATION') : about === 'trouble' ? red('TROUBLE') : about;
      write(`${plainIst(now()).slice(11, 19)} ${what.padEnd(8)} ${oneLine(says)}\n`);
    },
    left({ calls, posts, messages }) {
      const parts = [
        ...(calls > 0 ? [`${calls} ${calls === 1 ? 'call' : 'calls'} under way then have failed`] : []),
        ...(posts > 0 ? [`${posts} ${posts === 1 ? 'callback is' : 'callbacks are'} delivered now`] : []),
        ...(messages > 0 ? [`${messages} SMS go on`] : []),
      ];
      if (parts.length > 0) write(`left over from an earlier run: ${parts.join(', ')}\n`);
    },
  };
}

/** Texts of others may hold anything. */
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ');
