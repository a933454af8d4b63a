import type { AppletCommand } from '../../core/command.ts';
import type { Digit } from '../../core/input.ts';
import { askUrl, EXOTEL_VERSION } from '../_kit/ask-url.ts';
import { applet, ask, type Counters, count, leave, options, reset } from '../_kit/machine.ts';
import type { Settings } from './settings.ts';

const STOP: AppletCommand = { type: 'stop' };
const key = (was: 'taken' | 'finish'): AppletCommand => ({ type: 'key', was });
const nothingTyped = ({ context }: { context: Counters }) => (context['typed'] ?? 0) === 0;

export function machine(settings: Settings) {
  const { url, fallbackUrl, digits, finishOnKey, timeout, tries, accept, save, silence, prompt, noInput, invalid, again, keys } =
    settings;
  if (url) return askUrl({ url, fallbackUrl, headers: [EXOTEL_VERSION], otherwise: 'drop' });

  const exhausted = ({ context }: { context: Counters }) => (context['tries'] ?? 0) >= tries;
  const full = ({ context }: { context: Counters }) => (context['typed'] ?? 0) >= digits;
  const swallow: AppletCommand[] =
    finishOnKey === '' ? [] : [{ type: 'swallowNext', digit: finishOnKey as Digit, within: timeout }];
  const saveSilence: AppletCommand[] = save && silence !== undefined ? [{ type: 'save', name: save, value: silence }] : [];
  const finish = [
    { guard: nothingTyped, target: 'silence', actions: [ask(STOP), ask(key('finish'))] },
    { target: 'judging', actions: [ask(STOP), ask(key('finish'))] },
  ];
  const listen = {
    'digit.finish': finish,
    'digit.other': 'taking',
    ...Object.fromEntries(
      keys.map(({ digit }) => [
        `digit.key.${digit}`,
        [{ guard: nothingTyped, target: `key:${digit}` }, ...(digit === finishOnKey ? finish : [{ target: 'taking' }])],
      ]),
    ),
  };

  return applet.createMachine({
    options,
    context: { tries: 0, typed: 0 },
    initial: 'prompting',
    states: {
      prompting: { entry: ask({ type: 'play', prompt }), on: { 'prompt.finished': 'waiting', ...listen } },
      promptingAgain: {
        entry: ask({ type: 'play', prompt: again.length > 0 ? again : prompt }),
        on: { 'prompt.finished': 'waiting', ...listen },
      },
      waiting: { after: { [timeout]: 'silence' }, on: listen },
      taking: {
        entry: [ask(STOP), ask(key('taken')), count('typed')],
        always: [{ guard: full, target: 'full' }, { target: 'typing' }],
      },
      typing: { after: { [timeout]: 'judging' }, on: listen },
      full: { entry: swallow.map(ask), always: 'judging' },
      judging: {
        entry: ask({ type: 'judgeKeys', accept }),
        on: { 'keys.accepted': 'accepted', ...(accept !== undefined && { 'keys.refused': 'wrong' }) },
      },
      silence: {
        entry: count('tries'),
        always: [{ guard: exhausted, target: 'noInput' }, { target: noInput.length > 0 ? 'saysNoInput' : 'promptingAgain' }],
      },
      wrong: {
        entry: [count('tries'), reset('typed'), ask({ type: 'clearKeys' })],
        always: [{ guard: exhausted, target: 'invalid' }, { target: invalid.length > 0 ? 'saysInvalid' : 'promptingAgain' }],
      },
      saysNoInput: { entry: ask({ type: 'play', prompt: noInput }), on: { 'prompt.finished': 'promptingAgain', ...listen } },
      saysInvalid: { entry: ask({ type: 'play', prompt: invalid }), on: { 'prompt.finished': 'promptingAgain', ...listen } },
      accepted: leave('next', { type: 'acceptKeys', save }),
      noInput: leave('noInput', ...saveSilence),
      invalid: leave('invalid'),
      ...Object.fromEntries(
        keys.map(({ digit }) => [`key:${digit}`, leave(`key:${digit}`, STOP, key('taken'), { type: 'acceptKeys', save })]),
      ),
    },
  });
}
