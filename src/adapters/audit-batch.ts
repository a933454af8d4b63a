/** Work of one turn of the event loop, done as one. */
export type Batch<T> = {
  /** Resolves when the items are written, rejects when none of their turn is. */
  add(items: readonly T[]): Promise<void>;
  /** Writes what waits now. */
  flush(): void;
};

export function createBatch<T>(write: (items: readonly T[]) => void): Batch<T> {
  let waiting: { items: readonly T[]; done: () => void; failed: (error: unknown) => void }[] = [];

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      write(batch.flatMap(({ items }) => items));
    } catch (error) {
      for (const { failed } of batch) failed(error);
      return;
    }
    for (const { done } of batch) done();
  }

  return {
    flush,
    add: (items) =>
      new Promise((done, failed) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ items, done, failed });
      }),
  };
}
