/**
 * Records opt-outs as a call does, and tells of each once it is kept: `recorded NUMBER` or `journalled NUMBER`.
 * Then waits to be killed. Arguments: the store, the first number's last five digits, how many.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { createSystemIds } from '../../src/adapters/ids.ts';
import { openStore } from '../../src/adapters/store.ts';
import { e164, ms } from '../../src/core/ids.ts';

const [path = '', first = '0', count = '1'] = process.argv.slice(2);
const now = () => ms(Date.now());
const store = await openStore({ store: path, env: {}, cwd: process.cwd(), ids: createSystemIds(), now });
console.log(`opened ${store.health === 'ok' ? 'ok' : store.health.problem}`);
for (let i = 0; i < Number(count); i++) {
  const number = e164(`+9198765${String(Number(first) + i).padStart(5, '0')}`);
  const fact = { kind: 'opt-out', number, scope: 'all', source: 'key-press', at: now(), actor: 'caller', key: '9' } as const;
  const kept = await store.facts.record([fact]).then(
    () => 'recorded',
    () => store.journal(fact).then(() => 'journalled'),
  );
  console.log(`${kept} ${number}`);
  await turn();
}
console.log('done');
process.stdin.resume();
