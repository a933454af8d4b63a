import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOLD, type Color, clickAt, ranked, row, span, styleFor, textOf, titled } from './rows.ts';
import { columns } from './width.ts';

describe('what the mouse meets', () => {
  const rows = [
    row('header'),
    [span('ठीक '), span('[1]', BOLD, { press: '1' }), span(' '), span('web', undefined, { tab: 'web' })],
  ];

  it('is found by columns, not by characters', () => {
    const before = columns('ठीक ');
    expect(clickAt(rows, before - 1, 1)).toBeUndefined();
    expect(clickAt(rows, before, 1)).toEqual({ press: '1' });
    expect(clickAt(rows, before + 2, 1)).toEqual({ press: '1' });
    expect(clickAt(rows, before + 3, 1)).toBeUndefined();
    expect(clickAt(rows, before + 4, 1)).toEqual({ tab: 'web' });
  });

  it('is nothing outside', () => {
    for (const [x, y] of [
      [-1, 1],
      [99, 1],
      [0, 2],
      [0, -1],
    ] as const)
      expect(clickAt(rows, x, y)).toBeUndefined();
  });
});

describe('a line with something written on it', () => {
  it('is as wide as it shall be, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 60 }), (text, width) => {
        expect(columns(textOf(titled(row(text), width)))).toBe(width);
      }),
    );
    expect(textOf(titled(row('menu'), 12))).toBe('─ menu ─────');
  });
});

describe('pieces in a row', () => {
  const pieces = [
    { spans: row('flow'), rank: 2 },
    { spans: row('status'), rank: 9 },
    { spans: row(''), rank: 9 },
    { spans: row('time'), rank: 5 },
  ];

  it('are left out by rank as the room gets less', () => {
    expect(textOf(ranked(pieces, 18))).toBe('flow  status  time');
    expect(textOf(ranked(pieces, 17))).toBe('status  time');
    expect(textOf(ranked(pieces, 11))).toBe('status');
    expect(textOf(ranked(pieces, 2))).toBe('status');
  });
});

describe('colours', () => {
  const LEVELS = [0, 95, 135, 175, 215, 255];
  const brightness = (index: number): number => {
    const [r = 0, g = 0, b = 0] = [36, 6, 1].map((size) => (LEVELS[Math.floor((index - 16) / size) % 6] ?? 0) / 255);
    const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };

  it('can be read on white: a contrast of 4.5 at least', () => {
    for (const color of ['cyan', 'green', 'yellow', 'red', 'magenta'] satisfies Color[]) {
      const index = Number(/^ansi256\((\d+)\)$/.exec(styleFor({ color }, 'light').color ?? '')?.[1]);
      expect(1.05 / (brightness(index) + 0.05), color).toBeGreaterThan(4.5);
    }
  });

  it('are the terminal’s own on a dark ground, and nothing else of a style changes', () => {
    expect(styleFor({ color: 'cyan', bold: true }, 'dark')).toEqual({ color: 'cyan', bold: true });
    expect(styleFor({ dim: true, strike: true }, 'light')).toEqual({ dim: true, strike: true });
  });
});
