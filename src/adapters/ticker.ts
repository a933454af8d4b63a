import type { Ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';

/** Calls `tick` again and again, by the wall's clock. Does not keep the process alive. */
export function every(wait: Ms, tick: () => void): Cancel {
  const timer = setInterval(tick, wait).unref();
  return () => clearInterval(timer);
}
