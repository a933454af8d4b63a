import { type Ms, ms } from '../core/ids.ts';
import { plainText } from '../core/plain-text.ts';
import type { Sound } from '../core/prompt.ts';
import { heardBy } from '../core/speech.ts';
import { showClock } from '../core/time.ts';
import { sayEnd } from './fold.ts';
import type { CallView, Line, Speech } from './view.ts';

export type Heard = { heard: string; unheard: string; unheardWords: number };

const wholly = (sound: Sound): string =>
  sound.type === 'speech' ? sound.text : sound.type === 'audio' ? `♪ ${sound.url.replace(/^.*\//, '')}` : '';

/** What of a speech had reached the caller's ear at an instant (its own end, if that came first). */
export function heardOf(speech: Speech, at: Ms): Heard {
  let elapsed = (speech.until !== undefined && speech.until < at ? speech.until : at) - speech.at;
  const whole = speech.until !== undefined && !speech.cut && speech.until <= at;
  const out: Heard = { heard: '', unheard: '', unheardWords: 0 };
  const add = (name: 'heard' | 'unheard', text: string) => {
    if (text !== '') out[name] += (out[name] === '' ? '' : ' ') + text;
  };
  for (const sound of speech.sounds) {
    const length = sound.ms ?? ms(Number.POSITIVE_INFINITY);
    if (whole || elapsed >= length) add('heard', wholly(sound));
    else if (elapsed <= 0) {
      add('unheard', wholly(sound));
      if (sound.type === 'speech') out.unheardWords += sound.text.split(/\s+/).length;
    } else if (sound.type === 'speech') {
      const part = heardBy(sound.text, elapsed, sound.ms);
      add('heard', part.heard);
      add('unheard', part.unheard);
      out.unheardWords += part.unheardWords;
    } else add('heard', wholly(sound));
    elapsed -= length;
  }
  return out;
}

const DISPOSITIONS: Record<string, string> = {
  taken: '',
  finish: 'ends the input',
  'not-offered': 'not offered',
  ignored: 'ignored: nobody listens to keys here',
  skipped: 'ends the greeting',
  forwarded: 'ends the greeting, kept for the next menu',
  swallowed: 'swallowed: the input was already full',
};

/** The words of one transcript line, without its time and applet. */
export const sayLine = (view: CallView, line: Line, at: Ms): string => plainText(words(view, line, at));

function words(view: CallView, line: Line, at: Ms): string {
  switch (line.type) {
    case 'said': {
      const speech = view.speeches[line.refers];
      if (!speech) return '';
      const { heard, unheard, unheardWords } = heardOf(speech, at);
      const to = speech.leg > 1 ? '(to the agent) ' : '';
      return `${to}${heard}${unheard ? ` [${unheardWords} ${unheardWords === 1 ? 'word' : 'words'} unheard: ${unheard}]` : ''}`;
    }
    case 'key': {
      const about = DISPOSITIONS[line.was] ?? line.was;
      return `key ${line.digit}${about ? `  ${about}` : ''}`;
    }
    case 'web': {
      const request = view.requests[line.refers];
      if (!request) return '';
      const { answer } = request;
      const came = !answer
        ? request.async
          ? 'async'
          : 'no answer yet'
        : 'status' in answer
          ? `${answer.status} ${answer.contentType}`
          : answer.failed;
      return `${request.method} ${request.url} <- ${came.trim()}`;
    }
    case 'sms': {
      const sms = view.sms[line.refers];
      return sms
        ? `SMS to ${sms.to}: ${sms.text}${sms.result && 'refused' in sms.result ? `  NOT SENT: ${sms.result.refused}` : ''}`
        : '';
    }
    case 'opt-out': {
      const made = view.optOuts[line.refers];
      if (!made) return '';
      const result = !made.result
        ? 'not acknowledged'
        : 'fact' in made.result
          ? `recorded as ${made.result.fact}`
          : `NOT RECORDED: ${made.result.failed}`;
      return `opt-out (${made.scope})${made.key ? ` by key ${made.key}` : ''}: ${result}`;
    }
    case 'delivery': {
      const { what, url, attempt, result, ok } = line.delivery;
      return `${what} POST ${url} <- ${result}${ok ? '' : ', not delivered'}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
    }
    case 'warning':
      return `! ${line.text}`;
    case 'ended':
      return sayEnd(line.why);
    default:
      return line.text;
  }
}

/** A call as plain text, one line an event, times counted from its start. */
export function transcript(view: CallView): string[] {
  const now = view.endedAt ?? ms(Number.MAX_SAFE_INTEGER);
  const width = Math.min(16, Math.max(0, ...view.lines.map((line) => line.node?.length ?? 0)));
  return view.lines.map((line) =>
    `${showClock(line.at - view.startedAt).padStart(6)}  ${(line.node ?? '').padEnd(width)}  ${sayLine(view, line, now)}`.trimEnd(),
  );
}
