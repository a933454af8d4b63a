import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSystemIds } from '../adapters/ids.ts';
import { pause } from '../adapters/pause.ts';
import { createMemoryStore } from '../adapters/store.ts';
import { openFlowFolder } from '../commands/emulator-flows.ts';
import { type Listening, listen } from '../commands/emulator-listen.ts';
import { routesOf } from '../commands/emulator-routes.ts';
import { exophoneOf, NO_SEED } from '../commands/emulator-seed.ts';
import { openEmulatorWorld } from '../commands/emulator-world.ts';
import { version } from '../commands/version.ts';
import { DEFAULT_POLICY } from '../compliance/policy.ts';
import { PROFILES } from '../compliance/profiles.ts';
import { standingIn } from '../compliance/whitelist-number.ts';
import { WHITELIST_SWITCHES } from '../compliance/whitelist-switches.ts';
import { type Ms, ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { parseDuration, parseInstant } from '../core/time.ts';
import type { Violation } from '../core/violation.ts';
import { createEmulator as createServer, type Emulator } from '../emulator/emulator.ts';
import type { Mover, Parts, Reading, Told } from '../emulator/parts.ts';
import { BadSeed, WORLD } from '../emulator/seed.ts';
import { checkOptions } from './check-options.ts';
import { sayViolations } from './say-violations.ts';
import type { EmulatorOptions, TestEmulator } from './test-emulator.ts';

const USUAL_START = '2026-01-05T10:00';
const COUNTRY = 'IN';

/**
 * Exotel's API for a test: on a free port of loopback, in this process, with a store of its own in memory.
 * @throws UserError when an option means nothing, or there are no flows.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<TestEmulator> {
  checkOptions(options);
  const cwd = process.cwd();
  const say = ({ about, says }: Told) => options.log?.(`${about} ${says}`);
  const flows = openFlowFolder(cwd, folderOf(options.flows ?? 'flows'), say);
  await flows.open();
  const exophones = (options.exophones ?? []).map((one, i) => exophoneOf(one, COUNTRY, `exophones.${i}`));
  const { sid = 'press9', key = 'press9key', token = 'press9token' } = options.credentials ?? {};
  let clock: Parts['clock'] | undefined;
  const ids = createSystemIds((options.idSeed ?? 1) + 1);
  const store = createMemoryStore({ ids, now: () => clock?.now() ?? ms(0) });
  const world = await openEmulatorWorld({
    cwd,
    flows,
    store,
    recordsPath: 'memory:',
    clock: options.clock === 'real' ? { kind: 'real', speed: 1 } : { kind: 'virtual', at: instant(options.at ?? USUAL_START) },
    seed: { ...NO_SEED, exophones },
    routes: routesOf(Object.entries(options.routes ?? {})),
    policy: { ...DEFAULT_POLICY, profile: PROFILES[options.profile ?? 'IN-EXOTEL'], whitelist: standingIn(WHITELIST_SWITCHES) },
    switches: WHITELIST_SWITCHES,
    enforce: options.enforce === true,
    company: options.company ?? 'Your Company',
    credentials: { sid, key, token },
    country: COUNTRY,
    reading: readingOf(options),
    idSeed: options.idSeed ?? 1,
    say,
  });
  clock = world.parts.clock;
  let hosts: readonly string[] = [];
  let listening: Listening | undefined;
  const emulator = createServer(world.parts, {
    version,
    allowHosts: [],
    hosts: () => hosts,
    certificate: () => listening?.certificate,
  });
  const stop = async () => {
    world.stop();
    await listening?.close();
    await emulator.close();
    await store.close();
  };
  try {
    await plant(emulator, options.seed ?? {});
    listening = await listen(emulator, { host: '127.0.0.1', port: 0, ...(options.tls && { tls: { port: 0, hosts: [] } }) });
  } catch (error) {
    await stop();
    throw error;
  }
  hosts = [listening.url, listening.tlsUrl].flatMap((one) => (one === undefined ? [] : [new URL(one).host]));
  return operated(world.parts, emulator, { ...listening, sid, key, token }, stop);
}

/** @throws UserError with every mistake of the seed. */
async function plant(emulator: Emulator, seed: NonNullable<EmulatorOptions['seed']>): Promise<void> {
  const read = WORLD.safeParse(seed);
  const mistakes = read.error?.issues.map(({ path, message }) => `${path.join('.') || 'the seed'}: ${message}`);
  if (!read.success) throw new UserError(`seed: ${mistakes?.join('; ')}`);
  await emulator.plant(read.data).catch((error: unknown) => {
    throw error instanceof BadSeed ? new UserError(`seed: ${error.message}`) : error;
  });
}

type Address = Pick<TestEmulator, 'url' | 'sid' | 'key' | 'token'> & { tlsUrl?: string; certificate?: string };

function operated(parts: Parts, emulator: Emulator, address: Address, stop: () => Promise<void>): TestEmulator {
  const { records, flows, mover } = parts;
  const { switchboard, violations } = emulator;
  let expected = new Set<string>();
  let closed = false;
  const { url, sid, key, token, tlsUrl, certificate } = address;

  /** Those that the test did not say it means; from now on none is expected. */
  function takeUnexpected(): readonly Violation[] {
    const unexpected = violations.list().filter(({ id }) => !expected.has(id));
    expected = new Set();
    return unexpected;
  }

  const standingOf = (call: string) => {
    const found = switchboard.standing(call) ?? switchboard.underWay().findLast(({ record }) => sameNumber(record.from, call));
    if (found) return found;
    throw new UserError(`No call ${call} is under way.`);
  };

  return {
    url,
    sid,
    key,
    token,
    tlsUrl,
    certificate,
    async flowUrl(app) {
      const flow = await flows.find(app);
      if (flow) return `http://my.exotel.com/${sid}/exoml/start_voice/${flow.app}`;
      throw new UserError(`There is no flow "${app}"; there are ${(await flows.list()).map(({ name }) => name).join(', ')}.`);
    },
    async press(call, keys) {
      const read = parts.readKeys(keys);
      if (!read.ok) throw new UserError(`press: ${read.problem}`);
      const { call: live } = standingOf(call);
      const left = parts.drive(live, read.keys);
      await passUntil(mover, () => left() === 0 || live.state.phase === 'ended');
      if (left() > 0) throw new UserError(`The call ${live.facts.call} was over before all of "${keys}" were pressed.`);
    },
    async callIn(from, to) {
      const response = await emulator.app.inject({
        method: 'POST',
        url: '/_press9/calls',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        payload: JSON.stringify({ from, to }),
      });
      const answer = response.json<{ error?: string; call?: { sid: string } }>();
      if (answer.call) return answer.call.sid;
      throw new UserError(`callIn: ${answer.error}`);
    },
    async calls() {
      const { records: stored } = await records.calls.page({ order: 'desc', limit: 10_000 });
      return Promise.all(stored.map(async (one) => (await switchboard.find(one.sid)) ?? one));
    },
    messages: () => records.messages.list(10_000),
    callbacks: async () => (await records.posts.list({ limit: 10_000 })).toReversed(),
    violations: () => violations.list(),
    expectViolations(...codes) {
      const found = violations
        .list()
        .filter(({ reasons }) => codes.length === 0 || reasons.every(({ code }) => codes.includes(code)));
      expected = new Set([...expected, ...found.map(({ id }) => id)]);
      return found;
    },
    async advance(by) {
      const length = typeof by === 'string' ? parseDuration(by) : ms(by);
      if (length === undefined || !(length >= 0)) throw new UserError(`advance: "${by}" is no duration such as 30s or 5m.`);
      await (mover ? mover.advance(length) : pause(length));
    },
    async run() {
      if (mover) await mover.run();
      await emulator.idle();
    },
    seed: (world) => plant(emulator, world),
    async reset() {
      const unexpected = takeUnexpected();
      await emulator.reset();
      if (unexpected.length > 0) throw new Error(sayViolations(unexpected));
    },
    async close() {
      if (closed) return;
      closed = true;
      const unexpected = takeUnexpected();
      await stop();
      if (unexpected.length > 0) throw new Error(sayViolations(unexpected));
    },
  };
}

/** Virtual time goes on in steps as short as people type; the real one is waited for. */
const STEP = ms(100);

async function passUntil(mover: Mover | undefined, done: () => boolean): Promise<void> {
  while (!done()) await (mover ? mover.advance(STEP) : pause(STEP));
}

const digitsOf = (number: string): string => number.replace(/\D/g, '').slice(-10);
const sameNumber = (a: string, b: string): boolean => digitsOf(a).length === 10 && digitsOf(a) === digitsOf(b);

const folderOf = (named: string | URL): string =>
  typeof named === 'string' && !named.startsWith('file:') ? named : resolve(fileURLToPath(named));

function instant(text: string): Ms {
  const read = parseInstant(text);
  if (read !== undefined) return read;
  throw new UserError(`at: "${text}" is no instant such as 2026-11-22T10:00.`);
}

function readingOf({
  lateBy = '2m',
  rateLimit = 200,
  callbackProfile = 'automated-calls',
  callbackRetries = [],
  callbackTimeout = '15s',
  dndSms = 'all',
}: EmulatorOptions): Reading {
  const duration = (text: string, name: string): Ms => {
    const read = parseDuration(text);
    if (read !== undefined) return read;
    throw new UserError(`${name}: "${text}" is no duration such as 30s or 5m.`);
  };
  return {
    lateBy: duration(lateBy, 'lateBy'),
    rateLimit,
    pricePerMinute: 0.6,
    smsStep: ms(1000),
    dndSms,
    missedSecond: 'as-second-leg',
    recordUnlessTold: false,
    callbackProfile,
    callbackRetries: callbackRetries.map((text) => duration(text, 'callbackRetries')),
    callbackTimeout: duration(callbackTimeout, 'callbackTimeout'),
  };
}
