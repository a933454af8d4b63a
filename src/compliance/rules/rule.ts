import type { Contact, Fact, Reason } from '../../core/facts.ts';
import type { Ms } from '../../core/ids.ts';

/** Why something may not go out; with `until`, why not yet. */
export type Finding = Reason & { until?: Ms };

/**
 * One rule of the book. Pure.
 * @param optOuts the opt-outs in force that meet the contact.
 * @param at when it would go out, on the clock of the run.
 */
export type Rule = (contact: Contact, optOuts: readonly Fact[], at: Ms) => Finding | undefined;
