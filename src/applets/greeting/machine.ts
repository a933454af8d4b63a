import { askUrl } from '../_kit/ask-url.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';
import type { Settings } from './settings.ts';

export function machine({ url, dtmf, prompt }: Settings) {
  if (url) return askUrl({ url, preflight: true, otherwise: 'plain' });
  return applet.createMachine({
    options,
    context: {},
    initial: prompt.length > 0 ? 'playing' : 'over',
    states: {
      playing: {
        entry: ask({ type: 'play', prompt }),
        on: {
          'prompt.finished': 'over',
          ...(dtmf === 'skip' && { digit: 'skipped' }),
          ...(dtmf === 'forward' && { digit: 'forwarded' }),
        },
      },
      skipped: leave('next', { type: 'stop' }, { type: 'key', was: 'skipped' }),
      forwarded: leave('next', { type: 'stop' }, { type: 'key', was: 'forwarded' }, { type: 'forwardKey' }),
      over: leave('next'),
    },
  });
}
