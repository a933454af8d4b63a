import { type Ms, ms } from '../core/ids.ts';

/** Time that has passed since some moment, with fractions; unmoved by whoever sets the machine's clock. */
export const stopwatch = (): Ms => ms(performance.now());
