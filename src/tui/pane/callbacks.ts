import type { Delivery } from '../../core/event.ts';
import { maskNumber } from '../../core/phone.ts';
import type { PhoneState, Shown } from '../phone-state.ts';
import { BOLD, DIM, EMPTY, GOOD, labelled, type Row, row, rowsOf, WARN } from '../rows.ts';
import type { CallbackPreview } from '../session.ts';

const NOT_POSTED = 'not posted: simulation';

const tellDelivery = ({ attempt, result, ok }: Delivery): string => `  attempt ${attempt}: ${result}${ok ? ', delivered' : ''}`;

/** Status callbacks with their fields, then what else was posted. */
export function callbacksRows({ callbacks }: Pick<PhoneState, 'callbacks'>, { view, branch }: Shown, width: number): Row[] {
  const { deliveries } = view;
  const simulated = branch.simulation !== undefined;
  const others = Map.groupBy(
    deliveries.filter(({ id }) => !callbacks.some((one) => one.id === id)),
    ({ id }) => id,
  );
  const webhooks = simulated
    ? view.optOuts.filter(({ id, url }) => url !== undefined && !others.has(`${branch.phone.call.facts.call}-optout-${id}`))
    : [];
  const posts = [
    ...[...others.values()].flatMap((tries) => postRows(tries, width)),
    ...webhooks.flatMap(({ url }) => [
      row('webhook', BOLD),
      ...rowsOf(`POST ${url}`, width, undefined, 2),
      row(`  ${NOT_POSTED}`, WARN),
      EMPTY,
    ]),
  ];
  if (callbacks.length === 0 && posts.length === 0)
    return rowsOf('No callback so far: the status callback comes when the call is over.', width, DIM);
  return [...callbacks.flatMap((one) => [...callbackRows(one, deliveries, width, simulated), EMPTY]), ...posts];
}

function postRows(tries: readonly Delivery[], width: number): Row[] {
  const [first] = tries;
  if (!first) return [];
  return [row(first.what, BOLD), ...rowsOf(`POST ${first.url}`, width, undefined, 2), ...tries.map(triedRow), EMPTY];
}

const triedRow = (one: Delivery): Row => row(tellDelivery(one), one.ok ? GOOD : WARN);

/** One callback: where it goes, how, what became of it, and its fields. */
export function callbackRows(
  { id, url, contentType, fields }: CallbackPreview,
  deliveries: readonly Delivery[],
  width: number,
  simulated = false,
): Row[] {
  const tries = deliveries.filter((one) => one.id === id);
  const where = url === undefined ? 'not posted: no --callback-url' : `POST ${url}`;
  const names = Math.min(Math.max(0, ...fields.map(([name]) => name.length)), Math.floor(width / 2));
  return [
    row('StatusCallback', BOLD),
    ...(simulated && url === undefined ? [] : rowsOf(where, width, undefined, 2)),
    ...(simulated && tries.length === 0 ? [row(`  ${NOT_POSTED}`, WARN)] : []),
    row(`  ${contentType}`, DIM),
    ...tries.map(triedRow),
    ...fields.flatMap(([name, value]) => labelled(`${name.padEnd(names)} `, tellValue(value), width)),
  ];
}

const tellValue = (value: string): string => (value === '' ? '(empty)' : /^\+?\d{9,15}$/.test(value) ? maskNumber(value) : value);
