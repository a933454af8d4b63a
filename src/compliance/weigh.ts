import type { CallClass } from '../core/event.ts';
import type { Contact, Reason } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { bookOf, type Page } from './book.ts';
import { type Known, meets, stillCounts } from './known.ts';
import { HOUSE } from './packs/house.ts';
import type { Policy } from './policy.ts';
import { registrationOf } from './registration.ts';
import { type Ruled, reasonOf } from './ruled.ts';
import { type Finding, modeOf, type Situation } from './situation.ts';

/** What every rule says of a contact at an instant. */
export type Weighed = {
  page: Page;
  situation: Situation;
  blocks: readonly Reason[];
  defers: readonly Reason[];
  warnings: readonly Reason[];
};

export function weigh(contact: Contact, known: Known, at: Ms, policy: Policy): Weighed {
  const page = bookOf(policy).page(contact, at);
  const mode = modeOf(contact);
  const warnings: Reason[] = [];
  const kind = classify(page, contact, at, warnings);
  const situation: Situation = {
    contact,
    class: kind,
    mode,
    at,
    known,
    policy,
    optOuts: known.optOuts.filter((fact) => meets(fact, contact) && stillCounts(fact, at)),
    registration: registrationOf(known, at),
    standing: page.asksStanding ? policy.whitelist?.(contact.number, known.facts, at) : undefined,
    resolicitDays: page.resolicitDays,
  };
  const blocks: Reason[] = [];
  const defers: Reason[] = [];
  const take = (ruled: Ruled, finding: Finding): void => {
    const reason = reasonOf(ruled, finding);
    if (reason.effect === 'block') blocks.push(reason);
    else if (reason.effect === 'defer') defers.push(reason);
    else warnings.push(reason);
  };
  for (const ruled of page.judges(kind)) {
    if (!concerns(ruled, situation)) continue;
    const found = ruled.judge?.(situation);
    if (found === undefined) continue;
    if ('code' in found) take(ruled, found);
    else for (const finding of found) take(ruled, finding);
  }
  if (!page.covered && policy.profile.packs.some((pack) => pack !== HOUSE)) warnings.push(NO_RULES);
  return { page, situation, blocks, defers, warnings };
}

const NO_RULES: Reason = {
  code: 'NO_RULES',
  says: "no rules are known for this number's country: only the company's own list was asked",
  facts: [],
  effect: 'warn',
};

function concerns({ data: { modes, purposes } }: Ruled, { mode, contact: { purpose } }: Situation): boolean {
  if (modes !== undefined && !modes.includes(mode)) return false;
  return purposes === undefined || (purpose !== undefined && purposes.includes(purpose));
}

/** The class that counts; what changes it is told. A rule that only warns changes nothing. */
function classify(page: Page, contact: Contact, at: Ms, warnings: Reason[]): CallClass {
  let kind = contact.class;
  for (const ruled of page.reclasses) {
    if (ruled.data.classes?.includes(kind) === false) continue;
    const change = ruled.reclass?.(contact, at);
    if (change === undefined) continue;
    warnings.push(reasonOf(ruled, { code: change.code, says: change.says, effect: 'warn', facts: [] }));
    if (!ruled.warnsOnly) kind = change.to;
  }
  return kind;
}
