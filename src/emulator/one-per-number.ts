export type InTurn = <T>(numbers: readonly string[], work: () => Promise<T>) => Promise<T>;

/**
 * Works that concern the same number go on one after the other, so that each is judged by what came of those before it; others
 * do not wait for each other.
 * @param recorded resolves when what a work has done can be read by whoever comes next.
 */
export function onePerNumber(recorded: () => Promise<unknown>): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (numbers, work) => {
    const before = numbers.flatMap((number) => last.get(number) ?? []);
    const mine = before.length === 0 ? work() : Promise.all(before).then(work);
    const over: Promise<unknown> = mine
      .then(recorded, recorded)
      .catch(() => {})
      .then(() => {
        for (const number of numbers) if (last.get(number) === over) last.delete(number);
      });
    for (const number of numbers) last.set(number, over);
    return mine;
  };
}
