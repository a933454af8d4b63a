import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSystemIds } from '../adapters/ids.ts';
import { machineNow } from '../adapters/machine-now.ts';
import { openStore } from '../adapters/store.ts';
import type { LiveCall, Placed } from '../call/run.ts';
import { callFacts } from './call-facts.ts';
import type { Io } from './io.ts';
import { openFlow } from './open-flow.ts';
import { phoneSession } from './phone.ts';
import { describeRun, type RunOptions, withDefaults } from './run-options.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'press9-phone-'));
  folders.push(made);
  return made;
}

async function phoneOf(...argv: string[]) {
  const said = { out: '', err: '' };
  const io: Io = {
    out(text) {
      said.out += text;
    },
    err(text) {
      said.err += text;
    },
    cwd: process.cwd(),
    env: {},
    isTTY: true,
    colour: false,
    exitCode: 0,
  };
  const answer = ['--answer', 'POST https://clinic.example/optouts => 200 ok'];
  const given = [...argv, '--to', '9876543210', '--seed', '7', ...answer, 'flow'];
  const command = describeRun()
    .action(() => {})
    .parse(given, { from: 'user' });
  const options = withDefaults(command.opts<Partial<RunOptions>>());
  const { set, path } = await openFlow(io, 'flows/appointment-reminder');
  const ids = createSystemIds(7);
  const store = await openStore({ store: options.store ?? 'memory:', env: {}, cwd: io.cwd, ids, now: machineNow });
  const facts = callFacts(set, path, options, undefined, ids, machineNow());
  const session = phoneSession(io, { set, facts, options, store, path });
  /** Dials; the phone is picked up as soon as it rings. */
  const pickUp = async (): Promise<LiveCall> => {
    const placed: Placed = await session.dial();
    if (!placed.placed) throw new Error('refused');
    await vi.waitFor(() => {
      session.answer();
      expect(placed.call.state.phase).toBe('talking');
    });
    return placed.call;
  };
  return { session, store, said, pickUp };
}

describe('the world of the phone', () => {
  it('dials again with a CallSid of its own, and tells what servers would have seen', async () => {
    const { session, pickUp, said, store } = await phoneOf();
    const first = await pickUp();
    first.hangUp();
    const second = await pickUp();
    expect(second.facts.call).not.toBe(first.facts.call);
    second.hangUp();
    const [preview] = session.callbacks(second.log);
    expect(preview).toMatchObject({ id: `${second.facts.call}-callback-1`, contentType: 'multipart/form-data' });
    expect(preview?.fields).toContainEqual(['CallSid', second.facts.call]);
    expect(await session.finish()).toBe(0);
    expect(said.out).toContain(second.facts.call);
    await store.close();
  });

  it('keeps a recording of the call', async () => {
    const file = join(folder(), 'call.ndjson');
    const { session, pickUp, store } = await phoneOf('--record', file);
    (await pickUp()).hangUp();
    await session.finish();
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'ended' });
    await store.close();
  });

  it('waits for an opt-out that is under way when the phone is put away', async () => {
    const { session, pickUp, store } = await phoneOf();
    const call = await pickUp();
    call.press('9');
    call.hangUp();
    expect(await session.finish()).toBe(0);
    expect(await session.listed()).toMatchObject([{ kind: 'opt-out', key: '9' }]);
    await store.close();
  });

  it('ends with 1 when an opt-out is not in the store', async () => {
    const blocked = join(folder(), 'a-file');
    writeFileSync(blocked, 'where the folder should be');
    const { session, pickUp, said, store } = await phoneOf('--store', join(blocked, 'store.db'));
    const call = await pickUp();
    call.press('9');
    expect(await session.finish()).toBe(1);
    expect(said.out).toContain('NOT in the store');
    await store.close();
  });

  it('knows how the knobs of its clock stand', async () => {
    const { session, store } = await phoneOf();
    const { clock } = session;
    clock.setSpeed(4);
    clock.pause();
    expect([clock.speed(), clock.paused()]).toEqual([4, true]);
    const stopped = clock.now();
    expect(clock.now()).toBe(stopped);
    clock.resume();
    expect(clock.paused()).toBe(false);
    await store.close();
  });
});
