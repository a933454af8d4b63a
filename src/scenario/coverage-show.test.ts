import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flowOf, play, type Script, setOf } from '../../test/kit/play.ts';
import { type CoverageOutcome, coverageOf, type FlowCoverage } from './coverage.ts';
import { toCoverageJson, toLcov } from './coverage-files.ts';
import { showCoverage } from './coverage-table.ts';

const XML = `<Flow name="reminder" start="welcome" class="service-implicit">
  <Greeting id="welcome" url="https://a.example/hello" next="menu"><Say>Hello.</Say></Greeting>
  <IvrMenu id="menu" tries="1" noInput="bye"
           invalid="bye">
    <Say>Press 1, or 2.</Say>
    <Key digit="1" next="yes"/>
    <Key digit="2" next="no"/>
  </IvrMenu>
  <Greeting id="yes" next="bye"><Say>Thank you.</Say></Greeting> <Greeting id="no" next="bye"><Say>Sorry.</Say></Greeting>
  <Hangup id="bye"/>
</Flow>
`;
const flow = flowOf(XML);
const FAILURE = { expected: 'x', at: { file: 's.yaml', line: 1, column: 1 }, instead: 'y', transcript: [] };

async function covered(...calls: readonly (Script & { fails?: true })[]): Promise<readonly FlowCoverage[]> {
  const outcomes = await Promise.all(
    calls.map(async ({ fails, ...script }): Promise<CoverageOutcome> => {
      const { log } = await play(flow, { answers: ['* * => 200 Good morning.'], ...script });
      return { log, failures: fails ? [FAILURE] : [] };
    }),
  );
  return coverageOf(outcomes, new Map([['flow.xml', setOf(flow)]]));
}

describe('the table', () => {
  it('shows what was covered, and the line of all that was not', async () => {
    expect(showCoverage(await covered({ keys: '1' }, { keys: '5', fails: true }, { keys: 'wait 100ms, hangup' }))).toBe(
      `coverage  applets  exits          hang-ups
flow.xml      4/5    4/9  44.4 %       1/4

flow.xml:2:26: welcome: its url never failed
flow.xml:3:32: menu: exit noInput was never taken
flow.xml:4:12: menu: exit invalid was taken only in scenarios that failed
flow.xml:7:20: menu: exit key:2 was never taken
flow.xml:9:66: no: was never reached, nor its exits: next
flow.xml: nobody hung up at: menu (line 3), yes (line 9)
`,
    );
  });

  it('adds up when there are several flows', async () => {
    const [one] = await covered({ keys: '1' });
    const flows = [one as FlowCoverage, { ...(one as FlowCoverage), file: 'a/much/longer/flow.xml' }];
    expect(showCoverage(flows).split('\n').slice(0, 4)).toEqual([
      'coverage                applets  exits          hang-ups',
      'flow.xml                    4/5    4/9  44.4 %       0/4',
      'a/much/longer/flow.xml      4/5    4/9  44.4 %       0/4',
      'all                        8/10   8/18  44.4 %       0/8',
    ]);
  });

  it('tells an applet that only failing scenarios reach', async () => {
    expect(showCoverage(await covered({ keys: '2', fails: true }))).toContain(
      'flow.xml:9:66: no: was reached only by scenarios that failed',
    );
  });

  it('says so when there is nothing to show', () => {
    expect(showCoverage([])).toBe('Coverage: no flow was tested.\n');
  });
});

describe('the JSON', () => {
  it('has each point with its place and its counts', async () => {
    const json = toCoverageJson(await covered({ keys: '1' }, { keys: '1', fails: true }));
    const totals = {
      applets: { covered: 4, total: 5 },
      exits: { covered: 4, total: 9, percent: 44.4 },
      hangUps: { covered: 0, total: 4 },
    };
    expect(json).toMatchObject({ flows: [{ file: 'flow.xml', name: 'reminder', ...totals }], summary: totals });
    expect((json as { flows: { points: unknown[] }[] }).flows[0]?.points.slice(0, 4)).toEqual([
      { kind: 'applet', applet: 'welcome', line: 2, column: 3, passing: 1, failing: 1 },
      { kind: 'exit', applet: 'welcome', name: 'next', line: 2, column: 56, passing: 1, failing: 1 },
      { kind: 'web', applet: 'welcome', name: 'web:answered', line: 2, column: 26, passing: 1, failing: 1 },
      { kind: 'web', applet: 'welcome', name: 'web:failed', line: 2, column: 26, passing: 0, failing: 0 },
    ]);
  });
});

describe('the tracefile', () => {
  it('has applets as functions, exits as branches, and a line for each that holds one', async () => {
    expect(toLcov(await covered({ keys: '1' }, { keys: '1' }, {}))).toBe(`TN:
SF:flow.xml
FN:2,welcome
FN:3,menu
FN:9,yes
FN:9,no
FN:10,bye
FNDA:3,welcome
FNDA:3,menu
FNDA:2,yes
FNDA:0,no
FNDA:3,bye
FNF:5
FNH:4
BRDA:2,0,0,3
BRDA:2,0,1,3
BRDA:2,0,2,0
BRDA:6,1,0,2
BRDA:7,1,1,-
BRDA:3,1,2,1
BRDA:4,1,3,-
BRDA:9,2,0,2
BRDA:9,3,0,0
BRF:9
BRH:5
DA:2,3
DA:3,3
DA:4,0
DA:6,2
DA:7,0
DA:9,2
DA:10,3
LF:7
LH:5
end_of_record
`);
  });

  it('counts no scenario that failed', async () => {
    expect(toLcov(await covered({ keys: '1', fails: true }))).toContain('FNH:0\n');
  });
});

const noGenhtml = spawnSync('genhtml', ['--version']).error !== undefined;
if (noGenhtml) console.warn('SKIPPED: no tracefile was given to genhtml: it is not installed (Debian: apt-get install lcov).');

describe.skipIf(noGenhtml)(`genhtml${noGenhtml ? ' (SKIPPED: it is not installed)' : ''}`, () => {
  it('accepts the tracefile and comes to the totals of the table', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'press9-lcov-'));
    try {
      const flows = await covered({ keys: '1' }, { keys: '5', fails: true });
      writeFileSync(join(folder, 'flow.xml'), XML);
      writeFileSync(join(folder, 'lcov.info'), toLcov(flows));
      const args = ['--branch-coverage', '--output-directory', 'html', 'lcov.info'];
      const { status, stdout, stderr } = spawnSync('genhtml', args, { cwd: folder, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      const [, row = ''] = showCoverage(flows).split('\n');
      const [, applets, exits] = /(\d+\/\d+) +(\d+\/\d+)/.exec(row) ?? [];
      const total = (what: string) => new RegExp(`${what}\\.*: [\\d.]+% \\((\\d+) of (\\d+)`).exec(stdout)?.slice(1).join('/');
      expect([total('functions'), total('branches')]).toEqual([applets, exits]);
      expect([applets, exits]).toEqual(['4/5', '4/9']);
      const page = readdirSync(join(folder, 'html'), { recursive: true })
        .map(String)
        .find((file) => file.endsWith('flow.xml.gcov.html'));
      expect(readFileSync(join(folder, 'html', page ?? ''), 'utf8')).toContain('IvrMenu');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
