import type { CallClass } from '../../core/event.ts';
import { plainIst } from '../../core/time.ts';
import { askableFrom, lastRefusal } from '../resolicit.ts';
import { block, warn } from '../situation.ts';
import { tellSince } from '../tell.ts';
import type { MakeJudge } from './rule.ts';

const CLASSES: readonly CallClass[] = ['P', 'SE', 'SI', 'T', 'G'];

export const classKnown: MakeJudge<'class'> = (_, { rule }) => {
  const stop = block('CLASS_UNKNOWN', rule.says);
  return ({ class: kind }) => (CLASSES.includes(kind) ? undefined : stop);
};

export const noPromo: MakeJudge<'no-promo'> = (_, { rule }) => {
  const stop = block('PROVIDER_NO_PROMO', rule.says);
  return () => stop;
};

export const offer: MakeJudge<'offer'> = (_, { rule }) => {
  const stop = block('NO_OPT_OUT_OFFERED', rule.says);
  return ({ contact }) => (contact.optOutOffered === false ? stop : undefined);
};

export const resolicit: MakeJudge<'resolicit'> = ({ days }, { rule, zone }) => {
  return (situation) => {
    const refusal = lastRefusal(situation);
    const until = refusal && askableFrom(refusal, days, zone);
    if (!refusal || until === undefined || situation.at >= until) return undefined;
    const says = `${rule.says}; it did on ${tellSince(refusal)}, so not before ${plainIst(until)} IST`;
    return block(`RESOLICIT_${days}D`, says, [refusal], until);
  };
};

export const complaint: MakeJudge<'complaint'> = () => {
  return ({ known }) => {
    const { complaints } = known;
    const [first] = complaints;
    if (!first) return undefined;
    const times = complaints.length === 1 ? `on ${tellSince(first)}` : `${complaints.length} times`;
    return warn('COMPLAINED', `this person complained ${times}`, complaints);
  };
};
