import { sayEnd } from '../../call/fold.ts';
import type { Fact, Refusal } from '../../core/facts.ts';
import type { Ms } from '../../core/ids.ts';
import { maskNumber } from '../../core/phone.ts';
import { isoIst, showClock } from '../../core/time.ts';
import type { PhoneState, Shown } from '../phone-state.ts';
import { BAD, BOLD, bar, DIM, EMPTY, GOOD, labelled, type Row, row, rowsOf, type Span, span } from '../rows.ts';
import { columns } from '../width.ts';
import { left, tellClass } from '../words.ts';
import { callbackRows } from './callbacks.ts';
import { factRows } from './dnc.ts';

const middle = (spans: readonly Span[], width: number): Row => {
  const size = spans.reduce((sum, { text }) => sum + columns(text), 0);
  return [span(' '.repeat(Math.max(0, Math.floor((width - size) / 2)))), ...spans];
};

const button = (command: 'answer' | 'decline'): Row => [
  span(`[${command[0]}]`, BOLD, { command }),
  span(` ${command}`, undefined, { command }),
];

/** The phone rings: who is called, by whom, for what, and how long it will ring. */
export function ringingPage({ view, facts, now }: Shown, width: number, height: number): Row[] {
  const name = facts.contact['name'];
  const since = view.legs[0]?.dialledAt ?? view.startedAt;
  const rest = left((since + facts.ringFor) as Ms, now);
  const wave = Math.floor((now - since) / 500) % 2 === 0 ? ['(( ', ' ))'] : [' ( ', ' ) '];
  const lines: Row[] = [
    middle([span('.------.')], width),
    middle([span(wave[0] ?? '', BOLD), span('| RING |', BOLD), span(wave[1] ?? '', BOLD)], width),
    middle([span("'------'")], width),
    EMPTY,
    middle([span(`${name ? `${name}  ` : ''}${maskNumber(facts.customer)}`, BOLD)], width),
    middle([span('called by ', DIM), span(maskNumber(facts.exophone))], width),
    middle([span('flow ', DIM), span(facts.flow), span('  class ', DIM), span(tellClass(facts.class))], width),
    EMPTY,
    middle([...button('answer'), span('     '), ...button('decline')], width),
    EMPTY,
    middle(
      [span('rings '), span(bar(rest / facts.ringFor, Math.min(30, width - 20))), span(` ${Math.ceil(rest / 1000)} s`)],
      width,
    ),
    middle([span('then: no answer', DIM)], width),
  ];
  const above = Math.max(0, Math.floor((height - lines.length) / 2));
  const shown = lines.length > height ? lines.filter((one) => one.length > 0) : lines;
  return [...Array.from({ length: above }, () => EMPTY), ...shown];
}

/** The call is over: why, how long, what came of it, and what the company's server is told unless its tab says so. */
export function endedPane(state: PhoneState, shown: Shown, width: number): Row[] {
  const { view, now } = shown;
  const talked =
    view.answeredAt === undefined ? 'not answered' : `${showClock((view.endedAt ?? now) - view.answeredAt)} after the answer`;
  return [
    row(shown.branch.simulation ? 'SIMULATION OVER' : 'CALL OVER', BOLD),
    ...rowsOf(`${view.status}, ${talked}`, width),
    ...rowsOf(view.ended ? sayEnd(view.ended) : '', width),
    ...rowsOf(view.digits === undefined ? 'no digits accepted' : `digits ${view.digits}`, width),
    ...view.goals.flatMap((goal) => rowsOf(`goal ${goal}`, width, GOOD)),
    ...view.optOuts.flatMap(({ scope, result }) =>
      result && 'failed' in result
        ? rowsOf(`opt-out NOT RECORDED: ${result.failed}`, width, BAD)
        : rowsOf(`opt-out (${scope}) ${result ? 'recorded' : 'not acknowledged yet'}`, width, result ? GOOD : BAD),
    ),
    ...(state.tab === 'callbacks' ? [] : dueCallbacks(state, shown, width)),
  ];
}

function dueCallbacks({ callbacks }: PhoneState, { view, branch }: Shown, width: number): Row[] {
  if (callbacks.length === 0) return [EMPTY, ...rowsOf('No status callback is due for this call.', width, DIM)];
  return callbacks.flatMap((one) => [EMPTY, ...callbackRows(one, view.deliveries, width, branch.simulation !== undefined)]);
}

/** The call may not be made: since when, why, and what can be done. Not a dead end. */
export function refusedPage({ session }: PhoneState, verdict: Refusal, width: number): Row[] {
  const { facts, store } = session;
  const known = verdict.reasons.flatMap((reason) => reason.facts.filter(isOptOut));
  const again =
    verdict.verdict === 'defer'
      ? [`It may be called from ${isoIst(verdict.nextAllowedAt).slice(0, 16).replace('T', ' ')} IST.`]
      : [];
  return [
    row(verdict.verdict === 'defer' ? 'NOT NOW' : 'NOT CALLED', BAD),
    EMPTY,
    ...verdict.reasons.flatMap(({ code, says, facts: its }) =>
      its.some(isOptOut)
        ? [...rowsOf(`${facts.customer} is on the do-not-call list.`, width, BOLD)]
        : rowsOf(`${code}: ${says}`, width, BOLD),
    ),
    ...known.flatMap((fact) => factRows(fact, true, width)),
    ...again.flatMap((says) => rowsOf(says, width)),
    EMPTY,
    ...rowsOf('Nothing was dialled: no ring, no CallSid, no callback.', width),
    EMPTY,
    row('What can be done', BOLD),
    ...(known.length > 0 ? takeOff(facts.customer, store.option, width) : []),
    ...labelled('- ', 'Call another number: press c', width),
  ];
}

const isOptOut = ({ kind }: Fact): boolean => kind === 'opt-out';

function takeOff(number: string, option: string | undefined, width: number): Row[] {
  if (option !== undefined && /^:?memory:/.test(option)) {
    return labelled('- ', 'This list is in memory: it is empty again when you quit (q) and start anew.', width);
  }
  const where = option === undefined ? '' : ` --store '${option.replaceAll("'", "'\\''")}'`;
  return [
    ...labelled('- ', 'If this person has asked to be called again, run in another terminal:', width),
    ...rowsOf(`press9 dnc remove ${number} --reason "asked again" --evidence "ticket 4711"${where}`, width, BOLD, 4),
    ...rowsOf('with the real reason and evidence, then press r here.', width, undefined, 2),
  ];
}
