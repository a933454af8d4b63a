import type { FetchAnswer } from '../../core/input.ts';
import { classifyAnswer } from '../_kit/ask-url.ts';
import { defineApplet } from '../_kit/define.ts';
import { promptFromAnswer, sayShort } from '../_kit/prompts.ts';
import { machine } from './machine.ts';
import { type Settings, settings } from './settings.ts';

function read(answer: FetchAnswer | undefined, own: Settings): Settings | undefined {
  if (!answer) return { ...own, url: undefined };
  const prompt = promptFromAnswer(answer);
  return prompt && { ...own, url: undefined, prompt };
}

export default defineApplet({
  kind: 'greeting',
  element: 'Greeting',
  title: 'Greeting',
  doc: 'Plays a prompt to the caller and goes on.',
  settings,
  xml: { exits: { next: 'After the prompt, or after the key that ended it.' }, prompt: 'prompt' },
  takesKeys: false,
  exits: () => [{ name: 'next' }],
  machine,
  read,
  classify: (input, own) => (own.url ? classifyAnswer(input, own, read) : undefined) ?? input.type,
  summary: ({ url, prompt }) => (url ? `says what ${url} answers` : `"${sayShort(prompt)}"`),
  portability: ({ dtmf }) =>
    dtmf === 'ignore'
      ? { level: 'as-is' }
      : {
          level: 'not-possible',
          rewrite: `Exotel's Greeting ignores keys. Put the prompt into the IvrMenu that follows, so that a key can end it (dtmf="${dtmf}").`,
        },
  probes: ({ url, dtmf, prompt }) =>
    url || prompt.length > 0
      ? [{ type: 'prompt.finished' }, ...(dtmf === 'ignore' ? [] : [{ type: 'digit', digit: '1' } as const])]
      : [],
});
