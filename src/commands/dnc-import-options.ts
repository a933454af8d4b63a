import type { ImportKind } from './dnc-import-fields.ts';
import type { FileOptions } from './dnc-open-file.ts';

export type ImportOptions = FileOptions & {
  as: ImportKind;
  map?: readonly string[];
  scope?: string;
  campaign?: string;
  source?: string;
  reason?: string;
  preference?: string;
  split?: boolean;
  report?: string;
  dryRun?: boolean;
  allOrNothing?: boolean;
};
