import { type Ms, ms } from '../core/ids.ts';

/** The machine's own time. */
export const machineNow = (): Ms => ms(Date.now());
