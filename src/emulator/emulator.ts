import type { RequestListener } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { createGuard } from '../compliance/guard.ts';
import { createLedger } from '../compliance/ledger.ts';
import type { Verdict } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Gate } from '../core/ports.ts';
import type { Violation } from '../core/violation.ts';
import { createAccount } from './account.ts';
import { createDoorman } from './doorman.ts';
import { createFaults } from './faults.ts';
import { createHub, type Hub } from './hub.ts';
import { createVendorGate, guardWithVendor } from './leave.ts';
import { createMessages } from './messages.ts';
import { onePerNumber } from './one-per-number.ts';
import type { Parts } from './parts.ts';
import { createPeople } from './people.ts';
import { createPostman, tellPost } from './postman.ts';
import { plantSeed, type World } from './seed.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';
import { createViolations, type Violations } from './violations.ts';
import { createWeb, type WebOptions } from './web.ts';

export type Started = { calls: number; messages: number; posts: number };

/** The emulator, without a port to listen on. */
export type Emulator = {
  app: FastifyInstance;
  /** For further servers, such as one with TLS. */
  handler: RequestListener;
  switchboard: Switchboard;
  violations: Violations;
  hub: Hub;
  /** Takes up what an earlier process left: callbacks are delivered, calls that were under way have failed. */
  takeUp(): Promise<Started>;
  plant(world: World): Promise<void>;
  reset(): Promise<void>;
  /** Resolves when no callback is on its way, those that wait for another attempt apart. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** Webhooks of an earlier process that are taken over at a start. */
const MOST_LEFT = 10_000;
/** Waits before further attempts to tell the user's server of an opt-out. */
const WEBHOOK_RETRIES = [ms(1000), ms(5000), ms(30_000)];

export function createEmulator(parts: Parts, options: WebOptions): Emulator {
  const { clock, records, outbox, reading, say } = parts;
  const hub = createHub();
  const faults = createFaults();
  const account = createAccount();
  const people = createPeople();
  const violations = createViolations({ say, hub });
  const gate = gateOf(parts, (violation) => violations.add(violation));
  const postman = createPostman({
    clock,
    http: parts.post,
    posts: records.posts,
    faults,
    schedule: { callback: reading.callbackRetries, webhook: WEBHOOK_RETRIES },
    timeout: reading.callbackTimeout,
    trouble: (says) => say({ about: 'trouble', says }),
    tried(post) {
      hub.tell({ type: 'post', post });
      say({ about: 'callback', says: tellPost(post) });
      // An opt-out's webhook waits in the store as well, beside its fact; there it is tried again at the next start.
      if (post.what === 'webhook' && post.state !== 'waiting') {
        const delivered = post.state === 'delivered';
        void outbox.settle(post.id, { delivered, ...(!delivered && { retryAt: clock.now() }) }).catch(() => {});
      }
    },
  });
  const judge = judgeOf(parts);
  const sender = parts.senders[0] ?? senderOf(parts.company);
  const inTurn = onePerNumber(gate.recorded);
  const messages = createMessages({ ...parts, gate, judge, sender, postman, people, hub, inTurn });
  const switchboard = createSwitchboard({ ...parts, gate, sms: messages.gateway, postman, people, hub, inTurn });
  const doorman = createDoorman({ ...parts, faults, account });

  /** Tried to the end, or delivered and not yet struck off the store's list when the earlier process ended. */
  async function takeUpWebhook(id: string): Promise<void> {
    const kept = await records.posts.find(id);
    if (kept?.state === 'delivered') await outbox.settle(id, { delivered: true });
    if (kept?.state === 'given-up') void postman.redeliver(id).catch(() => {});
  }

  /** Opt-out webhooks that have not gone out wait in the store, too. */
  const owedWebhooks = () => outbox.due(ms(Number.MAX_SAFE_INTEGER), MOST_LEFT);

  async function forgetWebhooks(): Promise<void> {
    for (const { id } of await owedWebhooks())
      if (await records.posts.find(id)) await outbox.settle(id, { delivered: false }).catch(() => {});
  }

  async function reset(): Promise<void> {
    switchboard.clear();
    messages.clear();
    postman.clear();
    faults.clear();
    violations.clear();
    doorman.clear();
    account.standing = 'active';
    await forgetWebhooks();
    await records.clear();
  }

  const web = createWeb(
    { ...parts, switchboard, postman, messages, faults, people, violations, account, doorman, hub, sender, reset },
    options,
  );
  return {
    ...web,
    switchboard,
    violations,
    hub,
    async takeUp() {
      const left = await owedWebhooks();
      await records.posts.add(
        left.map(({ attempts: _, ...post }) => ({ ...post, at: clock.now(), state: 'waiting', attempts: [] })),
      );
      const posts = await postman.resume();
      for (const { id } of left) await takeUpWebhook(id);
      return { posts, calls: await switchboard.endLeftovers(), messages: await messages.resume() };
    },
    plant: (world) => plantSeed({ ...parts, people }, world),
    reset,
    idle: () => postman.idle(),
    async close() {
      await web.app.close();
      await records.close();
    },
  };
}

/** A sip: address is nobody's phone: no rule is about it. */
const SIP: Verdict = { verdict: 'allow', ground: { code: 'SIP', says: 'it is no phone number', facts: [] }, warnings: [] };

/** `recorded`: what was made is known to whoever is asked about next. */
type EmulatorGate = Gate & { recorded(): Promise<unknown> };

function gateOf({ facts, audit, policy, enforce }: Parts, violated: (violation: Violation) => void): EmulatorGate {
  const gate = createVendorGate({ gate: guardWithVendor(facts, policy), enforce, violated });
  const rules = [policy.profile.id, ...policy.profile.packs.map(({ id }) => id)];
  const ledger = createLedger(gate, { facts, audit, actor: 'emulator', rules, keep: false });
  return {
    ask: async (contact, at, call) => (contact.number.startsWith('sip:') ? SIP : ledger.ask(contact, at, call)),
    made: (made) => {
      if (!made.contact.number.startsWith('sip:')) ledger.made(made);
    },
    recorded: () => ledger.settled(),
  };
}

/** The rules alone: nothing is audited, and nothing is a violation. */
function judgeOf({ facts, policy }: Parts) {
  const guard = createGuard(facts, policy);
  return (contact: Parameters<Gate['ask']>[0], at: Ms) => guard.ask(contact, at);
}

/** Six letters of the company's name, as sender ids are. */
const senderOf = (company: string): string =>
  company
    .replace(/[^A-Za-z]/g, '')
    .slice(0, 6)
    .toUpperCase() || 'PRESSN';
