import type { Preference } from '../../core/facts.ts';
import { type Leave, leaveFor } from '../leave.ts';
import type { CheckOf } from '../packs/pack.ts';
import type { Registration } from '../registration.ts';
import { block, type Situation, warn } from '../situation.ts';
import { tellSince } from '../tell.ts';
import type { MakeJudge } from './rule.ts';

type Stop = { code: string; says: string };

/** A full block, a block of promotion, and blocks of categories. */
export const register: MakeJudge<'register'> = (check, { zone, policy }) => {
  return (situation) => {
    const { registration } = situation;
    const stop = registration && stopOf(check, registration, situation);
    if (!registration || !stop) return undefined;
    const leave = leaveFor(situation, { explicit: check.leave }, zone);
    if (!leave.ok || !outweighs(leave, registration)) return block(stop.code, stop.says, registration.facts);
    const given = `explicit leave of ${tellSince(leave.fact)} is recorded`;
    if (policy.strict) return block(stop.code, `${stop.says}; ${given}, and does not count when strict`, registration.facts);
    return warn(stop.code, `${stop.says}; ${given} and taken to count, which is a reading of the regulation`, [
      ...registration.facts,
      leave.fact,
    ]);
  };
};

/** Of a full block and leave the later act wins; leave passes the other blocks whenever it was given. */
const outweighs = ({ fact }: Extract<Leave, { ok: true }>, { preference, at }: Registration): boolean =>
  preference.block !== 'full' || fact.at > at;

function stopOf(check: CheckOf<'register'>, { preference }: Registration, situation: Situation): Stop | undefined {
  const { class: kind, contact } = situation;
  switch (preference.block) {
    case 'full':
      return check.full.includes(kind)
        ? { code: 'DND_FULL_BLOCK', says: 'the number is fully blocked in the register' }
        : undefined;
    case 'promo':
      return check.promo.includes(kind) ? { code: 'DND_PROMO_BLOCK', says: 'the register blocks promotion to it' } : undefined;
    case 'categories':
      return check.categories.includes(kind) ? categoryStop(preference, contact.category) : undefined;
    case 'none':
      return undefined;
  }
}

function categoryStop({ categories }: Preference, category: number | undefined): Stop | undefined {
  const [first] = categories;
  if (first === undefined) return undefined;
  if (category === undefined) {
    const says = `the register blocks promotion of the categories ${categories.join(', ')} to it, and this one tells no category`;
    return { code: `DND_CATEGORY_${first}`, says };
  }
  if (!categories.some((one) => one === category)) return undefined;
  return { code: `DND_CATEGORY_${category}`, says: `the register blocks promotion of category ${category} to it` };
}
