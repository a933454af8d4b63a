import type { Row, Span } from './rows.ts';
import { shownText } from './shown-text.ts';
import { wrap } from './width.ts';

/** Words of several styles as one running text, broken like any other; one space is between two spans. */
export function wrapSpans(spans: readonly Span[], width: number): Row[] {
  const parts = spans.flatMap((one) => {
    const text = shownText(one.text).replace(/ +/g, ' ').trim();
    return text === '' ? [] : [{ ...one, text }];
  });
  const whole = parts.map(({ text }) => text).join(' ');
  let from = 0;
  return wrap(whole, width).map((line) => {
    if (whole[from] === ' ') from++;
    const to = from + line.length;
    const row = stretch(parts, from, to);
    from = to;
    return row;
  });
}

/** What of the joined spans lies between two places. */
function stretch(parts: readonly Span[], from: number, to: number): Row {
  const out: Span[] = [];
  let start = 0;
  for (const part of parts) {
    const text = part.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (text !== '') out.push({ ...part, text });
    start += part.text.length;
    if (start >= from && start < to) out.push({ text: ' ' });
    start++;
  }
  return out;
}
