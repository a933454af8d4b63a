import type { CallRecord } from '../core/call-record.ts';
import type { Hub } from './hub.ts';
import type { Parts } from './parts.ts';

export type CallKeeper = {
  /** Writes down how a call stands. False when it cannot be written: then it is kept here, and tried again when there is room. */
  keep(record: CallRecord): Promise<boolean>;
  /** Of a call of which the store does not know the last. */
  unwritten(sid: string): CallRecord | undefined;
  /** It never was. */
  forget(sid: string): void;
  /** None ever was. */
  clear(): void;
};

/** Calls as they are kept. Where the disk is full, what became of those under way is not forgotten as long as this runs. */
export function createCallKeeper({ records, hub, say }: Pick<Parts, 'records' | 'say'> & { hub: Hub }): CallKeeper {
  /** The last of each call that is not written yet, or could not be. */
  const unwritten = new Map<string, CallRecord>();
  const failed = new Set<string>();

  async function keep(record: CallRecord): Promise<boolean> {
    const { sid } = record;
    unwritten.set(sid, record);
    failed.delete(sid);
    try {
      await records.calls.save(record);
    } catch (error) {
      if (unwritten.get(sid) === record) failed.add(sid);
      say({ about: 'trouble', says: `call ${sid} cannot be kept: ${error instanceof Error ? error.message : error}` });
      return false;
    }
    if (unwritten.get(sid) === record) unwritten.delete(sid);
    for (const other of [...failed]) void keep(unwritten.get(other) as CallRecord);
    return true;
  }

  return {
    keep(record) {
      if (hub.watched) hub.tell({ type: 'call', call: record });
      return keep(record);
    },
    unwritten: (sid) => unwritten.get(sid),
    forget(sid) {
      unwritten.delete(sid);
      failed.delete(sid);
    },
    clear() {
      unwritten.clear();
      failed.clear();
    },
  };
}
