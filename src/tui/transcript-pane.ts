import { heardOf, sayLine } from '../call/transcript.ts';
import type { CallView, Line } from '../call/view.ts';
import type { Ms } from '../core/ids.ts';
import { showClock } from '../core/time.ts';
import { BAD, BOLD, DIM, GOOD, inView, type Row, type Style, span, WARN } from './rows.ts';
import { cut, pad, wrap } from './width.ts';
import { shortUrl, tellTook } from './words.ts';

const STYLES: Partial<Record<Line['type'], Style>> = {
  status: DIM,
  note: DIM,
  key: BOLD,
  web: { color: 'cyan' },
  sms: { color: 'cyan' },
  'opt-out': GOOD,
  warning: WARN,
  ended: BOLD,
};

/** The words of a line at an instant: speech only as far as it was heard. */
function wordsOf(view: CallView, line: Line, now: Ms): string {
  if (line.type === 'said') {
    const speech = view.speeches[line.refers];
    if (!speech) return '';
    const { heard, unheardWords } = heardOf(speech, now);
    const to = speech.leg > 1 ? '(to the agent) ' : '';
    const missed = unheardWords > 0 ? ` [${unheardWords} ${unheardWords === 1 ? 'word' : 'words'} not heard]` : '';
    return `${to}${heard}${speech.until === undefined ? (unheardWords > 0 ? ' …' : '') : missed}`;
  }
  if (line.type === 'web') {
    const request = view.requests[line.refers];
    if (!request) return '';
    const { method, url, at, answer, async } = request;
    const came = !answer
      ? async
        ? 'goes on at once'
        : '…'
      : `${'status' in answer ? answer.status : answer.failed}, ${tellTook(answer.at - at)}`;
    return `${method} ${shortUrl(url)} -> ${came}`;
  }
  if (line.type === 'opt-out') return optOutWords(view.optOuts[line.refers]);
  return sayLine(view, line, now);
}

function optOutWords(made: CallView['optOuts'][number] | undefined): string {
  if (!made) return '';
  const { scope, key, result } = made;
  const became = !result ? 'not acknowledged yet' : 'fact' in result ? 'recorded' : `NOT RECORDED: ${result.failed}`;
  return `opt-out (${scope})${key ? ` by key ${key}` : ''}: ${became}`;
}

function styleOf(view: CallView, line: Line): Style | undefined {
  if (line.type === 'opt-out') {
    const { result } = view.optOuts[line.refers] ?? {};
    return result && 'failed' in result ? BAD : GOOD;
  }
  if (line.type === 'delivery') return line.delivery.ok ? DIM : WARN;
  return STYLES[line.type];
}

/** The conversation so far, newest lines last and in view; `scroll` goes back by rows. */
export function transcriptPane(view: CallView, now: Ms, width: number, height: number, scroll = 0): readonly Row[] {
  const last = view.lines.at(-1);
  if (!last) return [];
  const clock = showClock(last.at - view.startedAt).length;
  const names = Math.max(0, ...view.lines.slice(-height - scroll).map(({ node }) => node?.length ?? 0));
  const name = Math.min(names, Math.floor(width / 4));
  const indent = Math.max(4, clock) + 1 + (name > 0 ? name + 1 : 0);
  const out: Row[] = [];
  for (let i = view.lines.length - 1; i >= 0 && out.length < height + scroll; i--) {
    const line = view.lines[i];
    if (!line) break;
    const style = styleOf(view, line);
    const said = wrap(wordsOf(view, line, now), width - indent);
    const rows = said.map((text, n): Row => {
      if (n > 0) return [span(' '.repeat(indent)), span(text, style)];
      const at = showClock(line.at - view.startedAt).padStart(Math.max(4, clock));
      const where = view.lines[i - 1]?.node === line.node ? '' : (line.node ?? '');
      return [span(`${at} `, DIM), span(name > 0 ? `${pad(cut(where, name), name)} ` : '', DIM), span(text, style)];
    });
    out.unshift(...rows);
  }
  return inView(out, height, scroll, 'end');
}
