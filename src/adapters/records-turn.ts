import type { DatabaseSync } from 'node:sqlite';
import { inTransaction, sayWhy } from './sqlite-driver.ts';
import { StoreError } from './store-shape.ts';

/** Something with things to write down. */
export type Writer = {
  /** Writes what has come since it was asked last. May be rolled back. */
  write(): void;
  /** It is written, and stays. */
  written?(): void;
  /** Drops what has come: it is written, or never will be. */
  forget(): void;
};

/** What comes in one turn of the event loop is one transaction. */
export type Turns = {
  /** Resolves when this turn is written, rejects when none of it is. */
  join(writer: Writer): Promise<void>;
  /** Reads behind what is still to be written: everybody reads what they wrote. */
  read<T>(work: () => T): Promise<T>;
  /** Works alone, behind what is still to be written. */
  alone(work: () => void): Promise<void>;
  close(): void;
};

export function createTurns(db: DatabaseSync, name: string): Turns {
  let writers = new Set<Writer>();
  let turn: PromiseWithResolvers<void> | undefined;
  let closed = false;

  function flush(): void {
    const mine = turn;
    if (!mine) return;
    turn = undefined;
    try {
      inTransaction(db, () => {
        for (const writer of writers) writer.write();
      });
      for (const writer of writers) writer.written?.();
      mine.resolve();
    } catch (error) {
      mine.reject(failure('written', error));
    } finally {
      for (const writer of writers) writer.forget();
      writers = new Set();
    }
  }

  const failure = (what: string, error: unknown) =>
    new StoreError(`the emulator's calls in ${name} cannot be ${what}: ${sayWhy(error)}`, { cause: error });

  const mustBeOpen = () => {
    if (closed) throw new StoreError(`the emulator's calls in ${name} are closed`);
  };

  return {
    async join(writer) {
      mustBeOpen();
      writers.add(writer);
      if (!turn) {
        turn = Promise.withResolvers();
        setImmediate(flush);
      }
      return turn.promise;
    },
    async read(work) {
      await turn?.promise.catch(() => {});
      mustBeOpen();
      try {
        return work();
      } catch (error) {
        throw failure('read', error);
      }
    },
    async alone(work) {
      mustBeOpen();
      flush();
      try {
        inTransaction(db, work);
      } catch (error) {
        throw failure('written', error);
      }
    },
    close() {
      if (closed) return;
      flush();
      closed = true;
      db.close();
    },
  };
}
