import type { E164 } from './ids.ts';

/** A number of the company at the vendor. */
export type ExoPhone = {
  number: E164;
  name: string;
  /** App id or name of the flow that takes its incoming calls. */
  flow?: string;
};
