import { maskNumber } from '../core/phone.ts';
import { isoIst, showClock } from '../core/time.ts';
import type { PhoneState, Shown } from './phone-state.ts';
import { BOLD, DIM, fill, LIT, type Row, ranked, row, type Span, type Style, span, titled, WARN } from './rows.ts';
import { cut } from './width.ts';
import { tellGives } from './words.ts';

const LONGEST_TITLE = 28;

const shownOf = ({ at }: PhoneState): Shown | undefined => (at.page === 'call' ? at.shown : undefined);

/** What, with whom, how it stands, and the time. */
export function header(state: PhoneState, width: number): Row {
  const { session, speed, paused } = state;
  const shown = shownOf(state);
  const facts = shown?.facts ?? session.facts;
  const over = shown?.view.endedAt !== undefined;
  const at = isoIst(shown?.now ?? session.now());
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`).toUTCString();
  const who = facts.direction === 'inbound' ? 'from' : 'to';
  const pieces = [
    { spans: row(cut(shown ? facts.flow : session.title, LONGEST_TITLE), BOLD), rank: 5 },
    { spans: row(`${who} ${maskNumber(facts.customer)}`), rank: 6 },
    { spans: row(statusOf(state), BOLD), rank: 9 },
    { spans: paused ? row(' PAUSED ', LIT) : [], rank: 8 },
    { spans: speed === 1 || over ? [] : row(`${speed}x`, WARN), rank: 7 },
    { spans: row(`${day.slice(0, 3)} ${day.slice(5, 11)}`, DIM), rank: 2 },
    { spans: row(`${at.slice(11, 19)} IST`, DIM), rank: 4 },
  ];
  return [span(' '), ...ranked(pieces, width - 1)];
}

/** Its status, and how long it has lasted; the same clock as in the conversation. */
function statusOf(state: PhoneState): string {
  if (state.at.page === 'asking') return 'ASKING';
  if (state.at.page === 'refused') return state.at.verdict.verdict === 'defer' ? 'NOT NOW' : 'NOT CALLED';
  const { view, now } = state.at.shown;
  return `${view.status.toUpperCase().replace('-', ' ')} ${showClock((view.endedAt ?? now) - view.startedAt)}`;
}

/** The line below: what is not as usual. A simulation has it all inverse, so that nobody takes it for the real call. */
export function banner(state: PhoneState, width: number): Row {
  const shown = shownOf(state);
  if (!shown) return titled([], width);
  const { branch, past } = shown;
  const { simulation, phone } = branch;
  const style: Style = simulation ? LIT : WARN;
  const broken = branch.view.endedAt === undefined ? phone.broken() : undefined;
  const piece = (text: string, rank: number) => ({ spans: text === '' ? [] : row(text, style), rank });
  const pieces = [
    piece(branchWords(state), 9),
    piece(past ? `PAST ${past.nth} of ${past.of}` : '', 8),
    piece(simulation?.question() ? 'WAITS FOR AN ANSWER' : '', 7),
    piece(broken ? `next request: ${tellGives(broken)}` : '', 6),
    piece(simulation ? 'nothing is written or posted' : '', 5),
    piece(past ? 'a key begins a simulation' : '', 4),
  ];
  if (!simulation) return titled(ranked(pieces, width - 4, span(' ─ ', DIM)), width);
  return inverse([span(' '), ...ranked(pieces, width - 2)], width);
}

const inverse = (spans: Row, width: number): Row => fill(spans, width).map((one): Span => ({ ...one, style: LIT }));

function branchWords({ branches, current }: PhoneState): string {
  const simulations = branches.length - 1;
  if (current > 0) return `SIMULATION ${current} of ${simulations}: ${branches[current]?.name ?? ''}`;
  return simulations > 0 ? `the real call; ${simulations} ${simulations === 1 ? 'simulation' : 'simulations'}` : '';
}
