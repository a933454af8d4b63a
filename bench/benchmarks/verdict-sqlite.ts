import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSystemIds } from '../../src/adapters/ids.ts';
import { openStore, type Store } from '../../src/adapters/store.ts';
import { decide } from '../../src/compliance/decide.ts';
import { auditOfVerdict } from '../../src/core/audit.ts';
import type { Contact, NewFact } from '../../src/core/facts.ts';
import { type E164, e164 } from '../../src/core/ids.ts';
import type { FactChunk } from '../../src/core/ports.ts';
import type { Goal, Measured } from '../benchmark.ts';
import { interleaved } from '../measure.ts';
import { factsOf, MORNING } from '../verdicts.ts';

/*
 * Verdicts a second on a store of 20,000 numbers with ten facts each, asked for in no order, against the speed that is
 * aimed at and a bare prepared SELECT of the same rows; and with every verdict in the audit, durable, a hundred at a time.
 */
export const name = 'verdict-sqlite';
export const goal: Goal = { ratio: 1, sense: 'at-least' };

const AIM = 20_000;

const NUMBERS = 20_000;
const REPETITION_MS = 600;
const TOGETHER = 100;

/** Each number once before any comes again; 7919 and 20,000 have no divisor in common. */
const numberAt = (i: number): E164 => e164(`+9198${10_000_000 + ((i * 7919) % NUMBERS)}`);
const contactWith = (number: E164): Contact => ({ number, channel: 'voice', class: 'SI', mode: 'ROBO' });

/** As the store records them: it gives them ids of its own. */
const tenFacts = (number: E164): readonly NewFact[] => factsOf(number).map(({ id: _, recordedAt: __, ...fact }) => fact);

async function* population(): AsyncIterable<FactChunk> {
  for (let i = 0; i < NUMBERS; i += 100) {
    yield { facts: Array.from({ length: 100 }, (_, n) => tenFacts(numberAt(i + n))).flat(), body: { file: 'bench' } };
  }
}

export async function run(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'press9-bench-'));
  const path = join(folder, 'store.db');
  const store = await openStore({ store: path, env: {}, cwd: folder, ids: createSystemIds(), now: () => MORNING });
  const db = new DatabaseSync(path);
  try {
    await store.recordMany(population(), { at: MORNING, actor: 'bench' });
    const bare = db.prepare('SELECT * FROM facts WHERE number = ? ORDER BY recorded_at, seq');
    const programs = {
      ours: () => verdict(store),
      audited: () => audited(store),
      bare: async () => void bare.all(numberAt(turn++)),
    };
    const names = ['ours', 'audited', 'bare'] as const;
    for (const program of names) await speed(programs[program], 1);
    const measured = await interleaved(names, (program) => speed(programs[program], program === 'audited' ? TOGETHER : 1));
    const { ours, audited: withAudit, bare: select } = measured;
    const unit = 'verdicts/s';
    return [
      { against: `the aim, ${AIM.toLocaleString('en-US')} a second`, unit, ours, theirs: AIM, judged: true },
      { against: 'a bare prepared SELECT', unit, ours, theirs: select, judged: false },
      { against: 'the same without audit', unit, ours: withAudit, theirs: ours, judged: false },
    ];
  } finally {
    db.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

let turn = 0;

async function verdict({ facts }: Store) {
  const contact = contactWith(numberAt(turn++));
  return { contact, verdict: decide(contact, await facts.about(contact.number), MORNING) };
}

async function audited(store: Store): Promise<void> {
  const asked = Array.from({ length: TOGETHER }, async () => {
    const { contact, verdict: found } = await verdict(store);
    await store.audit.append([auditOfVerdict(contact, found, { at: MORNING, actor: 'bench' })]);
  });
  await Promise.all(asked);
}

/** Of a program that does so many at a time, a second. */
async function speed(program: () => Promise<unknown>, together: number): Promise<number> {
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < REPETITION_MS) {
    await program();
    count += together;
  }
  return (count * 1000) / (performance.now() - begun);
}
