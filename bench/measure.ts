/** The middle value; the mean of the two middle ones when they are even in number. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('No median of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}

export const REPETITIONS = 5;

/** Measures each program once, then each again, and so on (A B A B …): what disturbs the machine disturbs all of them. */
export async function interleaved<Name extends string>(
  programs: readonly Name[],
  measure: (program: Name) => Promise<number>,
  repetitions = REPETITIONS,
): Promise<Readonly<Record<Name, number>>> {
  const values = new Map<Name, number[]>(programs.map((program) => [program, []]));
  for (let i = 0; i < repetitions; i++) {
    for (const program of programs) values.get(program)?.push(await measure(program));
  }
  return Object.fromEntries(programs.map((program) => [program, median(values.get(program) ?? [])])) as Record<Name, number>;
}
