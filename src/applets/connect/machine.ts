import { askUrl, EXOTEL_VERSION } from '../_kit/ask-url.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';
import type { Settings } from './settings.ts';

export function machine({ to = '', url, fallbackUrl, ringFor, talkFor, record, parallel, whisper, fetchAfterAttempt }: Settings) {
  if (url) return askUrl({ url, fallbackUrl, headers: [EXOTEL_VERSION], otherwise: 'drop' });
  return applet.createMachine({
    options,
    context: {},
    initial: 'dialling',
    states: {
      dialling: {
        entry: ask({ type: 'dialAgents', dial: { to, ringFor, record, parallel } }),
        on: {
          'leg.answered': whisper.length > 0 ? 'whispering' : 'talking',
          'legs.unanswered': fetchAfterAttempt ? 'askingAgain' : 'noAnswer',
          'legs.none': 'nobody',
        },
      },
      askingAgain: { type: 'final', entry: ask({ type: 'restart' }) },
      whispering: {
        entry: ask({ type: 'play', prompt: whisper, to: 'agent' }),
        on: { 'prompt.finished': 'talking', 'leg.completed': 'answered' },
      },
      talking: { ...(talkFor !== undefined && { after: { [talkFor]: 'timeUp' } }), on: { 'leg.completed': 'answered' } },
      timeUp: leave('answered', { type: 'dropAgents' }),
      answered: leave('answered'),
      noAnswer: leave('noAnswer'),
      nobody: leave('nobody'),
    },
  });
}
