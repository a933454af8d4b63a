import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseHead } from '../adapters/audit-anchor.ts';
import { sayWhy } from '../adapters/sqlite-driver.ts';
import { type AuditEntry, type AuditHead, type AuditReport, sayAuditProblem } from '../core/audit.ts';
import type { AuditQuery, AuditTrail } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { parseInstant } from '../core/time.ts';
import { auditJson, auditRow } from './dnc-audit-show.ts';
import { type DncOptions, type List, printJson, readNumber, withList } from './dnc-list.ts';
import { table } from './dnc-show.ts';
import type { Io } from './io.ts';
import { writeWhole } from './write-whole.ts';

export type AuditOptions = DncOptions & {
  verify?: boolean;
  /** A file. */
  export?: string;
  number?: string;
  since?: string;
  /** An earlier export, or the head beside a copy of the store. */
  head?: string;
};

/** Entries that are read at once. */
const PAGE = 1000;

/** `press9 dnc audit`: who did what to the list, what was let out or held back, and is all of it still there? */
export async function audit(io: Io, options: AuditOptions): Promise<void> {
  const query = readQuery(options);
  const kept = options.head === undefined ? [] : [readHead(io, options.head)];
  await withList(io, options, async (list) => {
    const trail = list.store.audit;
    if (options.verify) return tellReport(io, await trail.verify(...kept), options);
    if (options.export !== undefined) return exportTo(io, options.export, list, query);
    if (options.json) return printJson(io, { entries: await allOf(trail, query), head: await trail.head() });
    let count = 0;
    for await (const page of pagesOf(trail, query)) {
      io.out(table(page.map(auditRow)));
      count += page.length;
    }
    if (count === 0) io.out('Nothing is in the audit.\n');
  });
}

function readQuery(options: AuditOptions): AuditQuery {
  const { verify, number, since, head } = options;
  if (verify && (number ?? since ?? options.export) !== undefined)
    throw new UserError('--verify checks the whole chain: it goes with --head and --json alone.');
  if (head !== undefined && !verify) throw new UserError('--head goes with --verify.');
  if (options.export !== undefined && options.json)
    throw new UserError('--export writes JSON lines by itself: leave --json out.');
  const at = since === undefined ? undefined : parseInstant(since);
  if (since !== undefined && at === undefined)
    throw new UserError(`--since "${since}" is no instant.`, {
      advice: 'Write it as 2026-11-22 or 2026-11-22T10:00; Indian time.',
    });
  return { ...(number !== undefined && { number: readNumber(number, options) }), ...(at !== undefined && { since: at }) };
}

function readHead(io: Io, file: string): AuditHead {
  const path = resolve(io.cwd, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${sayWhy(error)}.`);
  }
  const head = parseHead(text);
  if (!head)
    throw new UserError(`${path} does not end with the head of an audit chain.`, { advice: 'Name an export, or a .head file.' });
  return head;
}

async function* pagesOf(
  trail: AuditTrail,
  query: AuditQuery,
  to = Number.POSITIVE_INFINITY,
): AsyncIterable<readonly AuditEntry[]> {
  for (let after = 0; ; ) {
    const page = await trail.read({ ...query, after, limit: PAGE });
    const wanted = page.filter(({ seq }) => seq <= to);
    if (wanted.length > 0) yield wanted;
    if (page.length < PAGE || wanted.length < page.length) return;
    after = page.at(-1)?.seq ?? after;
  }
}

async function allOf(trail: AuditTrail, query: AuditQuery): Promise<readonly unknown[]> {
  const all = [];
  for await (const page of pagesOf(trail, query)) all.push(...page.map(auditJson));
  return all;
}

/** The export is an entry itself, so that who has a copy is known. The head is its last line. */
async function exportTo(io: Io, file: string, { store, now, actor }: List, query: AuditQuery): Promise<void> {
  const path = resolve(io.cwd, file);
  await store.audit.append([{ action: 'export', at: now(), actor, body: { file } }]);
  const head = await store.audit.head();
  let count = 0;
  async function* lines(): AsyncIterable<string> {
    for await (const page of pagesOf(store.audit, query, head.seq)) {
      count += page.length;
      yield page.map((entry) => `${JSON.stringify(auditJson(entry))}\n`).join('');
    }
    yield `${JSON.stringify({ head })}\n`;
  }
  await writeWhole(path, lines());
  io.out(`${sayCount(count)} in ${path}, head ${head.seq} ${head.hash}\n`);
}

function tellReport(io: Io, report: AuditReport, options: AuditOptions): void {
  const { entries, head, against, problems } = report;
  if (problems.length > 0) io.exitCode = 1;
  if (options.json) {
    printJson(io, { whole: problems.length === 0, entries, head, against, problems });
    return;
  }
  for (const problem of problems) io.out(`${sayAuditProblem(problem)}\n`);
  const whole = problems.length === 0 ? 'chain whole' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  io.out(`${sayCount(entries)}, ${whole}, head ${head.seq} ${head.hash}\n`);
  if (against.length === 0) io.err('note: no head was kept elsewhere, so an end that was cut off could not be seen.\n');
}

const sayCount = (count: number): string => `${count} ${count === 1 ? 'entry' : 'entries'}`;
