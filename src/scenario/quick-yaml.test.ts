import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { quickYaml } from './quick-yaml.ts';

/** What the real parser makes of a text; undefined when it finds a mistake. */
function truth(text: string): { value: unknown } | undefined {
  const document = parseDocument(text, { merge: false, prettyErrors: false });
  return document.errors.length > 0 ? undefined : { value: document.toJS() };
}

/** The quick reader may leave a text alone; what it does read, it must read as the parser does. */
function holds(text: string): boolean {
  const quick = quickYaml(text);
  if (quick) expect(quick, text).toEqual(truth(text));
  return quick !== undefined;
}

const SCENARIO = `# Asha opts out
flow: ../flow.xml   # beside it
call:
  to: "9876543210"
  contact: { name: Asha, city: 'Nasik''s east' }
  at: 2026-11-23T10:00
world:
  http:
    - url: https://clinic.example/*
      in order: [{ status: 500 }, { status: 200, body: "ok, then" }]
      after: 1.5s

    - url: "*"
steps:
- hear: press 9
- press: 9
- hang up
-   hear: {any: true}
expect:
  digits: null
  visited: [menu, opt-out]
  sms: []
  duration: 10s..20s
`;

describe('the quick reader of plain YAML', () => {
  it('reads a scenario as the parser does', () => {
    expect(holds(SCENARIO)).toBe(true);
    expect(quickYaml(SCENARIO)?.value).toMatchObject({ call: { to: '9876543210' }, expect: { digits: null, sms: [] } });
  });

  it.each([
    'a: +919876543210',
    'a: 0123',
    'a: 1e3',
    'a: .5',
    'a: ~',
    'a: True',
    'a: |\n  b',
    'a: >-\n  b',
    'a: b\n  c',
    'a: "b\n  c"',
    'a: "\\d"',
    'a: &x 1\nb: *x',
    'a: !!str 1',
    'a: [b,\n  c]',
    'a:\tb',
    'a: b\r\nc: d',
    '---\na: b',
    'a: b\n---\nc: d',
    '? a\n: b',
    '- - a',
    'a: b: c',
    'a: {b}',
    'a: [b: c]',
    'a: "b" c',
    'a: [4711#]',
    'a: x\na: y',
    '__proto__: { a: 1 }',
    '"quoted": a',
    '  a: b',
    'a: b\n c: d',
    '',
    'only words',
    'a: - b',
    'a: *',
    'a: @b',
    'a: %b',
    '<<: { a: 1 }',
    'a: [b, ]',
    'a: [b,c]',
  ])('leaves %j to the parser', (text) => {
    expect(quickYaml(text)).toBeUndefined();
  });

  it.each([
    'a: 4711#',
    'a: b #c',
    'a: b#c',
    'a: x:y',
    'a: -1',
    'a: 5s',
    'a: 0',
    "a: 'b'",
    'a: ""',
    'a: []',
    'a: { }',
    'a:',
    'a: # b',
    'a:\n- b\n- c',
    'a:\n  b:\n    - c: d\n      e: f\n    - g\nh: i',
  ])('reads %j as the parser does', (text) => {
    expect(holds(text)).toBe(true);
  });

  const scalar = fc.oneof(
    {
      arbitrary: fc.constantFrom('press 9', 'menu', 9, true, '5s', '../flow.xml', 'https://a.example/*', 'two words, no more'),
      weight: 60,
    },
    fc.constantFrom(
      'press 9',
      '9',
      'a, b',
      'x: y',
      '#',
      '5s',
      'true',
      'null',
      '~',
      '-',
      '- a',
      '+91',
      '0x1f',
      '1.0',
      "it's",
      '"',
      '',
      ' a ',
      '*',
      '[x]',
      '\\d',
    ),
    fc.string({ maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'ab1 -:#,[]{}"\'&*!|>%@`.?+~\n\t\\'), maxLength: 10 }),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'hear', 'in order', 'ended at', 'x-y', 'true', '1'), tie('tree'), { maxKeys: 4 }),
    ),
  }));

  const root = fc.dictionary(fc.constantFrom('flow', 'call', 'steps', 'expect', 'in order'), tree, { minKeys: 1, maxKeys: 4 });

  it('never differs from the parser on what the parser writes, nor on that text with a character changed', () => {
    let read = 0;
    fc.assert(
      fc.property(
        root,
        fc.nat(),
        fc.constantFrom(...' \n:-#,[]{}"\'&*|>a1'),
        fc.constantFrom('block', 'flow'),
        (value, at, char, style) => {
          const text = stringify(value, { collectionStyle: style as 'block', lineWidth: 0 });
          if (holds(text)) read++;
          const i = at % (text.length + 1);
          holds(text.slice(0, i) + char + text.slice(i));
          holds(text.slice(0, i) + text.slice(i + 1));
        },
      ),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('never differs on a changed scenario', () => {
    fc.assert(
      fc.property(
        fc.nat(SCENARIO.length),
        fc.nat(6),
        fc.string({ unit: fc.constantFrom(...' \n:-#,[]{}"\'&*|>a1?'), maxLength: 3 }),
        (at, cut, put) => {
          holds(SCENARIO.slice(0, at) + put + SCENARIO.slice(at + cut));
        },
      ),
      { numRuns: 3000 },
    );
  });
});
