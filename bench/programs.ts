import type { PlayCall } from './appointment.ts';
import { playActorCall } from './baselines/actor-calls.ts';
import { playTableCall } from './baselines/table-calls.ts';
import { playOurCall } from './our-calls.ts';

export const PROGRAMS = ['ours', 'actor', 'table'] as const;
export type Program = (typeof PROGRAMS)[number];

/** The engine and its baselines: each plays the same calls and leaves the same log. */
export const programs: Readonly<Record<Program, PlayCall>> = { ours: playOurCall, actor: playActorCall, table: playTableCall };
