import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { pretty } from './pretty.ts';
import type { Reporter } from './reporter.ts';
import { tap } from './tap.ts';

export type ReporterName = 'pretty' | 'junit' | 'json' | 'tap' | 'github';

export const REPORTERS: Readonly<Record<ReporterName, Reporter>> = { pretty, junit, json, tap, github };

export const isReporterName = (name: string): name is ReporterName => Object.hasOwn(REPORTERS, name);

/** Their output is one whole document: nothing else may stand beside it. */
export const FOR_MACHINES: readonly ReporterName[] = ['junit', 'json', 'tap'];
