import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../test/phone/typing.ts';
import { textOf } from '../rows.ts';
import { columns } from '../width.ts';
import { TextArea } from './text-area.ts';
import { type Input, TextField } from './text-field.ts';

function write<T extends Input>(input: T, ...names: string[]): T {
  for (const name of names) input.key(...keyOf(name));
  return input;
}
const field = (text: string, ...names: string[]): TextField => write(new TextField(text), ...names);
const shows = (input: Input, width = 20, height = 4): string[] => input.rows(width, height, true).map(textOf);

describe('a line that is written', () => {
  it('takes what is typed where the cursor is', () => {
    expect(field('', 'm', 'a', 'y').text).toBe('may');
    expect(field('flow', 'left', 'left', 'X').text).toBe('flXow');
    expect(field('flow', 'home', 'a ', 'end', '!').text).toBe('a flow!');
  });

  it('deletes before and after the cursor, words and lines too', () => {
    expect(field('flow', 'back', 'left', 'delete').text).toBe('fl');
    expect(field('a/scenario-9.yaml', 'ctrl-w', 'ctrl-w').text).toBe('a/scenario-');
    expect(field('a/scenario', 'left', 'left', 'ctrl-u').text).toBe('io');
    expect(field('a/scenario', 'ctrl-a', 'right', 'ctrl-k').text).toBe('a');
  });

  it('does not take a character apart', () => {
    expect(field('नमस्ते', 'back').text).toBe('नमस्ते'.slice(0, 2));
    expect(field('a👨‍👩‍👧b', 'left', 'back').text).toBe('ab');
    expect(field('🇮🇳', 'left', 'x').text).toBe('x🇮🇳');
    expect(field('e', '\u0301', 'left', 'o').text).toBe('oe\u0301');
  });

  it('takes several characters at once, and no control or direction marks among them', () => {
    expect(field('', '+91\t98765\r\n43210\u001b\u202e\u200f').text).toBe('+919876543210');
  });

  it('leaves keys alone that are not its own', () => {
    const input = new TextField('a');
    expect(['enter', 'tab', 'up', 'ctrl-x', '\u0007'].map((name) => input.key(...keyOf(name)))).toEqual(Array(5).fill(false));
    expect(input.text).toBe('a');
  });

  it('shows its cursor without colours: a block at the end, else an inverse cell', () => {
    expect(shows(field('abc'))[0]?.trimEnd()).toBe('abc█');
    expect(field('abc', 'left').row(20, true)).toContainEqual({ text: 'c', style: { inverse: true, bold: true } });
    expect(textOf(field('abc').row(20, false)).trimEnd()).toBe('abc');
  });

  it('shows what is around the cursor when it is too long', () => {
    expect(shows(field('flows/a/scenarios/9-opts-out.yaml'), 12)).toEqual(['…s-out.yaml█']);
    expect(shows(field('flows/a/scenarios/9-opts-out.yaml', 'home'), 12)).toEqual(['flows/a/sce…']);
    expect(shows(field('flows/a/scenarios/9-opts-out.yaml', 'ctrl-w', 'ctrl-w', 'left'), 12)[0]).toMatch(/^….*s-…?.*$/);
  });
});

describe('a text of several lines', () => {
  it('has line ends, and the cursor moves between the lines', () => {
    const area = write(new TextArea('{"a": 1}'), '\n', 'second', 'up', 'X');
    expect(area.text).toBe('{"a": X1}\nsecond');
    expect(write(area, 'down', 'home', '> ').text).toBe('{"a": X1}\n> second');
    expect(write(area, 'ctrl-k').text).toBe('{"a": X1}\n> ');
  });

  it('goes on below where a line is too long, and keeps the cursor in view', () => {
    const area = new TextArea('abcdefghijklmnop');
    expect(shows(area, 6)).toEqual(['abcde ', 'fghij ', 'klmno ', 'p█    ']);
    expect(shows(area, 6, 2)).toEqual(['klmno ', 'p█    ']);
    expect(shows(write(area, 'up', 'up', 'up'), 6, 2)).toEqual(['abcde ', 'fghij ']);
  });

  it('says when there is no line above or below', () => {
    const area = new TextArea('one');
    expect([area.key(...keyOf('up')), area.key(...keyOf('down'))]).toEqual([false, false]);
  });
});

describe('whatever is written', () => {
  const words = fc.oneof(fc.string(), fc.constantFrom('नमस्ते', '👨‍👩‍👧', '中文', 'مرحبا', '\u001b[2J', '\u200b', '🇮🇳', '\n'));
  const keys = fc.array(
    fc.oneof(words, fc.constantFrom('left', 'right', 'home', 'end', 'back', 'delete', 'ctrl-w', 'up', 'down')),
  );
  const text = fc.array(words).map((parts) => parts.join(''));

  it('takes exactly its columns, and the cursor is seen', () => {
    fc.assert(
      fc.property(text, keys, fc.integer({ min: 4, max: 40 }), (start, names, width) => {
        for (const input of [write(new TextField(start), ...names), write(new TextArea(start), ...names)]) {
          const rows = input.rows(width, 5, true);
          expect(rows.length).toBeGreaterThan(0);
          expect(rows.length).toBeLessThanOrEqual(5);
          for (const row of rows) expect(columns(textOf(row))).toBe(width);
          expect(rows.flat().some(({ text, style }) => text.includes('█') || style?.inverse)).toBe(true);
        }
      }),
    );
  });
});
