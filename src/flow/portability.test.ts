import { describe, expect, it } from 'vitest';
import { portabilityOf } from './portability.ts';
import { readFlow } from './read-xml.ts';

/** What becomes of a flow, as `line:column level construct`. */
function ported(inside: string, attributes = ''): string[] {
  const text = `<Flow name="t" start="a" class="T"${attributes}>\n${inside}\n</Flow>`;
  const read = readFlow(new TextEncoder().encode(text), 'flow.xml');
  if (!read.ok) throw new Error(read.problems.map(({ says }) => says).join('\n'));
  return portabilityOf(read.flow).map(({ at, level, construct }) => `${at.line}:${at.column} ${level} ${construct}`);
}

const greeting = (prompt: string, next = 'a') => `<Greeting id="a" next="${next}">${prompt}</Greeting>`;
const PLAIN = '2:1 as-is Greeting "a"';

describe('portability to Exotel', () => {
  it('is asked of each applet', () => {
    expect(ported(`${greeting('<Say>Hello</Say>', 'b')}\n<Limit id="b" max="1"/>`)).toEqual([
      PLAIN,
      '3:1 needs-server Limit "b"',
    ]);
  });

  it('names variables, once for each applet', () => {
    expect(ported(greeting('<Say>{{name}}, {{plan}}, {{name}}</Say>'))).toEqual([
      PLAIN,
      '2:32 needs-server {{name}}, {{plan}} in Greeting "a"',
    ]);
  });

  it('names language groups, and prompts of several parts', () => {
    expect(ported(greeting('<In language="hi"><Say>a</Say></In>'))).toEqual([PLAIN, '2:27 not-possible In in Greeting "a"']);
    expect(ported(greeting('<Say>a</Say><Play>https://x.example/a.wav</Play>'))).toEqual([
      PLAIN,
      '2:27 needs-server a prompt of several parts in Greeting "a"',
    ]);
    expect(ported(greeting('<Say as="digits">12</Say>'))).toEqual([
      PLAIN,
      '2:27 as-is Say or Play with attributes in Greeting "a"',
    ]);
    expect(ported(greeting('<Play>https://x.example/a.wav</Play>'))).toEqual([PLAIN]);
  });

  it('looks into the prompts of children', () => {
    const menu =
      '<IvrMenu id="a"><Say>Press 1.</Say><Invalid><In language="hi"><Say>b</Say></In></Invalid><Key digit="1" next="a"/></IvrMenu>';
    expect(ported(menu)).toEqual(['2:1 as-is IvrMenu "a"', '2:45 not-possible In in IvrMenu "a"']);
  });

  it('names returns, the time limit and Unanswered', () => {
    expect(ported(greeting('<Say>a</Say>', 'return'))).toEqual([PLAIN, '2:18 not-possible next="return" in Greeting "a"']);
    expect(ported(`${greeting('<Say>a</Say>')}<Unanswered>b</Unanswered>`, ' timeLimit="5m"')).toEqual([
      '1:1 as-is Flow timeLimit="5m"',
      PLAIN,
      '2:50 needs-server Unanswered',
    ]);
  });
});
