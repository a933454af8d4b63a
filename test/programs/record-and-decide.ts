/**
 * Works as a dialer does: every turn several verdicts and a fact at once, and tells of each turn once it is kept:
 * `kept NUMBER SEQ`, the head's. With `import` it records many facts in chunks and tells `chunk N` before each.
 * Arguments: the store, the first number's last five digits, how many, and perhaps `import`.
 */
import { createSystemIds } from '../../src/adapters/ids.ts';
import { openStore } from '../../src/adapters/store.ts';
import type { NewAuditEntry } from '../../src/core/audit.ts';
import type { NewFact } from '../../src/core/facts.ts';
import { e164, ms } from '../../src/core/ids.ts';
import type { FactChunk } from '../../src/core/ports.ts';

const [path = '', first = '0', count = '1', mode = ''] = process.argv.slice(2);
const now = () => ms(Date.now());
const store = await openStore({ store: path, env: {}, cwd: process.cwd(), ids: createSystemIds(), now });
const numberAt = (i: number) => e164(`+9198765${String(Number(first) + i).padStart(5, '0')}`);
const factAt = (i: number): NewFact => ({
  kind: 'opt-out',
  number: numberAt(i),
  scope: 'all',
  source: mode === 'import' ? 'csv' : 'key-press',
  at: now(),
  actor: 'caller',
});
const verdictAt = (i: number): NewAuditEntry => ({
  action: 'decide',
  at: now(),
  actor: 'dialer',
  number: numberAt(i),
  body: { verdict: 'allow' },
});

async function* inChunks(): AsyncIterable<FactChunk> {
  for (let i = 0; i < Number(count); i++) {
    console.log(`chunk ${i}`);
    yield { facts: Array.from({ length: 100 }, (_, n) => factAt(i * 100 + n)), body: { chunk: i } };
    await new Promise((next) => setImmediate(next));
  }
}

console.log('opened');
if (mode === 'import') await store.recordMany(inChunks(), { at: now(), actor: 'asha' });
else {
  for (let i = 0; i < Number(count); i++) {
    const verdicts = Promise.all([store.audit.append([verdictAt(i), verdictAt(i)]), store.audit.append([verdictAt(i)])]);
    await Promise.all([verdicts, store.facts.record([factAt(i)])]);
    console.log(`kept ${numberAt(i)} ${(await store.audit.head()).seq}`);
  }
}
console.log('done');
process.stdin.resume();
