/** How many works go on at once: for one key, and in all. */
export type AtOnce = { each: number; all: number };

export type Slots = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Lets only so many works go on; the others wait, those for one key in their order. Keys take turns, so that a slow one does not keep the others waiting. */
export function createSlots(most: AtOnce): Slots {
  const open = new Map<string, number>();
  const queues = new Map<string, (() => void)[]>();
  let all = 0;

  const isFree = (key: string): boolean => all < most.all && (open.get(key) ?? 0) < most.each;

  function take(key: string): void {
    all++;
    open.set(key, (open.get(key) ?? 0) + 1);
  }

  function leave(key: string): void {
    all--;
    const left = (open.get(key) ?? 1) - 1;
    if (left === 0) open.delete(key);
    else open.set(key, left);
    next();
  }

  function next(): void {
    for (const [key, queue] of queues) {
      if (!isFree(key)) continue;
      const go = queue.shift() as () => void;
      queues.delete(key);
      if (queue.length > 0) queues.set(key, queue);
      take(key);
      go();
      return;
    }
  }

  return async (key, work) => {
    if (!queues.has(key) && isFree(key)) take(key);
    else
      await new Promise<void>((go) => {
        const queue = queues.get(key);
        if (queue) queue.push(go);
        else queues.set(key, [go]);
      });
    try {
      return await work();
    } finally {
      leave(key);
    }
  };
}
