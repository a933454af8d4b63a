import { tellHow, tellScope, tellSince } from '../../compliance/tell.ts';
import type { Fact, Verdict } from '../../core/facts.ts';
import { inForce } from '../../core/in-force.ts';
import { maskNumber } from '../../core/phone.ts';
import { plainIst } from '../../core/time.ts';
import type { PhoneState, Shown } from '../phone-state.ts';
import { BAD, DIM, EMPTY, GOOD, labelled, type Row, rowsOf, type Style, WARN } from '../rows.ts';

/** Why this call could be made, then what the store says of the number. */
export function dncRows({ listed, session, verdict }: PhoneState, { facts, branch, view }: Shown, width: number): Row[] {
  const head = verdictRows(verdict, width);
  const number = maskNumber(facts.customer);
  if ('trouble' in listed) return [...head, EMPTY, ...rowsOf(`The store cannot be asked: ${listed.trouble}`, width, BAD)];
  const standing = inForce(listed);
  const says =
    standing.length > 0
      ? rowsOf(`${number} is on the do-not-call list.`, width, BAD)
      : rowsOf(`${number} is not on the do-not-call list.`, width, GOOD);
  const apart =
    branch.simulation && view.optOuts.length > 0
      ? rowsOf('What a simulation records is not in it: nothing is written.', width, WARN)
      : [];
  const entries = listed
    .filter(({ kind }) => kind === 'opt-out' || kind === 'opt-in')
    .toReversed()
    .flatMap((fact) => [EMPTY, ...factRows(fact, standing.includes(fact), width)]);
  return [...head, EMPTY, ...says, ...apart, ...labelled('store  ', session.store.describe, width, DIM), ...entries];
}

function verdictRows(verdict: Verdict | undefined, width: number): Row[] {
  if (!verdict) return rowsOf('This call needed no leave: the customer calls.', width, DIM);
  if (verdict.verdict === 'allow') {
    const { code, says } = verdict.ground;
    return [
      ...rowsOf('This call was allowed.', width, GOOD),
      ...labelled('ground ', `${code}: ${says}`, width),
      ...verdict.warnings.flatMap((warning) => labelled('warned ', `${warning.code}: ${warning.says}`, width, WARN)),
    ];
  }
  const until = verdict.verdict === 'defer' ? ` before ${plainIst(verdict.nextAllowedAt)} IST` : '';
  return [
    ...rowsOf(`This call was not allowed${until}.`, width, BAD),
    ...verdict.reasons.flatMap(({ code, says }) => labelled('because ', `${code}: ${says}`, width)),
  ];
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
