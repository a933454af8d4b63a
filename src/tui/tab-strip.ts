import type { Verdict } from '../core/facts.ts';
import { inForce } from '../core/in-force.ts';
import { type PhoneState, type Shown, TABS, type Tab } from './phone-state.ts';
import { BAD, BOLD, DIM, type Row, ranked, row, type Span, span, WARN } from './rows.ts';

/** The tabs, each with how much is in it. */
export function tabsRow(state: PhoneState, shown: Shown): Row {
  const counts = countsOf(state, shown);
  return TABS.flatMap((name): Span[] => {
    const click = { tab: name };
    if (name === state.tab) return [span(` [${name.toUpperCase()}${counts[name]}]`, BOLD, click)];
    return [span(`  ${name}${counts[name]} `, name === 'dnc' && counts.dnc === ' ?' ? BAD : DIM, click)];
  });
}

/** The tabs, and what the rules said of this call where there is room for it. */
export const tabStrip = (state: PhoneState, shown: Shown, width: number): Row =>
  ranked(
    [
      { spans: tabsRow(state, shown), rank: 9 },
      { spans: verdictWords(state.verdict), rank: 1 },
    ],
    width,
  );

function countsOf({ callbacks, listed }: PhoneState, { view }: Shown): Record<Tab, string> {
  const posted = new Set([...callbacks.map(({ id }) => id), ...view.deliveries.map(({ id }) => id)]).size;
  return {
    log: '',
    web: ` ${view.requests.length}`,
    sms: ` ${view.sms.length}`,
    callbacks: ` ${posted}`,
    dnc: 'trouble' in listed ? ' ?' : ` ${inForce(listed).length}`,
  };
}

/** What the rules said of the call, in a word. */
export function verdictWords(verdict: Verdict | undefined): Row {
  if (!verdict) return [];
  if (verdict.verdict === 'allow') return row(`law: ok, ${verdict.ground.code}`, DIM);
  return row(`law: ${verdict.verdict}, ${verdict.reasons[0]?.code ?? ''}`, WARN);
}
