import type { AuditHead, AuditReport } from '../core/audit.ts';
import type { AuditTrail } from '../core/ports.ts';
import { sayWhy } from './sqlite-driver.ts';
import { type Connection, keepHead, type Link, writing } from './store-link.ts';
import { StoreError } from './store-shape.ts';

/** So many writes may be lost to the anchor when the process is killed. */
const ANCHOR_AFTER = 2048;

/** The chain of a SQLite file, anchored beside it. */
export function linkedAudit(link: Link): AuditTrail {
  let writes = 0;

  async function reading<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      const found = await link.reach();
      if ('problem' in found) throw new Error(found.problem);
      return await work(found);
    } catch (error) {
      throw new StoreError(`the store ${link.file.path} cannot be read: ${sayWhy(error)}`, { cause: error });
    }
  }

  return {
    append: (entries) =>
      writing(link, async ({ audit, anchor }) => {
        await audit.trail.append(entries);
        if (++writes % ANCHOR_AFTER === 0) keepHead(audit, anchor);
      }),
    read: (query) => reading(({ audit }) => audit.trail.read(query)),
    head: () => reading(({ audit }) => audit.trail.head()),
    verify: (...kept) => reading((connection) => verifyAnchored(connection, kept)),
  };
}

async function verifyAnchored({ audit, anchor }: Connection, kept: readonly AuditHead[]): Promise<AuditReport> {
  try {
    const anchored = anchor.read();
    return await audit.trail.verify(...kept, ...(anchored ? [anchored] : []));
  } catch (error) {
    const report = await audit.trail.verify(...kept);
    const says = `${anchor.path} cannot be read: ${sayWhy(error)}`;
    return { ...report, problems: [{ what: 'head', seq: 0, says }, ...report.problems] };
  }
}
