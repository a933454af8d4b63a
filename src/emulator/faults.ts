import { type Ms, ms } from '../core/ids.ts';
import { fitsPattern } from '../core/wildcard.ts';

/** What somebody ordered to go wrong with requests to the API. `path` may have `*`; of the vendor's paths only. */
export type ApiFault = {
  on: 'api';
  does: 'status' | 'slow' | 'drop';
  /** With `status`: 429, 500, 503 and so on. */
  status?: number;
  /** With `slow`: milliseconds of the wall's clock before it is handled. */
  by?: Ms;
  path?: string;
  times: number;
};

/** What somebody ordered to go wrong with callbacks and webhooks. `url` may have `*`. */
export type PostFault = {
  on: 'callbacks';
  /** `reorder` keeps one back until the one after it was tried. */
  does: 'delay' | 'drop' | 'duplicate' | 'reorder';
  /** With `delay`: milliseconds of the emulator's clock. */
  by?: Ms;
  url?: string;
  times: number;
};

export type Fault = ApiFault | PostFault;

export type Faults = {
  order(fault: Fault): void;
  /** Those still to come. */
  list(): readonly Fault[];
  clear(): void;
  /** The next fault of a request or post, which is used up by it. */
  forRequest(path: string): ApiFault | undefined;
  forPost(url: string): PostFault | undefined;
};

const USUAL_DELAY = ms(5000);

export function createFaults(): Faults {
  let waiting: Fault[] = [];

  function take<F extends Fault>(fits: (fault: Fault) => fault is F): F | undefined {
    const found = waiting.find(fits);
    if (found === undefined) return undefined;
    waiting = waiting.flatMap((one) => {
      if (one !== found) return [one];
      return one.times > 1 ? [{ ...one, times: one.times - 1 }] : [];
    });
    return { ...found, by: found.by ?? USUAL_DELAY };
  }

  return {
    order: (fault) => void waiting.push(fault),
    list: () => waiting,
    clear() {
      waiting = [];
    },
    forRequest: (path) =>
      waiting.length === 0
        ? undefined
        : take((one): one is ApiFault => one.on === 'api' && fitsPattern((one.path ?? '*').toLowerCase(), path.toLowerCase())),
    forPost: (url) =>
      waiting.length === 0
        ? undefined
        : take((one): one is PostFault => one.on === 'callbacks' && fitsPattern(one.url ?? '*', url)),
  };
}
