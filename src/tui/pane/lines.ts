import { heardOf, sayLine } from '../../call/transcript.ts';
import type { CallView, Line, OptOutMade, SentSms, WebRequest } from '../../call/view.ts';
import type { Delivery } from '../../core/event.ts';
import { maskNumber, maskText } from '../../core/phone.ts';
import { realEvents } from '../branch.ts';
import { hideNumbers } from '../hide-numbers.ts';
import type { Shown } from '../phone-state.ts';
import { BAD, BOLD, DIM, GOOD, type Span, type Style, span, WARN } from '../rows.ts';
import { shortUrl, tellTook } from '../words.ts';
import { answerSeq, ledTo } from './led-to.ts';

/** The call whose lines are told, as it stood at an instant. */
export type Told = Pick<Shown, 'facts' | 'view' | 'log' | 'now' | 'branch'>;

const WEB: Style = { color: 'cyan' };
const UNHEARD: Style = { strike: true, dim: true };
/** So many unheard words are shown; the others are counted. */
const MOST_UNHEARD = 40;

/** Did it happen in a simulation, and not in what that shares with the real call? */
const simulated = ({ branch }: Told, { seq }: Line): boolean => branch.simulation !== undefined && seq > realEvents(branch);

/** The words of a line: speech only as far as it was heard, and what was missed struck through, and counted. */
export function lineSpans(told: Told, line: Line): readonly Span[] {
  const { view, now } = told;
  switch (line.type) {
    case 'said':
      return said(told, view.speeches[line.refers]);
    case 'key':
      return [span(sayLine(view, line, now), BOLD), ...leads(told, line.seq)];
    case 'web':
      return web(told, line.seq, view.requests[line.refers]);
    case 'sms':
      return sms(view.sms[line.refers], simulated(told, line));
    case 'opt-out':
      return optOut(view.optOuts[line.refers], simulated(told, line));
    case 'delivery':
      return [span(delivered(line.delivery), line.delivery.ok ? DIM : WARN)];
    case 'status':
      return [span(maskText(line.text), DIM)];
    case 'note':
      return [span(hideNumbers(line.text, told), DIM)];
    default:
      return [span(sayLine(view, line, now), line.type === 'warning' ? WARN : BOLD)];
  }
}

/** Can the words of a line still change? */
export function isSettled({ speeches, requests, sms, optOuts }: CallView, line: Line): boolean {
  switch (line.type) {
    case 'said':
      return speeches[line.refers]?.until !== undefined;
    case 'web':
      return requests[line.refers]?.answer !== undefined;
    case 'sms':
      return sms[line.refers]?.result !== undefined;
    case 'opt-out':
      return optOuts[line.refers]?.result !== undefined;
    default:
      return true;
  }
}

function leads({ log }: Told, seq: number): Span[] {
  const to = ledTo(log, seq);
  return to === undefined ? [] : [span(`-> ${to}`, DIM)];
}

function said({ now }: Told, speech: CallView['speeches'][number] | undefined): Span[] {
  if (!speech) return [];
  const { heard, unheard, unheardWords } = heardOf(speech, now);
  const told = [...(speech.leg > 1 ? [span('(to the agent)', DIM)] : []), span(heard)];
  if (unheard === '') return told;
  if (speech.until === undefined || speech.until > now) return [...told, span('…', DIM)];
  const words = unheard.split(' ');
  const missed = words.length > MOST_UNHEARD ? `${words.slice(0, MOST_UNHEARD).join(' ')} …` : unheard;
  return [...told, span(missed, UNHEARD), span(`[${tellMissed(unheardWords)} not heard]`, DIM)];
}

const tellMissed = (words: number): string => (words === 0 ? 'recording' : `${words} ${words === 1 ? 'word' : 'words'}`);

function web(told: Told, seq: number, request: WebRequest | undefined): Span[] {
  if (!request) return [];
  const { id, method, url, at, answer, async } = request;
  const asked = span(`${method} ${hideNumbers(shortUrl(url), told)} ->`, WEB);
  if (!answer) return [asked, span(async ? 'goes on at once' : '…', WEB)];
  const good = 'status' in answer && answer.status < 400;
  const came = `${'status' in answer ? answer.status : hideNumbers(answer.failed, told)}, ${tellTook(answer.at - at)}`;
  const answered = async ? undefined : answerSeq(told.log, seq, id);
  return [asked, span(came, good ? WEB : BAD), ...(answered === undefined ? [] : leads(told, answered))];
}

function sms(sent: SentSms | undefined, simulation: boolean): Span[] {
  if (!sent) return [];
  const { to, text, result } = sent;
  return [
    span(`SMS to ${maskNumber(to)}: ${text}`, WEB),
    ...(result && 'refused' in result ? [span(`NOT SENT: ${result.refused}`, BAD)] : []),
    ...(simulation ? [span('[not sent: simulation]', DIM)] : []),
  ];
}

function optOut(made: OptOutMade | undefined, simulation: boolean): Span[] {
  if (!made) return [];
  const { scope, key, result } = made;
  const became = !result ? 'not acknowledged yet' : 'fact' in result ? 'recorded' : `NOT RECORDED: ${result.failed}`;
  return [
    span(`opt-out (${scope})${key ? ` by key ${key}` : ''}: ${became}`, result && 'failed' in result ? BAD : GOOD),
    ...(simulation ? [span('[not written: simulation]', DIM)] : []),
  ];
}

const delivered = ({ what, url, attempt, result, ok }: Delivery): string =>
  `${what} POST ${shortUrl(url)} -> ${result}${ok ? '' : ', not delivered'}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
