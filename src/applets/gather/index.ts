import { showDuration } from '../../core/time.ts';
import { classifyAnswer } from '../_kit/ask-url.ts';
import { defineApplet } from '../_kit/define.ts';
import { duplicateKeys } from '../_kit/keys.ts';
import { read } from './answer.ts';
import { machine } from './machine.ts';
import { key, settings } from './settings.ts';

export default defineApplet({
  kind: 'gather',
  element: 'Gather',
  title: 'Gather',
  doc: 'Takes a number typed on the keypad.',
  settings,
  xml: {
    exits: {
      next: 'When an accepted input was typed.',
      noInput: 'After the last try, when nothing was typed.',
      invalid: 'After the last try, when the input was not accepted.',
    },
    prompt: 'prompt',
    children: {
      NoInput: {
        field: 'noInput',
        many: false,
        doc: 'Said after a silent try, before asking again.',
        schema: key.pick({}),
        holds: 'prompt',
      },
      Invalid: {
        field: 'invalid',
        many: false,
        doc: 'Said after a refused input, before asking again.',
        schema: key.pick({}),
        holds: 'prompt',
      },
      Key: {
        field: 'keys',
        many: true,
        doc: 'A key that leads elsewhere at once when it is pressed first.',
        schema: key,
        holds: 'nothing',
        exit: ({ digit }) => `key:${digit}`,
      },
    },
  },
  takesKeys: true,
  exits: ({ keys, accept }) => [
    { name: 'next' },
    { name: 'noInput' },
    ...(accept !== undefined ? [{ name: 'invalid' }] : []),
    ...keys.map(({ digit }) => ({ name: `key:${digit}` })),
  ],
  machine,
  read,
  classify(input, own) {
    const answer = own.url ? classifyAnswer(input, own, read) : undefined;
    if (answer) return answer;
    if (input.type === 'keys.judged') return input.accepted ? 'keys.accepted' : 'keys.refused';
    if (input.type !== 'digit') return input.type;
    if (own.keys.some(({ digit }) => digit === input.digit)) return `digit.key.${input.digit}`;
    return input.digit === own.finishOnKey ? 'digit.finish' : 'digit.other';
  },
  summary: ({ url, digits, finishOnKey, timeout, accept }) =>
    url
      ? `asks ${url} what to gather`
      : `up to ${digits} ${digits === 1 ? 'key' : 'keys'}${finishOnKey ? `, ${finishOnKey} ends` : ''}, waits ${showDuration(timeout)}${accept ? `, accepts ${accept}` : ''}`,
  portability: ({ accept, keys, url }) =>
    accept !== undefined || keys.length > 0
      ? {
          level: 'needs-server',
          rewrite:
            'Exotel does not check what was typed: a Passthru after the Gather asks your server, 200 for right, 302 for wrong.',
        }
      : url
        ? { level: 'as-is', note: 'Exits stay in the flow; the answer sets only prompt and limits.' }
        : { level: 'as-is' },
  saves: ({ save }) => (save ? [save] : []),
  offers: ({ prompt, keys }) => ({ prompt, keys: keys.map(({ digit }) => ({ digit, exit: `key:${digit}` })), anyKey: true }),
  probes: ({ finishOnKey, keys }) => [
    { type: 'prompt.finished' },
    { type: 'digit', digit: '1' },
    ...(finishOnKey ? [{ type: 'digit', digit: finishOnKey } as const] : []),
    ...keys.map(({ digit }) => ({ type: 'digit', digit }) as const),
  ],
  lint: ({ keys, silence, save }) => [
    ...duplicateKeys(keys.map(({ digit }) => digit)),
    ...(silence !== undefined && !save
      ? [
          {
            code: 'SILENCE_UNSAVED',
            severity: 'warning' as const,
            path: 'silence',
            says: 'silence="…" is never kept.',
            try: 'Name a variable with save="…".',
          },
        ]
      : []),
  ],
});
