import * as z from 'zod';
import { optional } from '../../core/fields.ts';
import type { FetchAnswer } from '../../core/input.ts';
import { askUrl, classifyAnswer, isPlainText } from '../_kit/ask-url.ts';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';
import { shorten } from '../_kit/prompts.ts';

export const settings = z.object({
  url: optional('url', 'Your server, which answers the text: asked HEAD, then GET; text/plain.'),
  to: optional('text', 'Who gets it; the customer unless told.'),
  text: z.string().default(''),
});
type Settings = z.output<typeof settings>;

function read(answer: FetchAnswer | undefined, own: Settings): Settings | undefined {
  if (!answer) return { ...own, url: undefined };
  if (answer.status !== 200 || !isPlainText(answer) || answer.body.trim() === '') return undefined;
  return { ...own, url: undefined, text: answer.body.trim() };
}

function machine({ url, text, to }: Settings) {
  if (url) return askUrl({ url, preflight: true, otherwise: 'plain' });
  return applet.createMachine({
    options,
    context: {},
    initial: text === '' ? 'over' : 'sending',
    states: {
      sending: { entry: ask({ type: 'sendSms', text, to }), on: { 'sms.accepted': 'over', 'sms.refused': 'over' } },
      over: leave('next'),
    },
  });
}

export default defineApplet({
  kind: 'sms',
  element: 'Sms',
  title: 'SMS',
  doc: 'Sends a text message and goes on.',
  settings,
  xml: { exits: { next: 'After the message was handed over, accepted or not.' }, text: 'text' },
  takesKeys: false,
  exits: () => [{ name: 'next' }],
  machine,
  read,
  classify: (input, own) => (own.url ? classifyAnswer(input, own, read) : undefined) ?? input.type,
  summary: ({ url, to, text }) => `${to ? `to ${to}: ` : ''}${url ? `what ${url} answers` : `"${shorten(text)}"`}`,
  portability: () => ({ level: 'as-is', note: 'In India the text must match a DLT-approved template.' }),
  probes: ({ url }) =>
    url
      ? []
      : [
          { type: 'sms.accepted', id: 0, sid: '' },
          { type: 'sms.refused', id: 0, says: '' },
        ],
  lint: ({ url, text }) =>
    url || text !== ''
      ? []
      : [
          {
            code: 'SMS_EMPTY',
            severity: 'error',
            path: '',
            says: 'This message has no text.',
            try: 'Write the text between <Sms> and </Sms>, or give a url.',
          },
        ],
});
