import { describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { backgroundOf, phoneFor } from './terminal.ts';

const io = (env: Io['env']): Io => ({
  out: () => {},
  err: () => {},
  cwd: '.',
  env,
  isTTY: true,
  colour: true,
  exitCode: 0,
});

describe('the terminal', () => {
  it.each([
    ['0;15', 'light'],
    ['0;default;15', 'light'],
    ['0;7', 'light'],
    ['12;11', 'light'],
    ['15;0', 'dark'],
    ['15;default;0', 'dark'],
    ['7;8', 'dark'],
    ['default;default', 'dark'],
    ['', 'dark'],
    [undefined, 'dark'],
    ['15', 'dark'],
    ['0;255', 'dark'],
  ])('of COLORFGBG "%s" is %s', (colours, background) => {
    expect(backgroundOf(colours)).toBe(background);
  });

  it('gets the phone in lines where it is asked for, and where there is no other way', async () => {
    const named = async (env: Io['env'], plain?: true) => (await phoneFor(io(env), plain ? { plain } : {})).name;
    expect(await named({ TERM: 'xterm' })).toBe('openPhone');
    expect(await named({ TERM: 'xterm' }, true)).toBe('openPlain');
    expect(await named({ TERM: 'dumb' })).toBe('openPlain');
  });
});
