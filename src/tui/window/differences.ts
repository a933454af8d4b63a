import type { Ms } from '../../core/ids.ts';
import { maskText } from '../../core/phone.ts';
import { showClock } from '../../core/time.ts';
import type { Handset } from '../handset.ts';
import type { NamedKeys } from '../named-keys.ts';
import { BAD, BOLD, DIM, EMPTY, GOOD, type Row, row, rowsOf, type Style, span } from '../rows.ts';
import type { Difference } from '../session.ts';
import { Scroll } from './scroll.ts';
import type { Window } from './window.ts';

const ABOUT =
  'The same caller, up to the same point, on the flow as it is now. This is a simulation: nothing is written or posted. ' +
  'b shows the call as it was, | compares the two, r calls with the new flow.';

/** What a caller lives differently on a flow that was changed. */
export class DifferencesWindow implements Window {
  readonly title = 'The flow was saved: this is different for this caller';
  readonly hints = [['up down', 'scroll', 5] as const, ['enter', 'go on', 8] as const];
  readonly #phone: Handset;
  readonly #differences: readonly Difference[];
  readonly #start: Ms;
  readonly #scroll = new Scroll();

  /** @param start of the call. */
  constructor(phone: Handset, differences: readonly Difference[], start: Ms) {
    this.#phone = phone;
    this.#differences = differences;
    this.#start = start;
  }

  rows(width: number, height: number): readonly Row[] {
    const rows = [
      ...this.#differences.flatMap((one, i) => [...this.#rowsOf(one, i === 0, width), EMPTY]),
      ...(this.#differences.length === 0 ? [row('Nothing that the caller hears or does.'), EMPTY] : []),
      ...rowsOf(ABOUT, width, DIM),
    ];
    return this.#scroll.view(rows, height);
  }

  key(typed: string, key: NamedKeys): void {
    if (key.return) this.#phone.look({ window: undefined });
    else this.#scroll.key(typed, key);
  }

  #rowsOf({ at, node = '', was, now }: Difference, first: boolean, width: number): Row[] {
    const line = (sign: string, text: string | undefined, style: Style): Row[] =>
      text === undefined
        ? []
        : rowsOf(maskText(text), width - 4, style).map((spans, i) => [span(i === 0 ? `  ${sign} ` : '    ', style), ...spans]);
    const head = span(`${showClock(at - this.#start)} ${node}`, first ? BOLD : DIM);
    return [
      [head, ...(first ? [span('   <- the first difference', BOLD)] : [])],
      ...line('-', was, BAD),
      ...line('+', now, GOOD),
    ];
  }
}
