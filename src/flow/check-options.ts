import type { NodeId } from '../core/ids.ts';

export type CheckOptions = {
  /** Columns of the contacts, when there are some: a variable that is none of them is an error then. */
  contacts?: readonly string[];
  /** Names given with `--set`. */
  variables?: readonly string[];
  /** What mistakes left out of the files: see `Draft`. */
  lost?: ReadonlyMap<string, Lost>;
};

/** Of one flow: applets whose settings are not whole, and applets that lost parts may lead to. */
export type Lost = { lossy: ReadonlySet<NodeId>; entrances: readonly NodeId[] };
