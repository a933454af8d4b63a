import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlow } from './read-xml.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

/** A flow around some applets; the first line is that of the Flow tag. */
const flow = (inside: string, attributes = 'name="t" start="a" class="T"') => `<Flow ${attributes}>\n${inside}\n</Flow>`;

/** The problems of a text, as `line:column CODE`. */
const problemsOf = (text: string): string[] =>
  readFlow(utf8(text), 'flow.xml').problems.map(({ at, code }) => `${at.line}:${at.column} ${code}`);

function read(text: string) {
  const result = readFlow(utf8(text), 'flow.xml');
  if (!result.ok) throw new Error(result.problems.map(({ says }) => says).join('\n'));
  return result.flow;
}

describe('a flow that is right', () => {
  it('has its attributes, with defaults', () => {
    const { name, start, class: kind, language, timeLimit, file, unanswered } = read(flow('<Hangup id="a"/>'));
    expect({ name, start, kind, language, timeLimit, file }).toEqual({
      name: 't',
      start: 'a',
      kind: 'T',
      language: 'en-IN',
      timeLimit: 14_400_000,
      file: 'flow.xml',
    });
    expect(unanswered).toBeUndefined();
  });

  it.each([
    ['promotional', 'P'],
    ['service-explicit', 'SE'],
    ['service-implicit', 'SI'],
    ['transactional', 'T'],
    ['government', 'G'],
    ['SE', 'SE'],
  ])('understands the class %s', (written, short) => {
    expect(read(flow('<Hangup id="a"/>', `name="t" start="a" class="${written}"`)).class).toBe(short);
  });

  it('wires exits by attribute and by child', () => {
    const menu = read(
      flow(
        '<IvrMenu id="a" noInput="b" invalid="return:x"><Say>Press 1.</Say><Key digit="1" next="b"/></IvrMenu><Hangup id="b"/>',
      ),
    ).nodes.get('a' as never);
    expect(menu?.wires).toEqual({ noInput: 'b', invalid: 'return:x', 'key:1': 'b' });
  });

  it('reads prompts in their order, groups too, with collapsed text', () => {
    const greeting = read(
      flow(`<Greeting id="a" next="a">
        <Say voice="Aditi" as="digits" rate="120" loop="2">  one
          two &amp; <![CDATA[<three>]]> </Say><Pause for="1.5s"/>
        <In language="hi-IN"><Say>नमस्ते</Say><Play>a.wav</Play></In>
      </Greeting>`),
    ).nodes.get('a' as never);
    expect(greeting?.settings).toMatchObject({
      prompt: [
        { type: 'say', text: 'one two & <three>', voice: 'Aditi', as: 'digits', rate: 120, loop: 2 },
        { type: 'pause', for: 1500 },
        {
          type: 'in',
          language: 'hi-IN',
          items: [
            { type: 'say', text: 'नमस्ते', loop: 1 },
            { type: 'play', url: 'a.wav', loop: 1 },
          ],
        },
      ],
    });
  });

  it('keeps the lines of an SMS, and drops the indentation of the file', () => {
    const { nodes, unanswered } = read(
      flow('<Sms id="a" next="a">\n    Dear {{name}},\n      see you.\n  </Sms>\n<Unanswered on="busy" sms="You missed us."/>'),
    );
    expect(nodes.get('a' as never)?.settings).toMatchObject({ text: 'Dear {{name}},\nsee you.' });
    expect(unanswered).toMatchObject({ on: ['busy'], sms: 'You missed us.' });
  });

  it('knows the place of every part, after CRLF, a byte order mark and wide characters', () => {
    const text = `\ufeff${flow('<Greeting id="a" next="a">\n  <Say>😀</Say><Say rate="99">b</Say></Greeting>').replaceAll('\n', '\r\n')}`;
    const node = read(text).nodes.get('a' as never);
    expect(node?.at).toEqual({ file: 'flow.xml', line: 2, column: 1 });
    const places = Object.entries(node?.places ?? {}).map(([path, { line, column }]) => `${path} ${line}:${column}`);
    expect(places).toEqual(
      expect.arrayContaining(['id 2:11', 'exit:next 2:18', 'prompt.0.text 3:8', 'prompt.1 3:16', 'prompt.1.rate 3:21']),
    );
  });

  it('may say where its schema is', () => {
    const schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="press9.xsd"';
    expect(problemsOf(flow('<Hangup id="a"/>', `${schema} name="t" start="a" class="T"`))).toEqual([]);
  });
});

describe('a well-formed flow with mistakes', () => {
  it('gives all of them at once, by position, each with what to do', () => {
    const { ok, problems } = readFlow(fixture('mistakes.xml'), 'mistakes.xml');
    expect(ok).toBe(false);
    expect(problems.map(({ at, code, try: advice }) => `${at.line}:${at.column} ${code} ${advice}`)).toEqual([
      '3:23 FLOW_UNKNOWN_TARGET Did you mean "welcome"?',
      '3:38 FLOW_BAD_VALUE Did you mean "service-implicit"?',
      '4:26 FLOW_BAD_VALUE Did you mean "forward"?',
      '4:52 FLOW_STRAY_TEXT Put it into <Say>…</Say>.',
      '5:22 FLOW_UNKNOWN_ATTRIBUTE Did you mean "timeout"?',
      '5:35 FLOW_BAD_VALUE For example tries="3", which is also the default.',
      '5:46 FLOW_UNKNOWN_TARGET Did you mean "bye"?',
      '8:5 FLOW_DUPLICATE_CHILD Keep one of the two.',
      '9:5 FLOW_MISSING_ATTRIBUTE Add digit="1". The key.',
      '13:3 FLOW_UNKNOWN_ELEMENT Did you mean "Greeting"?',
      '16:11 FLOW_DUPLICATE_ID Give each applet an id of its own.',
    ]);
  });

  it.each([
    [
      'no attributes at all',
      '<Flow><Hangup id="a"/></Flow>',
      ['1:1 FLOW_MISSING_ATTRIBUTE', '1:1 FLOW_MISSING_ATTRIBUTE', '1:1 FLOW_MISSING_ATTRIBUTE'],
    ],
    ['another root', '<Response><Say>Hi</Say></Response>', ['1:1 FLOW_ROOT']],
    [
      'a time limit over that of the vendor',
      flow('<Hangup id="a"/>', 'name="t" start="a" class="T" timeLimit="5h"'),
      ['1:36 FLOW_BAD_VALUE'],
    ],
    ['a reserved id', flow('<Hangup id="return"/><Hangup id="a"/>'), ['2:9 FLOW_BAD_ID']],
    ['an id with a space', flow('<Hangup id="a b"/><Hangup id="a"/>'), ['2:9 FLOW_BAD_ID']],
    ['return as the start', flow('<Hangup id="a"/>', 'name="t" start="return" class="T"'), ['1:16 FLOW_UNKNOWN_TARGET']],
    ['an exit that is empty', flow('<Limit id="a" max="1" next="" exceeded="a"/>'), ['2:23 FLOW_BAD_VALUE']],
    ['a child that is no child', flow('<Hangup id="a"><Say>x</Say></Hangup>'), ['2:16 FLOW_UNKNOWN_ELEMENT']],
    ['text beside applets', flow('hello<Hangup id="a"/>'), ['2:1 FLOW_STRAY_TEXT']],
    ['an element inside spoken text', flow('<Greeting id="a"><Say>a<b>c</b></Say></Greeting>'), ['2:24 FLOW_UNKNOWN_ELEMENT']],
    [
      'a silent Say, Play and In',
      flow('<Greeting id="a"><Say> </Say><Play/><In language="hi"/></Greeting>'),
      ['2:18 FLOW_NOTHING_SAID', '2:30 FLOW_NOTHING_SAID', '2:37 FLOW_NOTHING_SAID'],
    ],
    [
      'groups in groups',
      flow('<Greeting id="a"><In language="hi"><In language="en"><Say>a</Say></In><Say>b</Say></In></Greeting>'),
      ['2:36 FLOW_UNKNOWN_ELEMENT'],
    ],
    [
      'a Pause with text, and without a length',
      flow('<Greeting id="a"><Pause>x</Pause></Greeting>'),
      ['2:18 FLOW_MISSING_ATTRIBUTE', '2:25 FLOW_STRAY_TEXT'],
    ],
    [
      'two Unanswered',
      flow('<Hangup id="a"/><Unanswered>a</Unanswered><Unanswered on="late"/>'),
      ['2:43 FLOW_DUPLICATE_CHILD', '2:55 FLOW_BAD_VALUE'],
    ],
    [
      'an Unanswered that says it twice, and one that says nothing',
      flow('<Hangup id="a"/><Unanswered sms="a">b</Unanswered><Unanswered/>'),
      ['2:37 FLOW_STRAY_TEXT', '2:51 FLOW_DUPLICATE_CHILD', '2:51 FLOW_NOTHING_SAID'],
    ],
    [
      'an exit of a child that does not exist',
      flow('<Passthru id="a" url="https://x.example"><On status="200" next="b"/><On status="500" next="c"/></Passthru>'),
      ['2:59 FLOW_UNKNOWN_TARGET', '2:73 FLOW_BAD_VALUE', '2:86 FLOW_UNKNOWN_TARGET'],
    ],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it('does not list more than a thousand', () => {
    const problems = problemsOf(flow(`<Hangup id="a"/>${'<Hangup/>'.repeat(5000)}`));
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toMatch(/FLOW_MORE$/);
  });

  it('quotes no novel', () => {
    const [problem] = readFlow(utf8(flow(`<Limit id="a" max="${'9'.repeat(100_000)}"/>`)), 'x').problems;
    expect(problem?.says.length).toBeLessThan(200);
  });
});

describe('anything else', () => {
  const examples = readdirSync(new URL('../../flows', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.xml'))
    .map((path) => readFileSync(new URL(`../../flows/${path}`, import.meta.url)));

  it('finds the examples', () => expect(examples.length).toBeGreaterThan(10));

  const holds = (bytes: Uint8Array) => {
    const { ok, problems } = readFlow(bytes, 'x.xml');
    if (!ok) expect(problems.length).toBeGreaterThan(0);
    for (const { at, says, try: advice } of problems) {
      expect(at.line).toBeGreaterThan(0);
      expect(at.column).toBeGreaterThan(0);
      expect(says).not.toBe('');
      expect(advice).not.toBe('');
    }
  };

  it('never throws on arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), holds), { numRuns: 500 });
  });

  it('never throws on damaged examples', () => {
    const cut = fc.tuple(fc.constantFrom(...examples), fc.nat(), fc.nat(12), fc.string({ unit: 'binary', maxLength: 4 }));
    fc.assert(
      fc.property(cut, ([bytes, at, length, inserted]) => {
        const from = at % bytes.length;
        holds(Buffer.concat([bytes.subarray(0, from), Buffer.from(inserted), bytes.subarray(from + length)]));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws on attributes swapped between elements', () => {
    const piece = /\b[a-zA-Z]+="[^"]*"/g;
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.nat(), fc.nat(), (bytes, a, b) => {
        const text = bytes.toString('utf8');
        const pieces = [...text.matchAll(piece)].map(([one]) => one);
        const [from = '', to = ''] = [pieces[a % pieces.length], pieces[b % pieces.length]];
        holds(utf8(text.replace(from, to)));
        holds(utf8(text.replace(new RegExp(`<${from.split('=')[0]}\\b`), '<Key')));
      }),
      { numRuns: 200 },
    );
  });

  it('reads a large flow in time that grows with its size', () => {
    const menus = Array.from(
      { length: 4000 },
      (_, i) => `<IvrMenu id="m${i}" noInput="m${i}"><Say>Press 1.</Say><Key digit="1" next="m${(i * 7) % 4000}"/></IvrMenu>`,
    );
    // Work that grows with the square of it runs into the time-out of the test.
    expect(problemsOf(flow(menus.join('\n'), 'name="t" start="m0" class="T"'))).toEqual([]);
  });
});
