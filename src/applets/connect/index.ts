import * as z from 'zod';
import { showDuration } from '../../core/time.ts';
import { classifyAnswer } from '../_kit/ask-url.ts';
import { defineApplet } from '../_kit/define.ts';
import { read } from './answer.ts';
import { machine } from './machine.ts';
import { type Settings, settings } from './settings.ts';

/** There is a number, whatever a call brings: no URL decides, and no variable that may be empty. */
const isWritten = ({ to = '', url }: Settings): boolean => !url && !to.includes('{{') && /[^\s,]/.test(to);

export default defineApplet({
  kind: 'connect',
  element: 'Connect',
  title: 'Connect',
  doc: 'Dials agents and lets caller and agent talk.',
  settings,
  xml: {
    exits: {
      answered: 'After the conversation.',
      noAnswer: 'When no agent picked up.',
      nobody: 'When there was no number to dial; noAnswer unless wired.',
    },
    children: {
      Whisper: {
        field: 'whisper',
        many: false,
        doc: 'Said to the agent alone, before the two are connected.',
        schema: z.object({}),
        holds: 'prompt',
      },
    },
  },
  takesKeys: false,
  exits: (own) => [
    { name: 'answered' },
    { name: 'noAnswer' },
    { name: 'nobody', fallsTo: 'noAnswer', ...(isWritten(own) && { never: true }) },
  ],
  machine,
  read,
  classify(input, own) {
    const answer = own.url ? classifyAnswer(input, own, read) : undefined;
    if (answer) return answer;
    if (input.type === 'leg.changed') return `leg.${input.to}`;
    if (input.type === 'legs.unanswered') return input.dialled === 0 ? 'legs.none' : 'legs.unanswered';
    return input.type;
  },
  summary: ({ to, url, ringFor, parallel }) =>
    `${url ? `asks ${url} whom to dial` : `dials ${to ?? 'nobody'}`}, rings ${showDuration(ringFor)}${parallel > 1 ? `, ${parallel} at once` : ''}`,
  portability: ({ to, parallel }) =>
    to?.includes('{{')
      ? { level: 'needs-server', rewrite: 'Exotel has no variables: let the Connect ask your URL, which knows the caller.' }
      : parallel > 1
        ? { level: 'as-is', note: 'Parallel ringing is switched on by Exotel on request.' }
        : { level: 'as-is' },
  probes: ({ url }) =>
    url
      ? []
      : [
          { type: 'leg.changed', leg: 2, to: 'answered' },
          { type: 'legs.unanswered', dialled: 1 },
          { type: 'legs.unanswered', dialled: 0 },
        ],
  lint: ({ to, url }) =>
    to || url
      ? []
      : [
          {
            code: 'CONNECT_TO_NOBODY',
            severity: 'error',
            path: '',
            says: 'This Connect has nobody to dial.',
            try: 'Give to="+91…" or url="https://…".',
          },
        ],
});
