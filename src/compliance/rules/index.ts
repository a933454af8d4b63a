import { dncCampaign, dncChannel, dncTenant, optedOut } from './dnc.ts';
import type { Rule } from './rule.ts';

/** The rule book, the most telling reason first. The law's other rules (registers, consent, hours, frequency) join here. */
export const RULES: readonly Rule[] = [optedOut, dncTenant, dncCampaign, dncChannel];
