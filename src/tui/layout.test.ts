import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST, layoutOf } from './layout.ts';
import { TABS } from './tab.ts';

const looks = fc.record({ tab: fc.constantFrom(...TABS), zoomed: fc.boolean(), compare: fc.boolean() });
const sizes = fc.record({
  columns: fc.integer({ min: LEAST.columns, max: 250 }),
  rows: fc.integer({ min: LEAST.rows, max: 90 }),
});

describe('the layout', () => {
  it('gives away every row of the terminal, and no more', () => {
    fc.assert(
      fc.property(looks, sizes, fc.boolean(), (look, size, over) => {
        const { body, tab, tabColumn, ruled } = layoutOf(look, size, over);
        const strip = tabColumn > 0 ? 0 : ruled ? 2 : 1;
        expect(body + strip + tab).toBe(size.rows - 3);
        expect(Math.min(body, tab)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('leaves the conversation the widest column, and half of the rows or more', () => {
    fc.assert(
      fc.property(looks, sizes, (look, size) => {
        const { body, tab, keypad, tabColumn } = layoutOf({ ...look, zoomed: false }, size, false);
        fc.pre(body > 0);
        expect(size.columns - keypad - tabColumn).toBeGreaterThan(keypad);
        expect(size.columns - keypad - tabColumn).toBeGreaterThanOrEqual(24);
        expect(body).toBeGreaterThanOrEqual(tab);
      }),
    );
  });

  it.each([
    [60, 20, 'two columns', 24, 0],
    [59, 20, 'one column', 0, 0],
    [80, 24, 'two columns', 30, 0],
    [140, 40, 'three columns', 34, 49],
  ])('of %ix%i is %s', (columns, rows, _, keypad, tabColumn) => {
    const look = { tab: 'log', zoomed: false, compare: false } as const;
    expect(layoutOf(look, { columns, rows }, false)).toMatchObject({ keypad, tabColumn });
  });
});
