import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createBatch } from './audit-batch.ts';

function recording() {
  const written: number[][] = [];
  const batch = createBatch<number>((items) => {
    if (items.includes(13)) throw new Error('the disk is full');
    written.push([...items]);
  });
  return { written, batch };
}

describe('a batch', () => {
  it('writes what came in one turn as one, and tells when it is written', async () => {
    const { written, batch } = recording();
    await Promise.all([batch.add([1, 2]), batch.add([3])]);
    expect(written).toEqual([[1, 2, 3]]);
    await batch.add([4]);
    expect(written).toEqual([[1, 2, 3], [4]]);
  });

  it('fails for all of its turn, and for no other', async () => {
    const { written, batch } = recording();
    const results = await Promise.allSettled([batch.add([1]), batch.add([13])]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await batch.add([2]);
    expect(written).toEqual([[2]]);
  });

  it('writes at once when told to, and nothing twice', async () => {
    const { written, batch } = recording();
    const done = batch.add([1]);
    batch.flush();
    expect(written).toEqual([[1]]);
    await done;
    await turn();
    batch.flush();
    expect(written).toEqual([[1]]);
  });
});
