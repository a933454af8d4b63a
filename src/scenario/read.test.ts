import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenario } from './read.ts';

const problemsOf = (text: string): string[] => {
  const read = readScenario(text, 'a.yaml');
  return read.ok
    ? []
    : read.problems.map(({ at, code, try: advice }) => `${at.line}:${at.column} ${code}${advice ? ` ${advice}` : ''}`);
};

describe('a scenario file', () => {
  it('tells all of its mistakes at once, each at its place', () => {
    const text = `flow: ../flow.xml
calll: 3
steps:
  - heer: Hello
  - press: x
  - press: 1
    wait: 2s
  - wait: soon
expect:
  statsu: completed
  duration: 10..20
  sms: [{ txt: a }]
`;
    expect(problemsOf(text).sort()).toEqual(
      [
        '10:3 SCENARIO_UNKNOWN_KEY Did you mean "status"?',
        '11:13 SCENARIO_BAD_VALUE',
        '12:11 SCENARIO_UNKNOWN_KEY Did you mean "text"?',
        '2:1 SCENARIO_UNKNOWN_KEY Did you mean "call"?',
        '4:5 SCENARIO_UNKNOWN_STEP Did you mean "hear"?',
        '5:12 SCENARIO_BAD_VALUE',
        '6:5 SCENARIO_TWO_STEPS Begin each step with a dash of its own.',
        '8:11 SCENARIO_BAD_VALUE',
      ].sort(),
    );
  });

  it('runs once for each row, with the values of the row filled in', () => {
    const read = readScenario(
      'each: [{ key: "1", digits: "1" }, { key: "2", digits: "2" }]\nsteps: [{ press: "{{key}}" }]\nexpect: { digits: "{{digits}}" }\n',
      'a.yaml',
    );
    if (!read.ok) throw new Error('It does not read.');
    expect(read.scenarios.map(({ title, steps, expect: { digits } }) => [title, steps, digits])).toEqual([
      ['a.yaml#1 1', [{ type: 'press', digits: ['1'] }], '1'],
      ['a.yaml#2 2', [{ type: 'press', digits: ['2'] }], '2'],
    ]);
  });

  it.each([
    ['', 'SCENARIO_NO_MAPPING'],
    ['just a text', 'SCENARIO_NO_MAPPING'],
    ['- hear: Hello', 'SCENARIO_NO_MAPPING'],
    ['steps: [', 'SCENARIO_YAML'],
    [
      `a: &a [x,x,x,x,x,x]\n${'bcdef'.replace(/./g, (name, i: number) => `${name}: &${name} [${`*${'abcde'[i]},`.repeat(9)}]\n`)}steps: [{ wait: 1s }]`,
      'SCENARIO_ALIASES',
    ],
    ['x'.repeat(1_000_001), 'SCENARIO_TOO_LARGE'],
  ])('that is none is a problem: %.20s', (text, code) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(code)]);
  });

  it('never throws, whatever is in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readScenario(text, 'a.yaml')));
    fc.assert(fc.property(fc.json(), (text) => void readScenario(text, 'a.yaml')));
  });
});
