import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beside, type Row, row, span, textOf } from './rows.ts';
import { straight } from './straight.ts';
import { columns } from './width.ts';

const ARABIC = /[\u0590-\u08ff]/;
const STRONG_LEFT = /[\p{L}\u2800]/u;

type Class = 'left' | 'right' | 'figure' | 'other';
const classOf = (char: string): Class =>
  ARABIC.test(char) ? 'right' : STRONG_LEFT.test(char) ? 'left' : /\d/.test(char) ? 'figure' : 'other';

/** The levels that the Unicode bidirectional algorithm gives to a line of letters, figures and other signs, written from the left. */
function levels(text: string): number[] {
  const classes = [...text].map(classOf);
  let strong: Class = 'left';
  for (const [i, one] of classes.entries()) {
    if (one === 'left' || one === 'right') strong = one;
    else if (one === 'figure' && strong === 'left') classes[i] = 'left';
  }
  const side = (one: Class | undefined) => (one === undefined || one === 'left' ? 'left' : 'right');
  return classes.map((one, i) => {
    if (one !== 'other') return one === 'left' ? 0 : one === 'right' ? 1 : 2;
    const before = classes.slice(0, i).findLast((other) => other !== 'other');
    const after = classes.slice(i).find((other) => other !== 'other');
    return side(before) === 'right' && side(after) === 'right' ? 1 : 0;
  });
}

/** The line as a terminal draws it that turns right-to-left text round. */
function drawn(text: string): string {
  const chars = [...text];
  const own = levels(text);
  for (const level of [2, 1]) {
    for (let from = 0; from < chars.length; from++) {
      let to = from;
      while (to < chars.length && (own[to] ?? 0) >= level) to++;
      if (to > from) {
        chars.splice(from, to - from, ...chars.slice(from, to).reverse());
        own.splice(from, to - from, ...own.slice(from, to).reverse());
        from = to;
      }
    }
  }
  return chars.join('');
}

const borders = (text: string): number[] => [...text].flatMap((char, i) => (char === '│' ? [i] : []));

describe('rows with right-to-left text', () => {
  it('would have their border moved by terminals that turn such text round', () => {
    const text = 'مرحبا    │ 0:05 مرحبا';
    expect(borders(drawn(text))).not.toEqual(borders(text));
  });

  it('keep it where it is, and lose no column', () => {
    const [made] = beside([row('مرحبا')], 9, [row('0:05 مرحبا')], 1);
    const text = textOf(straight(made ?? []));
    expect(borders(drawn(text))).toEqual([9]);
    expect(columns(text)).toBe(columns(textOf(made ?? [])));
    expect(text.replaceAll('\u2800', ' ')).toBe(textOf(made ?? []));
  });

  it('begin from the left also where a terminal looks at the first letter', () => {
    expect(textOf(straight([span(' 0:05 '), span('مرحبا')]))).toBe(' 0:05\u2800مرحبا');
  });

  it('are left alone within a text: its words are for the reader to order', () => {
    expect(straight(row('say مرحبا and مرحبا 12'))).toEqual(row('say مرحبا and مرحبا 12'));
  });

  it('have no effect on any other row', () => {
    const plain: Row = [span('नमस्ते   │ 0:05')];
    expect(straight(plain)).toBe(plain);
  });

  it('never move a border, whatever stands in the panes', () => {
    const words = fc.array(fc.constantFrom('مرحبا', 'שלום', 'hello', '12:30', '…', '9', '[3 words]', '<b>', '|'), {
      maxLength: 4,
    });
    const panes = fc.array(
      words.map((some) => some.join(' ')),
      { minLength: 2, maxLength: 3 },
    );
    fc.assert(
      fc.property(panes, ([left = '', middle = '', right = '']) => {
        const inner = beside([row(middle)], 30, [row(right)], 1);
        const [made] = beside([row(left)], 30, inner, 1);
        const text = textOf(straight(made ?? []));
        expect(borders(drawn(text))).toEqual(borders(text));
        expect(columns(text)).toBe(columns(textOf(made ?? [])));
      }),
    );
  });
});
