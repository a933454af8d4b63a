import type { AppletCommand } from '../../core/command.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';
import type { Settings } from './settings.ts';

export function machine({ url, async, timeout, save, on, else: other }: Settings) {
  const fetch: AppletCommand = { type: 'fetch', method: 'GET', url, timeout, async };
  const keep: AppletCommand = { type: 'keepAnswer', save };
  const otherwise = !other && on.some(({ status }) => status === '302') ? 'on:302' : 'else';
  return applet.createMachine({
    options,
    context: {},
    initial: async ? 'telling' : 'asking',
    states: {
      telling: leave('next', fetch),
      asking: {
        entry: ask(fetch),
        on: { 'status.200': 'ok', 'status.302': 'other302', 'status.other': 'other' },
      },
      ok: leave('on:200', keep),
      other302: leave('on:302', keep),
      other: leave(otherwise, keep),
    },
  });
}
