import type { CallClass } from '../core/event.ts';
import type { Contact, Effect, Fact, Mode } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import type { Known } from './known.ts';
import type { Policy, Standing } from './policy.ts';
import type { Registration } from './registration.ts';

/** A contact at an instant, and what bears on it. */
export type Situation = {
  contact: Contact;
  /** After the rules that change it. */
  class: CallClass;
  mode: Mode;
  at: Ms;
  known: Known;
  policy: Policy;
  /** The opt-outs that meet it. */
  optOuts: readonly Fact[];
  registration: Registration | undefined;
  /** With the vendor's whitelist, where the policy tells. */
  standing: Standing | undefined;
  /** Days after an opt-out in which nobody is asked for leave again, where a law counts them. */
  resolicitDays: number | undefined;
};

/** What a rule has to say about it. `block` with `until` is a block whose end is known. */
export type Finding = { code: string; says: string; effect: Effect; facts: readonly Fact[]; until?: Ms };

/** One rule of the book, prepared. Pure; undefined when it has nothing to say. */
export type Judge = (situation: Situation) => Finding | readonly Finding[] | undefined;

/** Flows without an agent are robot calls. */
export const modeOf = ({ mode, channel }: Contact): Mode => mode ?? (channel === 'sms' ? 'SMS' : 'ROBO');

export const block = (code: string, says: string, facts: readonly Fact[] = [], until?: Ms): Finding => ({
  code,
  says,
  effect: 'block',
  facts,
  ...(until !== undefined && { until }),
});

/** A deferral; a block when there is no end to it. */
export const defer = (code: string, says: string, until: Ms | undefined, facts: readonly Fact[] = []): Finding =>
  until === undefined ? block(code, says, facts) : { code, says, effect: 'defer', facts, until };

export const warn = (code: string, says: string, facts: readonly Fact[] = []): Finding => ({
  code,
  says,
  effect: 'warn',
  facts,
});
