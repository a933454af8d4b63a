import type { Ms } from '../core/ids.ts';
import type { Standing } from './policy.ts';

/** On the vendor's whitelist at an instant. */
export const isWhitelisted = (standing: Standing | undefined, at: Ms): boolean =>
  standing?.status === 'whitelist' && (standing.expiresAt === undefined || at < standing.expiresAt);
