import type { CallView, SentSms, WebRequest } from '../call/view.ts';
import { tellHow, tellScope, tellSince } from '../compliance/tell.ts';
import type { Delivery } from '../core/event.ts';
import type { Fact } from '../core/facts.ts';
import { inForce } from '../core/in-force.ts';
import { showClock } from '../core/time.ts';
import type { PhoneState } from './phone-store.ts';
import { BAD, BOLD, DIM, EMPTY, GOOD, labelled, type Row, row, rowsOf, type Style, span, WARN } from './rows.ts';
import type { CallbackPreview } from './session.ts';
import { tellTook } from './words.ts';

/** As much of a server's answer as is shown. */
const MOST_BODY = 2000;

const nothing = (says: string, width: number): Row[] => rowsOf(says, width, DIM);

/** Requests to the user's server, whole, with their answers. */
export function webPane(view: CallView, width: number): Row[] {
  if (view.requests.length === 0) return nothing('This call has asked no server so far.', width);
  return view.requests.flatMap((request) => [...requestRows(view, request, width), EMPTY]);
}

function requestRows(view: CallView, { at, node, method, url, answer, async }: WebRequest, width: number): Row[] {
  const head: Row = [
    span(`${showClock(at - view.startedAt)} `, DIM),
    span(node ?? '', BOLD),
    span(async ? ' (does not wait)' : '', DIM),
  ];
  const asked = rowsOf(`${method} ${url}`, width, { color: 'cyan' }, 2);
  if (!answer) return [head, ...asked, row('  no answer yet', DIM)];
  const took = tellTook(answer.at - at);
  if ('failed' in answer) return [head, ...asked, ...rowsOf(`${answer.failed} (${took})`, width, BAD, 2)];
  const good = answer.status < 400;
  const came = row(`  ${answer.status} ${answer.contentType} (${took})`, good ? GOOD : BAD);
  const body = answer.body.length > MOST_BODY ? `${answer.body.slice(0, MOST_BODY)}…` : answer.body;
  return [head, ...asked, came, ...(body.trim() === '' ? [] : rowsOf(body.trim(), width, undefined, 2))];
}

export function smsPane(view: CallView, width: number): Row[] {
  if (view.sms.length === 0) return nothing('This call has sent no SMS so far.', width);
  return view.sms.flatMap((sms) => [
    [span(`${showClock(sms.at - view.startedAt)} `, DIM), span(`to ${sms.to}`, BOLD)],
    ...rowsOf(sms.text, width, undefined, 2),
    ...smsResult(sms, width),
    EMPTY,
  ]);
}

function smsResult({ result }: SentSms, width: number): Row[] {
  if (!result) return [row('  no answer yet', DIM)];
  if ('sid' in result) return rowsOf(`simulated, not really sent: ${result.sid}`, width, DIM, 2);
  return rowsOf(`NOT SENT: ${result.refused}`, width, BAD, 2);
}

const tellDelivery = ({ attempt, result, ok }: Delivery): string => `  attempt ${attempt}: ${result}${ok ? ', delivered' : ''}`;

/** Status callbacks with their fields, then what else was posted. */
export function callbacksPane({ callbacks, at }: PhoneState, width: number): Row[] {
  const { deliveries } = at.page === 'call' ? at.view : { deliveries: [] };
  const others = Object.groupBy(
    deliveries.filter(({ id }) => !callbacks.some((one) => one.id === id)),
    ({ id }) => id,
  );
  const posts = Object.values(others).flatMap((tries = []): Row[] => [
    row(`${tries[0]?.what ?? ''}`, BOLD),
    ...rowsOf(`POST ${tries[0]?.url ?? ''}`, width, undefined, 2),
    ...tries.map((one) => row(tellDelivery(one), one.ok ? GOOD : WARN)),
    EMPTY,
  ]);
  if (callbacks.length === 0 && posts.length === 0) {
    return nothing('No callback so far: the status callback comes when the call is over.', width);
  }
  return [...callbacks.flatMap((one) => [...callbackRows(one, deliveries, width), EMPTY]), ...posts];
}

/** One callback: where it goes, how, what became of it, and its fields. */
export function callbackRows(
  { id, url, contentType, fields }: CallbackPreview,
  deliveries: readonly Delivery[],
  width: number,
): Row[] {
  const tries = deliveries.filter((one) => one.id === id);
  const where = url === undefined ? ['not posted: no --callback-url'] : [`POST ${url}`];
  const names = Math.min(Math.max(0, ...fields.map(([name]) => name.length)), Math.floor(width / 2));
  return [
    row('StatusCallback', BOLD),
    ...where.flatMap((line) => rowsOf(line, width, undefined, 2)),
    row(`  ${contentType}`, DIM),
    ...tries.map((one) => row(tellDelivery(one), one.ok ? GOOD : WARN)),
    ...fields.flatMap(([name, value]) => labelled(`${name.padEnd(names)} `, value === '' ? '(empty)' : value, width)),
  ];
}

/** What the store says of the number. */
export function dncPane({ listed, session }: PhoneState, width: number): Row[] {
  const number = session.facts.customer;
  if ('trouble' in listed) return rowsOf(`The store cannot be asked: ${listed.trouble}`, width, BAD);
  const standing = inForce(listed);
  const head: Row[] =
    standing.length > 0
      ? rowsOf(`${number} is on the do-not-call list.`, width, BAD)
      : rowsOf(`${number} is not on the do-not-call list.`, width, GOOD);
  const facts = [...listed].reverse().flatMap((fact) => [EMPTY, ...factRows(fact, standing.includes(fact), width)]);
  return [...head, ...labelled('store  ', session.store.describe, width, DIM), ...facts];
}

/** A fact: since when, for what, how, why. */
export function factRows(fact: Fact, stands: boolean, width: number): Row[] {
  const style: Style | undefined = stands ? undefined : DIM;
  const line = (name: string, value: string | undefined): Row[] =>
    value === undefined ? [] : labelled(name.padEnd(7), value, width, style);
  if (fact.kind === 'opt-in') {
    return [
      ...line('opt-in', tellSince(fact)),
      ...line('by', fact.actor),
      ...line('why', fact.reason),
      ...line('proof', fact.evidence),
    ];
  }
  return [
    ...line('since', `${tellSince(fact)}${stands ? '' : ' (lifted)'}`),
    ...line('for', tellScope(fact)),
    ...line('how', tellHow(fact)),
    ...line('at', fact.node === undefined ? undefined : `applet ${fact.node}`),
    ...line('why', fact.reason),
    ...line('proof', fact.evidence),
  ];
}
