import { DIGITS, type FetchAnswer } from '../../core/input.ts';
import { showDuration } from '../../core/time.ts';
import { classifyAnswer } from '../_kit/ask-url.ts';
import { defineApplet } from '../_kit/define.ts';
import { duplicateKeys } from '../_kit/keys.ts';
import { promptFromAnswer } from '../_kit/prompts.ts';
import { machine } from './machine.ts';
import { key, type Settings, settings } from './settings.ts';

function read(answer: FetchAnswer | undefined, own: Settings): Settings | undefined {
  if (!answer) return { ...own, url: undefined };
  const prompt = promptFromAnswer(answer);
  return prompt && { ...own, url: undefined, prompt };
}

const isOffered = ({ keys }: Settings, pressed: string): boolean => keys.some(({ digit }) => digit === pressed);

export default defineApplet({
  kind: 'menu',
  element: 'IvrMenu',
  title: 'IVR Menu',
  doc: 'Offers keys, each leading to an applet.',
  settings,
  xml: {
    exits: {
      noInput: 'After the last try, when it ended in silence.',
      invalid: 'After the last try, when it ended in a wrong key.',
    },
    prompt: 'prompt',
    children: {
      NoInput: {
        field: 'noInput',
        many: false,
        doc: 'Said after a silent try, before the menu is offered again.',
        schema: key.pick({}),
        holds: 'prompt',
      },
      Invalid: {
        field: 'invalid',
        many: false,
        doc: 'Said after a wrong key, before the menu is offered again.',
        schema: key.pick({}),
        holds: 'prompt',
      },
      Key: {
        field: 'keys',
        many: true,
        doc: 'A key and where it leads.',
        schema: key,
        holds: 'nothing',
        exit: ({ digit }) => `key:${digit}`,
      },
    },
  },
  takesKeys: true,
  exits: ({ keys }) => [...keys.map(({ digit }) => ({ name: `key:${digit}` })), { name: 'noInput' }, { name: 'invalid' }],
  machine,
  read,
  classify(input, own) {
    const answer = own.url ? classifyAnswer(input, own, read) : undefined;
    if (answer) return answer;
    if (input.type !== 'digit') return input.type;
    return isOffered(own, input.digit) ? `digit.${input.digit}` : 'digit.other';
  },
  summary: ({ keys, timeout, tries }) =>
    `keys ${keys.map(({ digit }) => digit).join(' ')}, waits ${showDuration(timeout)}, ${tries} ${tries === 1 ? 'try' : 'tries'}`,
  portability: ({ keys, bargeIn }) => {
    if (!bargeIn)
      return {
        level: 'not-possible',
        rewrite: "Exotel's menu can always be interrupted. Say what must be heard in a Greeting before it.",
      };
    if (keys.some(({ set }) => set))
      return {
        level: 'needs-server',
        rewrite: 'Exotel has no variables: a Passthru after the key tells your server, which gets the key as digits.',
      };
    return { level: 'as-is' };
  },
  saves: ({ save, keys }) => [...(save ? [save] : []), ...keys.flatMap(({ set }) => (set ? [set.name] : []))],
  offers: ({ prompt, keys }) => ({ prompt, keys: keys.map(({ digit }) => ({ digit, exit: `key:${digit}` })), anyKey: false }),
  probes: ({ keys }) => [
    { type: 'prompt.finished' },
    ...keys.map(({ digit }) => ({ type: 'digit', digit }) as const),
    ...DIGITS.filter((one) => !keys.some(({ digit }) => digit === one))
      .slice(-1)
      .map((digit) => ({ type: 'digit', digit }) as const),
  ],
  lint: ({ keys }) => [
    ...duplicateKeys(keys.map(({ digit }) => digit)),
    ...(keys.length === 0
      ? [
          {
            code: 'MENU_WITHOUT_KEYS',
            severity: 'error' as const,
            path: '',
            says: 'This menu offers no key.',
            try: 'Add <Key digit="1" next="…"/>.',
          },
        ]
      : []),
  ],
});
