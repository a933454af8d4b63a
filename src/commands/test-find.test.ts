import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAILS, MENU, PASSES, press, type SuiteFolder, suiteIn } from '../../test/kit/suite-folder.ts';

let cwd: string;
let here: SuiteFolder;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-test-'));
  here = suiteIn(cwd);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('finding scenarios', () => {
  beforeEach(() => here.put('flows/shop/flow.xml', MENU));

  it('takes the yaml files of folders named scenarios, and *.scenario.yaml, below flows', async () => {
    here.put('flows/shop/scenarios/one.yaml', PASSES);
    here.put('flows/shop/scenarios/two.yml', PASSES);
    here.put('flows/shop/beside.scenario.yaml', PASSES);
    here.put('flows/shop/other.yaml', 'no: scenario');
    here.put('flows/shop/node_modules/scenarios/x.yaml', FAILS);
    here.put('flows/.old/scenarios/x.yaml', FAILS);
    here.put('elsewhere/scenarios/x.yaml', FAILS);
    const { out, code } = await here.test();
    expect(out.split('\n').slice(0, 3)).toEqual([
      'passed  flows/shop/beside.scenario.yaml',
      'passed  flows/shop/scenarios/one.yaml',
      'passed  flows/shop/scenarios/two.yml',
    ]);
    expect(out).toMatch(/^3 passed, 0 failed$/m);
    expect(code).toBe(0);
  });

  it('searches the working folder where there is no folder flows', async () => {
    here.put('app/flow.xml', MENU);
    rmSync(join(cwd, 'flows'), { recursive: true });
    here.put('app/scenarios/one.yaml', PASSES);
    expect((await here.test()).out).toContain('passed  app/scenarios/one.yaml');
  });

  it('takes a file that is named for a scenario whatever its name, and each file once', async () => {
    here.put('flows/shop/odd.txt', PASSES);
    expect((await here.test('flows/shop/odd.txt', 'flows/shop/odd.txt')).out).toMatch(/^1 passed, 0 failed$/m);
  });

  it('fails when there is none, and says where it looked and what one is called', async () => {
    const error = await here.refusal();
    expect(error).toMatchObject({ message: 'No scenarios in flows.', exitCode: 1 });
    expect(error.advice).toContain('a .yaml file in a folder named scenarios');
    expect(await here.test('--allow-none')).toMatchObject({ code: 0, out: '\n0 passed, 0 failed\ntook 0 ms\n' });
  });

  it('says what is nearest to a path that is not there', async () => {
    expect(await here.refusal('flowz')).toMatchObject({ exitCode: 2, advice: expect.stringContaining('Did you mean flows?') });
  });
});

describe('choosing', () => {
  beforeEach(() => {
    here.put('flow.xml', MENU);
    here.put('scenarios/a-fails.yaml', FAILS);
    here.put('scenarios/b-passes.yaml', PASSES);
    here.put('scenarios/c-fails.yaml', FAILS);
  });

  it('--filter takes titles with a text in them, or that fit a pattern', async () => {
    expect((await here.test('--filter', 'PASSES')).out).toMatch(/^1 passed, 0 failed$/m);
    expect((await here.test('--filter', '/[ab]-/')).out).toMatch(/^1 passed, 1 failed$/m);
    expect(await here.refusal('--filter', 'nothing')).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('fits --filter'),
    });
  });

  it('--filter takes rows of a scenario', async () => {
    here.put('scenarios/rows.yaml', `${press('"{{key}}"', 'ended at: bye')}each:\n  - { key: "1" }\n  - { key: "2" }\n`);
    expect((await here.test('--filter', 'rows.yaml#2')).out).toMatch(/passed {2}scenarios\/rows.yaml#2 2\n/);
  });

  it('--bail stops at the first failure, or after so many, and says so', async () => {
    const one = await here.test('--bail');
    expect(one.out).toContain('Stopped by --bail: what was left was not run.\n0 passed, 1 failed\n');
    expect(one.code).toBe(1);
    expect((await here.test('--bail', '2')).out).toMatch(/^1 passed, 2 failed$/m);
    expect((await here.test('--bail', '2')).out).not.toContain('Stopped');
  });

  it('--seed changes the ids, and the same one gives the same again', async () => {
    here.put('scenarios/d.yaml', press('1', 'callbacks: [{ CallSid: x }]'));
    const [a, b, c] = [await here.test('--seed', '1'), await here.test('--seed', '2'), await here.test('--seed', '2')];
    expect(a.out).not.toBe(b.out);
    expect(b.out).toBe(c.out);
  });
});
