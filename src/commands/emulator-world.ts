import { resolve } from 'node:path';
import { createAudio } from '../adapters/audio-wav.ts';
import { createClosableClock } from '../adapters/clock-closable.ts';
import { createSystemClock } from '../adapters/clock-system.ts';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createFiles } from '../adapters/files.ts';
import { createFetchClient } from '../adapters/http-fetch.ts';
import { type Routes, routed } from '../adapters/http-routed.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { createExchangeLine } from '../adapters/line-exchange.ts';
import { createOptOuts } from '../adapters/opt-outs.ts';
import { pause } from '../adapters/pause.ts';
import { type PhoneScript, parseCallee, USUAL_TALK } from '../adapters/phone-script.ts';
import { openRecords } from '../adapters/records.ts';
import type { Store } from '../adapters/store.ts';
import type { Policy } from '../compliance/policy.ts';
import type { WhitelistSwitches } from '../compliance/whitelist-switches.ts';
import { e164, type Ms, ms } from '../core/ids.ts';
import { oneAtATime } from '../core/one-at-a-time.ts';
import type { Clock } from '../core/ports.ts';
import type { Records } from '../core/records.ts';
import type { Credentials, Flows, KeyScript, Mover, Parts, Reading, Told } from '../emulator/parts.ts';
import { driveKeys, type KeyItem, parseKeys } from '../scenario/keys.ts';
import { EXOPHONE } from './call-facts.ts';
import type { Seed } from './emulator-seed.ts';

export type WorldOptions = {
  cwd: string;
  flows: Flows;
  store: Store;
  /** Where calls, SMS and callbacks are kept: a file, or `memory:`. */
  recordsPath: string;
  /** The file has room for so many pages of 4 KiB, as on a disk that is nearly full. */
  maxPages?: number;
  clock: { kind: 'real'; speed: number } | { kind: 'virtual'; at: Ms };
  seed: Seed;
  /** Of requests and callbacks that go to another server than they say. */
  routes?: Routes;
  policy: Policy;
  switches: WhitelistSwitches;
  enforce: boolean;
  company: string;
  credentials: Credentials;
  country: string;
  reading: Reading;
  /** Makes ids the same again. */
  idSeed?: number;
  say(line: Told): void;
};

/** `stop`: time stands, and no server that was asked is waited for. */
export type EmulatorWorld = { parts: Parts; stop(): void };

/** Requests of the emulator that are open at once: to one server, and in all. */
const AT_ONCE = { each: 32, all: 256 };

/** Joins the adapters for an emulator. @throws UserError when its calls cannot be kept where they should. */
export async function openEmulatorWorld(options: WorldOptions): Promise<EmulatorWorld> {
  const { recordsPath: path, maxPages } = options;
  const records = await openRecords({ path, ...(maxPages !== undefined && { maxPages }) });
  const { clock, mover, ...timed } = await clockOf(options, records);
  const { store, seed, cwd, country, routes = new Map() } = options;
  const clientOn = (time: Clock) => routed(createFetchClient(time, { atOnce: AT_ONCE }), routes);
  const audio = createAudio(clientOn(createSystemClock()), createFiles(), resolve(cwd));
  const named = seed.exophones.length > 0;
  const exophones = named ? seed.exophones : [{ number: EXOPHONE, name: 'press9' }];
  const [http, post] = [clientOn(clock), clientOn(clock)];
  const parts: Parts = {
    clock,
    mover,
    records,
    facts: store.facts,
    audit: store.audit,
    outbox: store.outbox,
    optOuts: createOptOuts(store),
    ids: createSystemIds(options.idSeed),
    flows: options.flows,
    http,
    post,
    makeLine: (phoneOf) =>
      createExchangeLine(clock, { audio, phoneOf: (leg, number) => ofLeg(leg, phoneOf(leg, number) as PhoneScript) }),
    readPhone: parseCallee as Parts['readPhone'],
    readKeys: readKeyScript,
    drive: (call, keys) => driveKeys(call, (keys as KeyItems).items, clock),
    policy: { ...options.policy, ...(named && { exophones: exophones.map(({ number }) => e164(number)) }) },
    switches: options.switches,
    enforce: options.enforce,
    credentials: options.credentials,
    company: options.company,
    exophones,
    senders: seed.senders,
    named,
    country,
    reading: options.reading,
    say: options.say,
    sleep: pause,
  };
  const stop = () => {
    timed.stop();
    http.close();
    post.close();
  };
  return { parts, stop };
}

/** A customer stays until the other side hangs up; whoever is dialled later talks as long as agents do, unless told. */
const ofLeg = (leg: number, phone: PhoneScript | undefined): PhoneScript | undefined =>
  leg > 1 && phone && 'after' in phone ? { talks: USUAL_TALK, ...phone } : phone;

type KeyItems = KeyScript & { items: readonly KeyItem[] };

function readKeyScript(text: string): ReturnType<Parts['readKeys']> {
  const read = parseKeys(text);
  return read.ok ? { ok: true, keys: { text, items: read.items } as KeyItems } : read;
}

type Timed = { clock: Clock; mover: Mover | undefined; stop(): void };

/** Virtual time begins where it was told to, and never before what was kept of an earlier run. */
async function clockOf({ clock: wanted }: WorldOptions, records: Records): Promise<Timed> {
  if (wanted.kind === 'real') {
    const clock = createClosableClock(createSystemClock({ speed: wanted.speed }));
    return { clock, mover: undefined, stop: () => clock.close() };
  }
  const clock = createVirtualClock(ms(Math.max(wanted.at, (await records.latest()) ?? wanted.at)));
  const inTurn = oneAtATime();
  return {
    clock,
    mover: { advance: (by) => inTurn(() => clock.advance(by)), run: () => inTurn(() => clock.run()) },
    stop: () => {},
  };
}
