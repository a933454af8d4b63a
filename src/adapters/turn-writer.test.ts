import { expect, it } from 'vitest';
import { breathe } from './breathe.ts';
import { createTurnWriter } from './turn-writer.ts';

it('writes the texts of a turn at once, in their order, and none twice', async () => {
  const written: string[] = [];
  const write = createTurnWriter((text) => written.push(text));
  write('a\n');
  write('b\n');
  expect(written).toEqual([]);
  await breathe();
  expect(written).toEqual(['a\nb\n']);
  write('c\n');
  await breathe();
  await breathe();
  expect(written).toEqual(['a\nb\n', 'c\n']);
});
