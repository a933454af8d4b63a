/**
 * A server that runs for long, in little time: `node bench/soak.ts MINUTES [CALLS A SECOND]`. One `press9 serve` with a store
 * file and a clock twenty times as fast as the wall's gets calls all the time, with callbacks. Every ten seconds it prints what
 * memory the process has, and how many calls there were. Bounded by its minutes; judges nothing.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createProber } from './emulator/probe.ts';
import { CONNECT, connectBody } from './emulator/requests.ts';
import { startListener, startServe } from './emulator/server.ts';
import { processorOf, residentOf } from './terminal.ts';

const [minutes = '3', aSecond = '50'] = process.argv.slice(2);
const REPORT_EVERY = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'press9-soak-'));
const store = process.env['SOAK_STORE'] ?? join(folder, 'store.db');
const [server, listener] = await Promise.all([startServe(store, ['--speed', '20', '--quiet']), startListener()]);
const { ask, close } = createProber(server.url);

let placed = 0;
let failed = 0;
const place = () => {
  const wish = { StatusCallback: listener.url, 'StatusCallbackEvents[0]': 'answered', 'StatusCallbackEvents[1]': 'terminal' };
  const probe = { method: 'POST', path: CONNECT, body: connectBody(placed++, wish) } as const;
  return ask(probe).catch(() => failed++);
};

async function report(begun: number): Promise<void> {
  const { underWay } = (await (await fetch(`${server.url}/_press9/clock`)).json()) as { underWay: number };
  const { different } = (await (await fetch(listener.url)).json()) as { different: number };
  const kept = statSync(join(folder, 'emulator.db'), { throwIfNoEntry: false })?.size ?? 0;
  const figures = {
    seconds: Math.round((performance.now() - begun) / 1000),
    placed,
    failed,
    underWay,
    callbacks: different,
    residentMegabytes: Math.round(residentOf(server.pid)),
    processorSeconds: Math.round(processorOf(server.pid) / 1000),
    fileMegabytes: Math.round(kept / 1e6),
  };
  console.log(JSON.stringify(figures));
}

try {
  const begun = performance.now();
  let reported = begun;
  for (let due = begun; due < begun + Number(minutes) * 60_000; due += 1000 / Number(aSecond)) {
    if (due > performance.now()) await wait(due - performance.now());
    void place();
    if (performance.now() - reported < REPORT_EVERY) continue;
    reported = performance.now();
    await report(begun);
  }
} finally {
  close();
  await Promise.all([server.stop(), listener.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
