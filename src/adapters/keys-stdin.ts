import type { Cancel } from '../core/ports.ts';

/** Calls `pressed` for each key typed into a terminal, without waiting for Enter. Ctrl-C comes as `\u0003`. */
export function readKeys(pressed: (key: string) => void): Cancel {
  const { stdin } = process;
  const hear = (text: string) => {
    for (const key of text) pressed(key);
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8').on('data', hear).resume();
  return () => {
    stdin.off('data', hear).pause();
    stdin.setRawMode(false);
  };
}
