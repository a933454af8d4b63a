import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inTempFolder } from '../../../test/kit/cli.ts';
import { MENU, press, suiteIn } from '../../../test/kit/suite-folder.ts';
import { hasXmllint, sayWithoutXmllint } from '../../../test/kit/xmllint.ts';
import { ROOT } from '../../../test/source-files.ts';
import { ms } from '../../core/ids.ts';
import type { Report } from '../suite.ts';
import { REPORTERS, type ReporterName } from './index.ts';

const style = { colour: false };

/** What a reporter of `press9 test` writes for these scenarios. */
const written = (name: ReporterName, scenarios: Readonly<Record<string, string>>, ...args: string[]): Promise<string> =>
  inTempFolder(async (folder) => {
    const here = suiteIn(folder);
    here.put('flow.xml', MENU);
    for (const [file, text] of Object.entries(scenarios)) here.put(`scenarios/${file}`, text);
    return (await here.test('--reporter', name, ...args)).out;
  });

const MIXED = {
  'a.yaml': press('1', 'goals: confirmed'),
  'b #1 100%.yaml': press('1', 'goals: paid\nstatus: busy'),
  'c.yaml': 'stepz: []\n',
};

sayWithoutXmllint('no junit report was validated against its schema');

function expectValid(xml: string): void {
  const schema = join(ROOT, 'test/schemas/junit.xsd');
  try {
    execFileSync('xmllint', ['--noout', '--schema', schema, '-'], { input: xml, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Error(`${String((error as { stderr?: unknown }).stderr)}\n${xml}`);
  }
}

/** A file that could not run, with a text in every place that a text can have. */
const wild = (text: string): Report => ({
  results: [
    {
      type: 'broken',
      title: text,
      file: `${text}/x.yaml`,
      took: ms(1.25),
      problems: [{ code: 'X', severity: 'error', at: { file: text, line: 1, column: 2 }, says: text, try: text }],
    },
  ],
  took: ms(1234.5),
});

describe('junit', () => {
  it('counts failures and errors apart', async () => {
    const xml = await written('junit', MIXED);
    expect(xml).toContain('<testsuites name="press9" tests="3" failures="1" errors="1" time="0.000">');
    expect(xml.match(/<failure /g)).toHaveLength(2);
    expect(xml).toContain('<system-out>the call of shop (flow.xml), up to its end:');
    expect(xml).toContain('scenarios/b #1 100%.yaml:4:3\nexpected  goal paid reached');
  });

  it.skipIf(!hasXmllint)('is valid with failures and errors, and without scenarios', async () => {
    expectValid(await written('junit', MIXED));
    expectValid(await written('junit', {}, '--allow-none'));
  });

  it.skipIf(!hasXmllint)('is valid whatever the texts hold', () => {
    for (const text of ['a\u0000b\u001b[31m\u0007', '<&>"\']]>', '\ufffe\uffff\ud800', 'e\u0301 नमस्ते 👩‍👩‍👧', 'x\ny\r\tz'])
      expectValid(REPORTERS.junit(wild(text), style));
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 20 }), { numRuns: 20, seed: 7 });
    for (const text of texts) expectValid(REPORTERS.junit(wild(text), style));
  });
});

describe('tap', () => {
  it('is version 14: a plan, a line for each scenario, and YAML for what failed', async () => {
    const lines = (await written('tap', MIXED)).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'TAP version 14',
      '1..3',
      'ok 1 - scenarios/a.yaml',
      'not ok 2 - scenarios/b \\#1 100%.yaml',
    ]);
    const block = lines.slice(lines.indexOf('  ---') + 1, lines.indexOf('  ...')).join('\n');
    expect(parse(block)).toMatchObject({
      message: 'expected goal paid reached; instead reached: confirmed',
      severity: 'fail',
      at: { file: 'scenarios/b #1 100%.yaml', line: 4, column: 3 },
      transcript: expect.arrayContaining([expect.stringContaining('key 1')]),
    });
  });

  it('says when it was stopped', async () => {
    expect(await written('tap', { ...MIXED, 'z.yaml': MIXED['a.yaml'] }, '--bail')).toMatch(/Bail out! as --bail says\n$/);
  });

  it('has one line a line, whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const lines = REPORTERS.tap(wild(text), style).trimEnd().split('\n');
        expect(lines).toHaveLength(9);
        expect(parse(lines.slice(4, 8).join('\n'))).toMatchObject({ severity: 'error' });
      }),
    );
  });
});

describe('github', () => {
  it('annotates the places, with everything escaped', async () => {
    const [first = '', second = '', third = '', sum] = (await written('github', MIXED)).split('\n');
    expect(first).toMatch(
      /^::error file=scenarios\/b #1 100%25.yaml,line=4,col=3,title=scenarios\/b #1 100%25.yaml::expected {2}goal paid reached%0Ainstead {3}reached: confirmed%0Athe call of shop/,
    );
    expect(second).toContain('line=5,col=3');
    expect(third).toMatch(/^::error file=scenarios\/c.yaml,line=1,col=1::SCENARIO_UNKNOWN_KEY/);
    expect(sum).toBe('1 passed, 2 failed');
  });

  it('lets no text begin a command of its own, nor end a property', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a:,%\n\r= ') }), (text) => {
        const lines = REPORTERS.github(wild(text), style).trimEnd().split('\n');
        expect(lines).toHaveLength(2);
        expect(lines[0]?.split('::')[1]?.split(',')).toHaveLength(3);
      }),
    );
  });
});

describe('json', () => {
  it('is the object that --help describes', async () => {
    const told = JSON.parse(await written('json', MIXED));
    expect(told).toMatchObject({
      passed: 1,
      failed: 2,
      took: 0,
      scenarios: [
        { title: 'scenarios/a.yaml', file: 'scenarios/a.yaml', status: 'passed', took: 0 },
        {
          status: 'failed',
          failures: [
            {
              file: 'scenarios/b #1 100%.yaml',
              line: 4,
              column: 3,
              expected: 'goal paid reached',
              instead: 'reached: confirmed',
            },
            { line: 5, column: 3, expected: 'status: busy' },
          ],
          transcript: expect.arrayContaining([expect.stringContaining('key 1')]),
        },
        { status: 'broken', problems: [{ line: 1, column: 1, code: 'SCENARIO_UNKNOWN_KEY', try: 'Did you mean "steps"?' }] },
      ],
    });
  });
});

describe('pretty', () => {
  it('ends with the sum alone on a line', () => {
    expect(REPORTERS.pretty({ results: [], took: ms(2345) }, style)).toBe('\n0 passed, 0 failed\ntook 2.3 s\n');
  });

  it('shows the end of a long call', async () => {
    const flow = MENU.replace('noInput="bye"', 'noInput="menu"');
    const out = await inTempFolder(async (folder) => {
      const here = suiteIn(folder);
      here.put('flow.xml', flow);
      here.put('scenarios/a.yaml', 'call: { timeLimit: 1h }\nexpect: { goals: paid }\n');
      return (await here.test()).out;
    });
    expect(out).toMatch(/… \d+ lines before these/);
    expect(out.split('\n').length).toBeLessThan(110);
  });
});
