import type { Logged } from '../../core/event.ts';
import { showClock } from '../../core/time.ts';
import type { Shown } from '../phone-state.ts';
import { BOLD, cutRow, DIM, type Row, span } from '../rows.ts';
import { tellEvent } from './events.ts';

/** In the past so many rows are kept for what came later, of three. */
const LATER = 3;

/** `0:03.4`. */
const showTenths = (d: number): string => `${showClock(d)}.${Math.floor(Math.max(0, d) / 100) % 10}`;

/**
 * Every event of the call, one a row, the newest last; `scroll` goes back. In the past the moment that is shown is marked and
 * in view, and what came later is dim.
 */
export function logPane(shown: Shown, width: number, height: number, scroll = 0): readonly Row[] {
  const all = shown.branch.phone.call.log;
  const present = shown.past === undefined ? all.length : shown.log.length;
  const later = Math.min(all.length - present, Math.floor(height / LATER));
  const least = Math.min(height, all.length);
  const end = Math.max(least, present + later - scroll);
  return all.slice(Math.max(0, end - height), end).map((logged) => eventRow(shown, all, logged, present, width));
}

function eventRow({ past, facts }: Shown, all: readonly Logged[], { seq, at, e }: Logged, present: number, width: number): Row {
  const digits = String(all.length).length;
  const time = showTenths(at - (all[0]?.at ?? at)).padStart(showTenths((all.at(-1)?.at ?? at) - (all[0]?.at ?? at)).length);
  const here = past !== undefined && seq === present;
  const { what, fields } = tellEvent(e, facts.flow);
  const style = here ? BOLD : seq > present ? DIM : undefined;
  return cutRow(
    [
      span(here ? '>' : ' ', BOLD),
      span(`${String(seq).padStart(digits)} ${time} `, DIM),
      span(what, style),
      span(` ${fields}`, seq > present ? DIM : style),
    ],
    width,
  );
}
