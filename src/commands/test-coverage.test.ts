import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { inTempFolder } from '../../test/kit/cli.ts';
import { applets, flowOf, play, setOf } from '../../test/kit/play.ts';
import type { Outcome } from '../scenario/outcome.ts';
import { readScenario, type Scenario } from '../scenario/read.ts';
import type { Io } from './io.ts';
import { addCoverageOptions, type CoverageOptions, coverageReport } from './test-coverage.ts';

const menu = applets(`
  <IvrMenu id="menu" tries="1" noInput="bye" invalid="bye"><Say>Press 1.</Say><Key digit="1" next="bye"/></IvrMenu>
  <Hangup id="bye"/>`);
const done = flowOf('<Flow name="done" start="bye" class="service-implicit"><Hangup id="bye"/></Flow>');

const read = readScenario('steps: []', 's.yaml');
const scenario = (read.ok ? read.scenarios[0] : undefined) as Scenario;

function ioIn(cwd: string): Io & { said: string; warned: string } {
  const io = {
    said: '',
    warned: '',
    out(text: string) {
      io.said += text;
    },
    err(text: string) {
      io.warned += text;
    },
    cwd,
    env: {},
    isTTY: false,
    colour: false,
    exitCode: 0,
  };
  return io;
}

/** A call that covers one of three exits of `flows/menu.xml`, and one of a flow that has none. */
async function report(options: CoverageOptions, cwd = '/work/project') {
  const sets = new Map([
    [join(cwd, 'flows/menu.xml'), setOf({ ...menu, file: join(cwd, 'flows/menu.xml') })],
    ['flows/done.xml', setOf({ ...done, file: 'flows/done.xml' })],
  ]);
  const outcomes = await Promise.all(
    [...sets.values()].map(async (set, i): Promise<Outcome> => {
      const { log, view } = await play(set, { keys: '1', facts: { file: i === 0 ? 'flows/menu.xml' : 'flows/done.xml' } });
      return { scenario, failures: [], log, view };
    }),
  );
  const io = ioIn(cwd);
  return { io, ...(await coverageReport(outcomes, sets, options, io)) };
}

describe('the coverage of a test run', () => {
  it('is not spoken of unless it is asked for', async () => {
    const { io, ok } = await report({});
    expect([io.said, io.warned, ok]).toEqual(['', '', true]);
  });

  it('is a table, files named from the working folder however they were loaded', async () => {
    const { io, ok } = await report({ coverage: true });
    expect(io.said).toMatch(/^\ncoverage .*\nflows\/done\.xml +1\/1 +0\/0 +100 %.*\nflows\/menu\.xml +2\/2 +1\/3 +33\.3 %/);
    expect(io.said).toContain('flows/menu.xml:2:32: menu: exit noInput was never taken');
    expect([io.warned, ok]).toEqual(['', true]);
  });

  it.each(['junit', 'json', 'tap'])('leaves standard output to the reporter %s', async (reporter) => {
    const { io } = await report({ coverage: true, reporter });
    expect(io.said).toBe('');
    expect(io.warned).toContain('exit noInput was never taken');
  });

  it('fails below --coverage-min, and names the flow', async () => {
    const { io, ok } = await report({ coverageMin: 33.4 });
    expect(ok).toBe(false);
    expect(io.said).toContain('33.3 %');
    expect(io.warned).toBe('flows/menu.xml: 33.3 % of its exits are covered; --coverage-min wants 33.4 %.\n');
    expect((await report({ coverageMin: 33 })).ok).toBe(true);
  });

  it('goes into files, in folders that are made for them, without a table', async () => {
    await inTempFolder(async (folder) => {
      const { io, ok } = await report({ coverageLcov: 'out/deep/lcov.info', coverageJson: join(folder, 'c.json') }, folder);
      expect([io.said, io.warned, ok]).toEqual(['', '', true]);
      expect(readFileSync(join(folder, 'out/deep/lcov.info'), 'utf8')).toContain('SF:flows/menu.xml\nFN:2,menu\n');
      const json = JSON.parse(readFileSync(join(folder, 'c.json'), 'utf8'));
      expect(json.summary.exits).toEqual({ covered: 1, total: 3, percent: 33.3 });
      expect(existsSync(join(folder, 'flows'))).toBe(false);
    });
  });

  it('cannot go where a file stands in the way, and says so', async () => {
    await inTempFolder(async (folder) => {
      await report({ coverageJson: 'c.json' }, folder);
      await expect(report({ coverageLcov: 'c.json/lcov.info' }, folder)).rejects.toMatchObject({
        name: 'UserError',
        exitCode: 2,
        message: expect.stringContaining('c.json/lcov.info'),
      });
    });
  });
});

describe('the options', () => {
  const parse = (...args: string[]) =>
    addCoverageOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }))
      .parse(args, { from: 'user' })
      .opts<CoverageOptions>();

  it('are read', () => {
    expect(parse('--coverage', '--coverage-min', '90', '--coverage-lcov', 'a', '--coverage-json', 'b')).toEqual({
      coverage: true,
      coverageMin: 90,
      coverageLcov: 'a',
      coverageJson: 'b',
    });
    expect(parse('--coverage-min', '99.5%').coverageMin).toBe(99.5);
    expect(parse()).toEqual({});
  });

  it.each(['101', '-1', 'all', '', '9,5'])('take no minimum of "%s"', (text) => {
    expect(() => parse('--coverage-min', text)).toThrow('from 0 to 100');
  });
});
