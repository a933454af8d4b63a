import type { Turns, Writer } from './records-turn.ts';

/** Saves records. Of each that comes several times in a turn the last is written. */
export function createLatest<R extends { sid: string }>(
  turns: Turns,
  write: (record: R) => void,
  written?: (record: R) => void,
): (record: R) => Promise<void> {
  let waiting = new Map<string, R>();
  const writer: Writer = {
    write() {
      for (const record of waiting.values()) write(record);
    },
    written() {
      if (written) for (const record of waiting.values()) written(record);
    },
    forget() {
      // A new one, not `clear`: V8 chains the tables of a map that is cleared, and a chain through old ones outlives many turns.
      waiting = new Map();
    },
  };
  return (record) => {
    waiting.set(record.sid, record);
    return turns.join(writer);
  };
}
