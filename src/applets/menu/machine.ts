import type { AppletCommand } from '../../core/command.ts';
import { askUrl } from '../_kit/ask-url.ts';
import { applet, ask, count, leave, options } from '../_kit/machine.ts';
import type { Settings } from './settings.ts';

const STOP: AppletCommand = { type: 'stop' };

/** What pressing an offered key does on the way out. */
function leaveByKey({ digit, set }: Settings['keys'][number], save: string | undefined) {
  const saves: AppletCommand[] = set ? [{ type: 'save', name: set.name, value: set.value }] : [];
  return leave(`key:${digit}`, STOP, { type: 'key', was: 'taken' }, { type: 'acceptKeys', save }, ...saves);
}

export function machine(settings: Settings) {
  const { url, timeout, tries, bargeIn, prompt, noInput, invalid, keys, save } = settings;
  if (url) return askUrl({ url, preflight: true, otherwise: 'plain' });

  const listen = {
    ...Object.fromEntries(keys.map(({ digit }) => [`digit.${digit}`, `key:${digit}`])),
    'digit.other': { target: 'wrong', actions: [ask(STOP), ask({ type: 'key', was: 'not-offered' })] },
  };
  const whilePlaying = bargeIn ? listen : {};
  const exhausted = ({ context }: { context: Readonly<Record<string, number>> }) => (context['tries'] ?? 0) >= tries;

  return applet.createMachine({
    options,
    context: { tries: 0 },
    initial: 'prompting',
    states: {
      prompting: { entry: ask({ type: 'play', prompt }), on: { 'prompt.finished': 'waiting', ...whilePlaying } },
      waiting: { after: { [timeout]: 'silence' }, on: listen },
      silence: {
        entry: count('tries'),
        always: [{ guard: exhausted, target: 'noInput' }, { target: noInput.length > 0 ? 'saysNoInput' : 'prompting' }],
      },
      wrong: {
        entry: count('tries'),
        always: [{ guard: exhausted, target: 'invalid' }, { target: invalid.length > 0 ? 'saysInvalid' : 'prompting' }],
      },
      saysNoInput: { entry: ask({ type: 'play', prompt: noInput }), on: { 'prompt.finished': 'prompting', ...whilePlaying } },
      saysInvalid: { entry: ask({ type: 'play', prompt: invalid }), on: { 'prompt.finished': 'prompting', ...whilePlaying } },
      noInput: leave('noInput'),
      invalid: leave('invalid'),
      ...Object.fromEntries(keys.map((key) => [`key:${key.digit}`, leaveByKey(key, save)])),
    },
  });
}
