import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MENU, press, type SuiteFolder, suiteIn } from '../../test/kit/suite-folder.ts';
import { stopwatch } from '../adapters/stopwatch.ts';
import { openSession } from './test-session.ts';
import { watchScenarios } from './test-watch.ts';

let cwd: string;
let here: SuiteFolder;
let end: () => Promise<number>;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-watch-'));
  here = suiteIn(cwd);
  end = async () => 0;
});
afterEach(async () => {
  await end();
  rmSync(cwd, { recursive: true, force: true });
});

/** A watch under way: what it has said since the last look, and its keys. */
function watching(paths: readonly string[] = []) {
  let press: (key: string) => void = () => {};
  let interrupt = () => {};
  let seen = 0;
  const io = here.io({
    onInterrupt(stop) {
      interrupt = stop;
      return () => {};
    },
  });
  const over = watchScenarios(openSession(io, paths, { watch: true }, stopwatch), (pressed) => {
    press = pressed;
    return () => {};
  });
  end = async () => {
    press('q');
    await over;
    return io.exitCode;
  };
  return {
    key: (key: string) => press(key),
    interrupt: () => interrupt(),
    /** Waits for the end of the next run and returns what it told. */
    async next(): Promise<string> {
      await vi.waitFor(() => expect(io.outText().slice(seen)).toContain('Waiting for changes'), { timeout: 10_000, interval: 5 });
      const told = io.outText().slice(seen);
      seen = io.outText().length;
      return told;
    },
    over: async () => {
      await over;
      return io.exitCode;
    },
  };
}

describe('--watch', () => {
  beforeEach(() => {
    here.put('a/flow.xml', MENU);
    here.put('a/scenarios/one.yaml', press('1', 'goals: confirmed'));
    here.put('a/scenarios/two.yaml', press('2', 'sms: [{ text: Here }]'));
    here.put('b/flow.xml', MENU.replace('name="shop"', 'name="other"'));
    here.put('b/scenarios/three.yaml', press('1', 'goals: confirmed'));
  });

  it('runs everything, then a scenario that changed, alone', async () => {
    const watch = watching();
    expect(await watch.next()).toMatch(/^3 passed, 0 failed$/m);
    here.put('a/scenarios/one.yaml', press('1', 'goals: paid'));
    const told = await watch.next();
    expect(told).toMatch(/^0 passed, 1 failed$/m);
    expect(told).toContain('of all: 2 passed, 1 failed');
    expect(told).not.toContain('two.yaml');
    expect(await end()).toBe(1);
  });

  it('runs the scenarios of a flow that changed, and of the flows that lead to it', async () => {
    here.put('b/flow.xml', '<Flow name="other" start="go" class="T"><Transfer id="go" flow="../a/flow.xml"/></Flow>');
    const watch = watching();
    expect(await watch.next()).toMatch(/^3 passed, 0 failed$/m);
    here.put('a/flow.xml', MENU.replace('goal="confirmed"', 'goal="paid"'));
    const told = await watch.next();
    expect(told).toContain('FAILED  a/scenarios/one.yaml');
    expect(told).toContain('FAILED  b/scenarios/three.yaml');
    here.put('b/flow.xml', MENU.replace('name="shop"', 'name="other"'));
    const again = await watch.next();
    expect(again).toContain('passed  b/scenarios/three.yaml');
    expect(again).not.toContain('one.yaml');
    expect(again).toContain('of all: 2 passed, 1 failed');
  });

  it('notices what is new, what is saved by renaming, what is mended, and what is gone', async () => {
    rmSync(join(cwd, 'b/flow.xml'));
    const watch = watching();
    expect(await watch.next()).toContain('SCENARIO_NO_FLOW');
    here.put('b/flow.xml', MENU.replace('name="shop"', 'name="other"'));
    expect(await watch.next()).toContain('passed  b/scenarios/three.yaml');
    here.put('a/scenarios/four.yaml', press('9', 'dnc: [{ scope: all }]'));
    expect(await watch.next()).toContain('passed  a/scenarios/four.yaml');
    here.put('saved', press('9', 'dnc: [{ scope: sms }]'));
    renameSync(join(cwd, 'saved'), join(cwd, 'a/scenarios/four.yaml'));
    expect(await watch.next()).toContain('FAILED  a/scenarios/four.yaml');
    rmSync(join(cwd, 'a/scenarios/four.yaml'));
    here.put('a/scenarios/two.yaml', press('2', 'ended at: bye'));
    expect(await watch.next()).toContain('passed  a/scenarios/two.yaml');
    expect(await end()).toBe(0);
  });

  it('goes on with a folder that was removed and made again', async () => {
    const watch = watching();
    await watch.next();
    rmSync(join(cwd, 'a/scenarios'), { recursive: true });
    here.put('a/scenarios/one.yaml', press('1', 'goals: confirmed'));
    expect(await watch.next()).toContain('passed  a/scenarios/one.yaml');
    here.put('a/scenarios/one.yaml', press('1', 'goals: paid'));
    expect(await watch.next()).toContain('FAILED  a/scenarios/one.yaml');
  });

  it('runs what reads a contact that changed', async () => {
    here.put('a/contacts.csv', 'phone,name\n9876543210,Asha\n');
    here.put(
      'a/scenarios/two.yaml',
      'call: { contact: "../contacts.csv#1" }\nsteps: [{ press: 2 }]\nexpect: { sms: [{ to: "9876543210" }] }\n',
    );
    const watch = watching();
    expect(await watch.next()).toMatch(/^3 passed, 0 failed$/m);
    here.put('a/contacts.csv', 'phone,name\n9876543211,Ravi\n');
    expect(await watch.next()).toContain('FAILED  a/scenarios/two.yaml');
  });

  it('runs all again on Enter, and ends on q or Ctrl-C', async () => {
    const watch = watching();
    await watch.next();
    watch.key('\r');
    expect(await watch.next()).toMatch(/^3 passed, 0 failed$/m);
    watch.key('\u0003');
    expect(await watch.over()).toBe(130);
    const other = watching();
    await other.next();
    other.interrupt();
    expect(await other.over()).toBe(130);
  });
});
