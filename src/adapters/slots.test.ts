import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSlots } from './slots.ts';

/** Works that end when told, and what has begun. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, (how?: Error) => void>();
  return {
    begun,
    work: (name: string) => () =>
      new Promise<string>((done, fail) => {
        begun.push(name);
        ends.set(name, (how) => (how ? fail(how) : done(name)));
      }),
    async end(name: string, how?: Error) {
      ends.get(name)?.(how);
      await new Promise(setImmediate);
    },
  };
}

it('begins only so many works for one key, and the others in their order', async () => {
  const { begun, work, end } = works();
  const slots = createSlots({ each: 2, all: 9 });
  const all = ['1', '2', '3', '4'].map((name) => slots('app', work(name)));
  await new Promise(setImmediate);
  expect(begun).toEqual(['1', '2']);
  await end('2');
  expect(begun).toEqual(['1', '2', '3']);
  for (const name of ['1', '3', '4']) await end(name);
  expect(await Promise.all(all)).toEqual(['1', '2', '3', '4']);
});

it('lets another key go on while one is busy, and frees a slot when a work fails', async () => {
  const { begun, work, end } = works();
  const slots = createSlots({ each: 1, all: 2 });
  const failed = slots('a', work('a1'));
  for (const [key, name] of [
    ['a', 'a2'],
    ['b', 'b1'],
    ['c', 'c1'],
  ] as const)
    void slots(key, work(name));
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1', 'b1']);
  await Promise.all([expect(failed).rejects.toThrow('gone'), end('a1', new Error('gone'))]);
  expect(begun).toEqual(['a1', 'b1', 'a2']);
  await end('b1');
  expect(begun).toEqual(['a1', 'b1', 'a2', 'c1']);
});

it('does every work once and never more at once than allowed, whatever comes', async () => {
  const item = fc.record({ key: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(3) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { maxLength: 40 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
      async (items, each, all) => {
        const slots = createSlots({ each, all });
        const open = new Map<string, number>();
        let count = 0;
        const done = items.map(({ key, turns }) =>
          slots(key, async () => {
            count++;
            open.set(key, (open.get(key) ?? 0) + 1);
            expect(open.get(key)).toBeLessThanOrEqual(each);
            expect([...open.values()].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(all);
            for (let i = 0; i < turns; i++) await Promise.resolve();
            open.set(key, (open.get(key) ?? 0) - 1);
          }),
        );
        await Promise.all(done);
        expect(count).toBe(items.length);
      },
    ),
  );
});
