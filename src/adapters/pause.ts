import { setTimeout as sleep } from 'node:timers/promises';
import type { Ms } from '../core/ids.ts';

/** Waits by the wall's clock. Does not keep the process alive. */
export const pause = (by: Ms): Promise<void> => sleep(by, undefined, { ref: false });
