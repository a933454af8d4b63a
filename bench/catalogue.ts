import { readdirSync } from 'node:fs';
import type { Benchmark } from './benchmark.ts';

const folder = new URL('benchmarks/', import.meta.url);

/** The benchmarks there are: one file each. A new file joins by being there. */
export const benchmarkNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

export async function loadBenchmark(name: string): Promise<Benchmark> {
  const benchmark = (await import(new URL(`${name}.ts`, folder).href)) as Benchmark;
  if (benchmark.name !== name) throw new Error(`bench/benchmarks/${name}.ts calls itself "${benchmark.name}".`);
  return benchmark;
}

export type Wanted = { ok: true; names: readonly string[]; json: boolean } | { ok: false; says: string };

/** Reads the command line: names of benchmarks, all of them when there is none, and `--json`. */
export function parseArguments(args: readonly string[], known: readonly string[] = benchmarkNames): Wanted {
  const names = args.filter((arg) => arg !== '--json');
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const which = unknown.map((name) => `"${name}"`).join(', ');
    return { ok: false, says: `No benchmark is called ${which}. There are: ${known.join(', ')}. Options: --json.` };
  }
  return { ok: true, names: names.length > 0 ? [...new Set(names)] : known, json: args.includes('--json') };
}
