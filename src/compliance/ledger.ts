import { auditOfVerdict } from '../core/audit.ts';
import type { Contact, NewFact, Reason, Verdict } from '../core/facts.ts';
import type { AuditTrail, Facts, Gate, Made } from '../core/ports.ts';

/** Where it is written down, by whom, and by which rule packs was decided. */
export type Books = {
  facts: Pick<Facts, 'record'>;
  audit: Pick<AuditTrail, 'append'>;
  actor: string;
  rules: readonly string[];
  /** False where nobody looks at `asked`, as in a server that runs for days. */
  keep?: boolean;
};

export type Asked = { contact: Contact; verdict: Verdict };

export type Ledger = Required<Gate> & {
  /** Every verdict so far. */
  asked: readonly Asked[];
  /** Ends when everything is written down; tells what could not be, as clauses. */
  settled(): Promise<readonly string[]>;
};

/** In a server that runs for days with a full disk, more are not told one by one. */
const MOST_TOLD = 1000;

/**
 * A gate whose every verdict is in the audit, and whose contacts are facts. What cannot be written down stops nothing
 * that the gate lets out: it warns.
 */
export function createLedger(gate: Gate, { facts, audit, actor, rules, keep = true }: Books): Ledger {
  const asked: Asked[] = [];
  const writing = new Set<Promise<unknown>>();
  const lost: string[] = [];
  let waiting: Made[] = [];

  /** What comes together is recorded together: a store that waits for its disk waits once. */
  async function recordWaiting(): Promise<void> {
    await undefined;
    const together = waiting;
    waiting = [];
    const problem = await failure(facts.record(together.map((made) => factOf(made, actor))));
    if (problem === undefined) return;
    for (const made of together) if (lost.length < MOST_TOLD) lost.push(`that ${sayMade(made)} is not in the store: ${problem}`);
  }

  return {
    asked,
    async ask(contact, at, call) {
      const verdict = await gate.ask(contact, at, call);
      const named = verdict.verdict === 'allow' && call !== undefined && { call };
      const entry = auditOfVerdict(contact, verdict, { at, actor, rules, ...named });
      const problem = await failure(audit.append([entry]));
      const kept = problem === undefined ? verdict : { ...verdict, warnings: [...verdict.warnings, notAudited(problem)] };
      if (keep) asked.push({ contact, verdict: kept });
      return kept;
    },
    made(made) {
      gate.made?.(made);
      waiting.push(made);
      if (waiting.length > 1) return;
      const written = recordWaiting().finally(() => writing.delete(written));
      writing.add(written);
    },
    async settled() {
      await Promise.all(writing);
      return lost;
    },
  };
}

async function failure(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const notAudited = (why: string): Reason => ({
  code: 'NOT_AUDITED',
  says: `this verdict is not in the audit: ${why}`,
  facts: [],
  effect: 'warn',
});

function factOf({ what, contact, at, call, flow }: Made, actor: string): NewFact {
  const { number, channel, class: kind, campaign, exophone } = contact;
  const common = { number, scope: channel, source: 'call', at, call, flow, ...(campaign !== undefined && { campaign }) } as const;
  return what === 'inbound'
    ? { kind: 'inbound', ...common, actor: 'caller', channel, ...(exophone !== undefined && { exophone }) }
    : { kind: 'contacted', ...common, actor, channel, class: kind };
}

const sayMade = ({ what, contact: { channel } }: Made): string =>
  what === 'inbound' ? 'the customer called' : channel === 'sms' ? 'an SMS went out' : 'the customer was called';
