import type { CallFacts } from './event.ts';
import type { CallId, Ms } from './ids.ts';
import type { LegState } from './input.ts';

/** One phone of a call. Leg 1 is the customer. */
export type Leg = {
  leg: number;
  number: string;
  state: LegState | 'dialling';
  dialledAt: Ms;
  answeredAt?: Ms;
  endedAt?: Ms;
  /** A machine answered, no person. */
  by?: 'machine';
};

/** What a call knows at the moment it asks one of the user's URLs. The vendor's spelling of it is made in `exotel/`. */
export type Stage = {
  facts: CallFacts;
  startedAt: Ms;
  answeredAt?: Ms;
  now: Ms;
  legs: readonly Leg[];
  /** The last accepted input of a Gather or menu. */
  digits?: string;
  /** True once a Connect was passed, whoever answered. */
  connected: boolean;
  /** A recording was made by a Connect or a Voicemail. */
  recorded?: 'connect' | 'voicemail';
};

export type Param = readonly [name: string, value: string];

/** Writes the parameters that the vendor adds to a request to the user's server. */
export type AppParams = (stage: Stage) => readonly Param[];

/** How a vendor spells what the user's server gets to see. */
export type Dialect = {
  params: AppParams;
  /** Address of a call's recording. */
  recording(call: CallId): string;
};
