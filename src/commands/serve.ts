import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Command } from 'commander';
import { createSystemIds } from '../adapters/ids.ts';
import { machineNow } from '../adapters/machine-now.ts';
import { openStore, type Store } from '../adapters/store.ts';
import { type Ms, ms } from '../core/ids.ts';
import { isCountry } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { createEmulator, type Emulator } from '../emulator/emulator.ts';
import { isLoopback } from '../emulator/http/hosts.ts';
import type { Credentials, Reading, Told } from '../emulator/parts.ts';
import { BadSeed } from '../emulator/seed.ts';
import { national } from '../exotel/numbers.ts';
import { type FlowFolder, openFlowFolder } from './emulator-flows.ts';
import { type Listening, listen } from './emulator-listen.ts';
import { pairIn, routesOf } from './emulator-routes.ts';
import { NO_SEED, type Seed } from './emulator-seed.ts';
import { readSeedFile } from './emulator-seed-file.ts';
import { openEmulatorWorld } from './emulator-world.ts';
import type { Io } from './io.ts';
import { policyOf, switchesOf } from './law.ts';
import { packageFolder } from './package-folder.ts';
import { banner, readyOf } from './serve-banner.ts';
import { createServeLog, type ServeLog } from './serve-log.ts';
import { describeServe, type ServeOptions } from './serve-options.ts';
import { type Settings, settingsOf, withSettings } from './settings.ts';
import { version } from './version.ts';

/** `press9 serve` */
export function serveCommand(io: Io): Command {
  return withSettings(describeServe(), io).action(async (options: ServeOptions, command: Command) => {
    checkOptions(options, command);
    await serve(io, options, settingsOf(command));
  });
}

function checkOptions({ host, token, at, clock, speed, tls, country }: ServeOptions, command: Command): void {
  if (!isCountry(country))
    throw new UserError(`--country ${country} is no country code.`, { advice: 'Use two letters, such as IN.' });
  if (!isLoopback(host) && !token)
    throw new UserError(`--host ${host} lets others reach the emulator: it needs a --token.`, {
      advice: 'Programs send it to the control plane as a bearer. Without --host only this machine can reach it.',
    });
  if (isLoopback(host) && token !== undefined)
    throw new UserError('--token is for a --host that others can reach.', {
      advice: 'On this machine alone nobody is asked for it.',
    });
  if (!tls && command.getOptionValueSource('tlsPort') === 'cli')
    throw new UserError('--tls-port is for TLS.', { advice: 'Add --tls.' });
  if (at !== undefined && clock === 'real')
    throw new UserError('--at is for the virtual clock.', { advice: 'Add --clock virtual.' });
  if (speed !== 1 && clock === 'virtual')
    throw new UserError('--speed is for the real clock.', {
      advice: 'A virtual clock takes no time at all: POST /_press9/clock/advance.',
    });
}

async function serve(io: Io, options: ServeOptions, settings: Settings): Promise<void> {
  const time: { now: () => Ms } = { now: machineNow };
  const log = createServeLog(io, options, () => time.now());
  const seed = options.seed === undefined ? NO_SEED : await readSeedFile(io.cwd, options.seed, options.country);
  const flows = await openFlows(io, options, log.say);
  await checkLines(seed, flows);
  const store = await openStore({
    ...(options.store !== undefined && { store: options.store }),
    env: io.env,
    cwd: io.cwd,
    ids: createSystemIds(),
    now: machineNow,
  });
  if (store.health !== 'ok')
    throw new UserError(store.health.problem, { advice: 'Name another with --store; memory: keeps nothing.' });
  try {
    await run(io, options, settings, { log, time, seed, flows, store });
  } finally {
    await store.close();
  }
}

type Opened = { log: ServeLog; time: { now: () => Ms }; seed: Seed; flows: FlowFolder; store: Store };

async function run(io: Io, options: ServeOptions, settings: Settings, opened: Opened): Promise<void> {
  const { log, time, seed, flows, store } = opened;
  const { credentials, ours } = credentialsOf(options, seed);
  const { values } = settings;
  const policy = await policyOf(settings, store, machineNow());
  const world = await openEmulatorWorld({
    cwd: io.cwd,
    flows,
    store,
    recordsPath: store.path === undefined ? 'memory:' : join(dirname(store.path), 'emulator.db'),
    clock:
      options.clock === 'real' ? { kind: 'real', speed: options.speed } : { kind: 'virtual', at: options.at ?? machineNow() },
    seed: {
      ...seed,
      exophones:
        seed.exophones.length > 0 ? seed.exophones : settings.exophones.map((number) => ({ number, name: national(number) })),
    },
    routes: routesOf((options.route ?? []).map(pairIn)),
    policy,
    switches: switchesOf(values),
    enforce: options.enforce === true,
    company: seed.account.company ?? options.company ?? values.company ?? 'Your Company',
    credentials,
    country: options.country,
    reading: readingOf(options, settings),
    say: log.say,
  });
  time.now = () => world.parts.clock.now();
  let listening: Listening | undefined;
  let hosts: readonly string[] = [];
  const emulator = createEmulator(world.parts, {
    version,
    allowHosts: options.allowHost ?? [],
    ...(isLoopback(options.host) ? {} : { token: options.token ?? '' }),
    hosts: () => hosts,
    certificate: () => listening?.certificate,
  });
  try {
    await plant(emulator, seed);
    const { host, port } = options;
    listening = await listen(emulator, {
      host,
      port,
      ...(options.tls && { tls: { port: options.tlsPort, hosts: options.allowHost ?? [] } }),
    });
    hosts = [listening.url, listening.tlsUrl].flatMap((url) => (url === undefined ? [] : [new URL(url).host]));
    const left = await emulator.takeUp();
    const ready = readyOf({
      version,
      listening,
      credentials,
      tokenIsOurs: ours,
      exophone: national(world.parts.exophones[0]?.number ?? ''),
      flows: await flows.list(),
      clock: { kind: options.clock, now: world.parts.clock.now() },
      store: store.describe,
      pid: process.pid,
    });
    io.out(options.json ? `${JSON.stringify(ready)}\n` : banner(ready, !isLoopback(options.host)));
    log.left(left);
    await untilStopped(io);
  } finally {
    world.stop();
    await listening?.close();
    await emulator.close();
  }
  conclude(io, emulator);
}

function conclude(io: Io, { violations }: Emulator): void {
  const count = violations.count();
  if (count === 0) return;
  io.err(`press9: ${count} ${count === 1 ? 'violation' : 'violations'}: what went out would have been stopped by your rules.\n`);
  io.exitCode = 1;
}

async function plant(emulator: Emulator, { world, place }: Seed): Promise<void> {
  try {
    await emulator.plant(world);
  } catch (error) {
    if (!(error instanceof BadSeed)) throw error;
    throw new UserError(error.mistakes.map(({ at, says }) => `${place(at)}: ${at}: ${says}`).join('\n'), {
      advice: 'docs/emulator.md tells what a seed says.',
    });
  }
}

/** Until Ctrl-C, or the program that started us says so. */
const untilStopped = (io: Io): Promise<void> =>
  new Promise((stop) => {
    const unhook = io.onInterrupt?.(() => {
      unhook?.();
      stop();
    });
  });

/** @throws UserError for an ExoPhone whose flow is not there. */
async function checkLines({ exophones, place }: Seed, flows: FlowFolder): Promise<void> {
  const named = (await flows.list()).map(({ name }) => name);
  for (const [i, { flow }] of exophones.entries()) {
    if (flow !== undefined && !(await flows.find(flow)))
      throw new UserError(
        `${place(`exophones.${i}.flow`)}: exophones.${i}.flow: there is no flow "${flow}". ${didYouMean(flow, named)}`,
      );
  }
}

async function openFlows(io: Io, { flows: named }: ServeOptions, say: (line: Told) => void): Promise<FlowFolder> {
  const own = existsSync(join(io.cwd, 'flows')) ? 'flows' : relative(io.cwd, join(packageFolder(), 'flows'));
  const folder = openFlowFolder(io.cwd, named ?? own, say);
  await folder.open();
  return folder;
}

/** What is not somebody's own is known to everybody, so it is made up anew where others can reach us. */
function credentialsOf({ host }: ServeOptions, { account }: Seed): { credentials: Credentials; ours: boolean } {
  const token = isLoopback(host) ? 'press9token' : createSystemIds().next();
  const credentials = { sid: account.sid ?? 'press9', key: account.key ?? 'press9key', token: account.token ?? token };
  return { credentials, ours: account.token === undefined };
}

function readingOf(options: ServeOptions, { values }: Settings): Reading {
  return {
    lateBy: values['emulator.lateBy'] ?? ms(120_000),
    rateLimit: values['emulator.rateLimit'] ?? 200,
    pricePerMinute: (values['emulator.paisePerMinute'] ?? 60) / 100,
    smsStep: values['emulator.smsStep'] ?? ms(1000),
    dndSms: values['emulator.dndSms'] ?? 'all',
    missedSecond: values['emulator.missedSecond'] ?? 'as-second-leg',
    recordUnlessTold: values['emulator.recordUnlessTold'] ?? false,
    callbackProfile: options.callbackProfile,
    callbackRetries: options.callbackRetries ?? [],
    callbackTimeout: values['emulator.callbackTimeout'] ?? ms(15_000),
  };
}
