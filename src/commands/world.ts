import { createDelivery, type Deliverer } from '../adapters/delivery.ts';
import { type BreakableClient, createBreakableClient } from '../adapters/http-breakable.ts';
import { createFetchClient } from '../adapters/http-fetch.ts';
import { createScriptedClient } from '../adapters/http-scripted.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { machineNow } from '../adapters/machine-now.ts';
import { createOptOuts } from '../adapters/opt-outs.ts';
import { createSmsRecorder } from '../adapters/sms-recording.ts';
import { openStore, type Store } from '../adapters/store.ts';
import type { Ports } from '../call/run.ts';
import { createLedger, type Ledger } from '../compliance/ledger.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Clock, HttpClient, Ids, Line } from '../core/ports.ts';
import type { Io } from './io.ts';
import { guardOf, LIST_LAW, namesOf } from './law.ts';
import type { RunOptions } from './run-options.ts';

/** Everything one `press9 run` stands on. */
export type World = {
  ports: Ports;
  store: Store;
  http: HttpClient;
  /** What the call's own requests go through. */
  breakable: BreakableClient;
  delivery: Deliverer;
  /** The gate: every verdict is audited, and who was contacted is kept. */
  ledger: Ledger;
};

export async function openRunStore(io: Io, options: RunOptions, ids: Ids): Promise<Store> {
  return openStore({
    ...(options.store !== undefined && { store: options.store }),
    env: io.env,
    cwd: io.cwd,
    ids,
    now: machineNow,
  });
}

export const idsOf = ({ seed }: RunOptions): Ids => createSystemIds(seed);

/** Joins the adapters for one call. `line` is the phone that rings: scripted, or a person's. */
export function createWorld(options: RunOptions, store: Store, clock: Clock, makeLine: () => Line): World {
  const http = createScriptedClient(clock, options.answer, createFetchClient(clock));
  const breakable = createBreakableClient(clock, http);
  const delivery = createDelivery({ http, outbox: store.outbox, clock, schedule: { callback: options.callbackRetries } });
  const law = options.law ?? LIST_LAW;
  const books = { facts: store.facts, audit: store.audit, actor: law.actor, rules: namesOf(law.policy) };
  const ledger = createLedger(guardOf(store.facts, law), books);
  const ports: Ports = {
    clock,
    http: breakable,
    line: makeLine(),
    sms: createSmsRecorder(clock),
    gate: ledger,
    optOuts: createOptOuts(store),
    callbacks: delivery,
  };
  return { ports, store, http, breakable, delivery, ledger };
}

/** Time a leftover post of an earlier call may take now. */
const LEFTOVER_TIMEOUT: Ms = ms(2000);

/** Tries what earlier calls could not deliver. Says what arrived; a dead server costs a few seconds at most. */
export async function deliverLeftovers(io: Io, store: Store, clock: Clock): Promise<void> {
  if (store.path === undefined || store.health !== 'ok') return;
  const http = createFetchClient(clock);
  const { delivered } = await createDelivery({ http, outbox: store.outbox, clock, timeout: LEFTOVER_TIMEOUT }).flush(3);
  if (delivered > 0)
    io.err(`press9: delivered ${delivered} ${delivered === 1 ? 'post' : 'posts'} left over from earlier calls\n`);
}
