import type { Contact, Fact, Reason, Verdict } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { maskNumber, maskText } from '../core/phone.ts';
import { GRADES, type Source } from '../core/source.ts';
import { plainIst } from '../core/time.ts';
import { consequencesOf, deadlinesOf } from './deadlines.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { CLASS_NAMES } from './tell.ts';

export type ReceiptOptions = {
  policy?: Policy;
  /** Tell what so many violations lead to. */
  violations?: number;
};

const ist = (at: Ms): string => `${plainIst(at)} IST`;
const tellSource = ({ grade, title }: Source): string => `${title}, ${grade} (${GRADES[grade]})`;

/** A verdict as a receipt, line by line: what was asked, the verdict, the ground or every reason with its rule and source. */
export function receipt(
  verdict: Verdict,
  contact: Contact,
  at: Ms,
  { policy = DEFAULT_POLICY, violations }: ReceiptOptions = {},
): string[] {
  const told = verdict.verdict === 'allow' ? [verdict.ground] : verdict.reasons;
  return [
    `${verdict.verdict.toUpperCase()}  ${subject(contact)}`,
    `at ${ist(at)}  ${policy.profile.title}${policy.strict ? ', strict' : ''}`,
    ...section(verdict.verdict === 'allow' ? 'ground' : 'reasons', told.flatMap(reasonLines)),
    ...section('warnings', verdict.warnings.flatMap(reasonLines)),
    ...section('next', verdict.verdict === 'defer' ? [`it may go out from ${ist(verdict.nextAllowedAt)}`] : []),
    ...section('an opt-out counts here at once; it must be honoured', deadlineLines(told, contact, policy)),
    ...(violations === undefined
      ? []
      : section(
          `${violations} ${violations === 1 ? 'violation' : 'violations'} may lead to`,
          penaltyLines(violations, contact, at, policy),
        )),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

function subject({ number, channel, class: kind, category, purpose, campaign }: Contact): string {
  const more = [
    `${CLASS_NAMES[kind] ?? 'of an unknown class'} (${kind})`,
    category !== undefined && `category ${category}`,
    purpose,
    campaign !== undefined && `campaign ${campaign}`,
  ];
  return `${maskNumber(number)}  ${channel === 'sms' ? 'SMS' : 'call'}  ${more.filter(Boolean).join(', ')}`;
}

function reasonLines({ code, says, rule }: Reason): readonly string[] {
  const line = `${code}  ${maskText(says)}`;
  if (rule === undefined) return [line];
  const doubt = rule.doubt === undefined ? [] : [`  not certain: ${rule.doubt}`];
  return [line, `  ${rule.id}: ${tellSource(rule.source)}`, ...doubt];
}

function deadlineLines(told: readonly Reason[], { number }: Contact, policy: Policy): readonly string[] {
  const facts: readonly Fact[] = told
    .flatMap((reason) => reason.facts)
    .filter(({ kind }) => kind === 'opt-out' || kind === 'revocation');
  if (facts.length === 0) return [];
  const first = facts.reduce((earliest, fact) => (fact.at < earliest.at ? fact : earliest));
  return deadlinesOf(first.at, number, policy).map(
    ({ id, says, source, due }) => `by ${ist(due)}: ${says} (${id}: ${tellSource(source)})`,
  );
}

const penaltyLines = (violations: number, { number }: Contact, at: Ms, policy: Policy): readonly string[] =>
  consequencesOf(violations, number, at, policy).map(
    ({ model, step }) => `${step.says} (${model.id}: ${model.says}; ${tellSource(model.source)})`,
  );
