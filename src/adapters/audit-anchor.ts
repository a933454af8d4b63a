import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import type { AuditHead } from '../core/audit.ts';

/** The file beside a store that remembers the head of its chain: a chain whose end is cut off does not reach it. */
export type Anchor = {
  path: string;
  exists(): boolean;
  /** Undefined when there is none. @throws Error when it cannot be read, or is none. */
  read(): AuditHead | undefined;
  /** Whole or not at all. What cannot be written is left out: an old anchor still holds. */
  write(head: AuditHead): void;
};

export function createAnchor(store: string): Anchor {
  const path = `${store}.head`;
  return {
    path,
    exists: () => existsSync(path),
    read() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      const head = parseHead(text);
      if (!head) throw new Error('it does not hold the head of an audit chain');
      return head;
    },
    write(head) {
      const draft = `${path}.${process.pid}`;
      try {
        writeDurably(draft, `${JSON.stringify({ head })}\n`);
        renameSync(draft, path);
      } catch {
        remove(draft);
      }
    },
  };
}

function writeDurably(path: string, text: string): void {
  const fd = openSync(path, 'w', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made.
  }
}

/** The head in the last line of an export, where a CSV has it as a comment; or in the only one of an anchor. */
export function parseHead(text: string): AuditHead | undefined {
  try {
    const { head } = JSON.parse((text.trimEnd().split('\n').at(-1) ?? '').replace(/^# /, '')) as { head?: Partial<AuditHead> };
    const { store, seq, hash } = head ?? {};
    if (typeof store !== 'string' || !Number.isSafeInteger(seq) || (seq as number) < 0 || typeof hash !== 'string')
      return undefined;
    return { store, seq: seq as number, hash };
  } catch {
    return undefined;
  }
}
