import { closeSync, openSync, writeSync } from 'node:fs';

export const ROWS = 1_000_000;

const FIRST = ['Asha', 'Bina', 'Chitra', 'Dev', 'Esha', 'Farid', 'Gopal', 'Hari'];
const LAST = ['Rao', 'Iyer', 'Khan', 'Patel', 'Singh', 'Das'];
const CITIES = ['Mumbai', 'Bengaluru', 'New Delhi', 'Chennai', 'Pune'];
const REASONS = ['asked by phone', 'replied STOP', 'not interested', 'wrong number'];

/** The same numbers in every run, each once, in no order. */
const numberAt = (i: number): number => 6_000_000_000 + ((i * 2_654_435_761) % 3_999_999_999);
const two = (n: number): string => String(n).padStart(2, '0');
const one = (words: readonly string[], i: number): string => words[i % words.length] ?? '';

const SHAPES = {
  columns: {
    header: 'name,phone,city,date,reason\n',
    row: (i: number) =>
      `${one(FIRST, i)} ${one(LAST, i)},${numberAt(i)},${one(CITIES, i)},2025-${two(1 + (i % 12))}-${two(1 + (i % 28))},${one(REASONS, i)}\n`,
  },
  lines: { header: '', row: (i: number) => `${numberAt(i)}\n` },
} as const;

export type Shape = keyof typeof SHAPES;

/** Opt-outs as companies keep them: a table with some columns, or a number a line. */
export function writeList(path: string, shape: Shape): void {
  const { header, row } = SHAPES[shape];
  const file = openSync(path, 'w');
  try {
    let text: string = header;
    for (let i = 0; i < ROWS; i++) {
      text += row(i);
      if (text.length < 1 << 20) continue;
      writeSync(file, text);
      text = '';
    }
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}
