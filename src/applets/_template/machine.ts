import { applet, ask, leave, options } from '../_kit/machine.ts';
import type { Settings } from './settings.ts';

/** States are what the caller would notice; every way out is a final state made with `leave`. */
export function machine({ wait, prompt }: Settings) {
  return applet.createMachine({
    options,
    context: {},
    initial: 'playing',
    states: {
      playing: { entry: ask({ type: 'play', prompt }), on: { 'prompt.finished': 'waiting', digit: 'pressed' } },
      waiting: { after: { [wait]: 'silent' }, on: { digit: 'pressed' } },
      pressed: leave('pressed', { type: 'stop' }, { type: 'key', was: 'taken' }),
      silent: leave('silent'),
    },
  });
}
