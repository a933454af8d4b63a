import type { Channel } from './facts.ts';
import type { CallId, E164, Ms } from './ids.ts';
import type { Grade } from './source.ts';

/** A call or message that the vendor lets out, and that our rules would have stopped. */
export type Violation = {
  /** Unique among those of one run. */
  id: string;
  at: Ms;
  /** The call that it is, or is a part of. */
  call?: CallId;
  channel: Channel;
  number: E164;
  /** What the rules would have done: refuse it, or let it wait. */
  verdict: 'block' | 'defer';
  reasons: readonly Breach[];
};

/** One rule that it breaks. */
export type Breach = {
  code: string;
  says: string;
  /** Id of the rule, and how well it is known; absent when the reason rests on no rule. */
  rule?: string;
  grade?: Grade;
};
