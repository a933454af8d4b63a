import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAILS, MENU, PASSES, type SuiteFolder, suiteIn } from '../../test/kit/suite-folder.ts';
import { ms } from '../core/ids.ts';
import { testCommand } from './test.ts';

let cwd: string;
let here: SuiteFolder;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-test-'));
  here = suiteIn(cwd);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('on a terminal', () => {
  const run = async (more: object, ...args: string[]) => {
    const io = here.io({ isTTY: true, ...more });
    let now = 0;
    const later = () => {
      now += 30;
      return ms(now);
    };
    await testCommand(io, later).exitOverride().parseAsync(args, { from: 'user' });
    return io.outText();
  };
  beforeEach(() => {
    here.put('flow.xml', MENU);
    for (const n of [1, 2, 3, 4]) here.put(`scenarios/${n}.yaml`, n === 2 ? FAILS : PASSES);
  });

  it('keeps one line up to date, and leaves only the failures', async () => {
    const out = await run({ colour: false });
    expect(out).toContain('4/4  3 passed, 1 failed  scenarios/4.yaml');
    expect(out).toContain('\nFAILED  scenarios/2.yaml\n');
    expect(out).not.toContain('passed  scenarios/1.yaml\n');
    expect(out).not.toContain('\u001b[31m');
  });

  it('colour only repeats what words say', async () => {
    const [plain, coloured] = [await run({ colour: false }), await run({ colour: true })];
    expect(coloured).toContain('\u001b[31mFAILED\u001b[0m');
    expect(stripVTControlCharacters(coloured)).toBe(stripVTControlCharacters(plain));
  });

  it('is plain lines on a terminal that can do nothing else', async () => {
    expect(await run({ env: { TERM: 'dumb' } })).toContain('passed  scenarios/1.yaml\n');
  });
});

describe('reporters', () => {
  beforeEach(() => {
    here.put('flow.xml', MENU);
    here.put('scenarios/a.yaml', PASSES);
    here.put('scenarios/b.yaml', FAILS);
  });

  it('write to files, and people still see how it went', async () => {
    const { out } = await here.test('--reporter', 'junit=out/report.xml', '--reporter', 'json=report.json');
    expect(out).toMatch(/^1 passed, 1 failed$/m);
    expect(here.text('out/report.xml')).toContain('<testsuite name="scenarios" tests="2" failures="1" errors="0"');
    expect(JSON.parse(here.text('report.json'))).toMatchObject({ passed: 1, failed: 1 });
  });

  it('have standard output for themselves when they need it', async () => {
    const { out } = await here.test('--reporter', 'json');
    expect(JSON.parse(out)).toMatchObject({ passed: 1, failed: 1, scenarios: [{ status: 'passed' }, { status: 'failed' }] });
  });

  it('do not mix there', async () => {
    expect(await here.refusal('--reporter', 'json', '--reporter', 'pretty')).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('json and pretty would both write'),
    });
    expect(await here.refusal('--reporter', 'json=x', '--reporter', 'tap=x')).toMatchObject({ exitCode: 2 });
    expect((await here.test('--reporter', 'pretty', '--reporter', 'github')).out).toContain('::error file=scenarios/b.yaml');
  });

  it('say which one was meant, and where they cannot write', async () => {
    await expect(here.test('--reporter', 'junti')).rejects.toThrow('Did you mean "junit"?');
    expect(await here.refusal('--reporter', 'junit=flow.xml/x.xml')).toMatchObject({
      message: expect.stringContaining('cannot be written to'),
    });
  });

  it('name files to GitHub from the root of the repository', async () => {
    const io = here.io({ env: { GITHUB_WORKSPACE: join(cwd, '..') } });
    await testCommand(io, () => ms(0))
      .exitOverride()
      .parseAsync(['--reporter', 'github'], { from: 'user' });
    expect(io.outText()).toContain(`::error file=${cwd.split('/').at(-1)}/scenarios/b.yaml,line=4`);
  });
});

describe('--coverage', () => {
  it('is told after the run, of the flows that scenarios are about', async () => {
    here.put('flow.xml', MENU);
    here.put('scenarios/a.yaml', PASSES);
    const { out, code } = await here.test('--coverage', '--coverage-min', '90');
    expect(out).toMatch(/^1 passed, 0 failed$/m);
    expect(out).toContain('flow.xml');
    expect(code).toBe(1);
  });
});

describe('Ctrl-C', () => {
  it('stops at once with what there is', async () => {
    here.put('flow.xml', MENU);
    for (const n of [1, 2, 3]) here.put(`scenarios/${n}.yaml`, PASSES);
    let stop = () => {};
    const io = here.io({
      onInterrupt(hook) {
        stop = hook;
        return () => {};
      },
    });
    let looks = 0;
    // Time is asked for around every scenario: somewhere in the second one the key is pressed.
    await testCommand(io, () => {
      if (++looks === 8) stop();
      return ms(0);
    })
      .exitOverride()
      .parseAsync([], { from: 'user' });
    expect(io.outText()).toMatch(/Interrupted: what was left was not run\.\n[12] passed, 0 failed\n/);
    expect(io.exitCode).toBe(130);
  });
});
