import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { createProgress, progressLine } from './dnc-import-progress.ts';
import { createSeen } from './dnc-import-seen.ts';
import { keyOf, subjectOf } from './dnc-import-window.ts';
import type { Io } from './io.ts';
import { sortEntries } from './sort-entries.ts';

const keys = fc.array(
  fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.maxSafeInteger(), fc.constantFrom(919876543210, 14155552671)),
);

describe('sorting entries', () => {
  it('puts them by their keys, those of one key in their order', () => {
    fc.assert(
      fc.property(keys, (all) => {
        const entries = Uint32Array.from(all.keys());
        const expected = [...all.keys()].toSorted((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
        expect([...sortEntries(entries, Float64Array.from(all))]).toEqual(expected);
      }),
    );
  });

  it('sorts those that are named, and no others', () => {
    expect([...sortEntries(Uint32Array.of(3, 1), Float64Array.of(0, 9, 0, 7))]).toEqual([3, 1]);
  });
});

describe('numbers that were seen', () => {
  it('are never missed, and few others are taken for them', () => {
    const seen = createSeen();
    const at = (i: number) => 916_000_000_000 + ((i * 2_654_435_761) % 3_999_999_999);
    for (let i = 0; i < 100_000; i++) seen.add(at(i));
    let wrong = 0;
    for (let i = 0; i < 100_000; i++) {
      if (!seen.may(at(i))) throw new Error(`${i} was missed`);
      if (seen.may(at(i + 100_000))) wrong++;
    }
    expect(wrong).toBeLessThan(100);
  });
});

describe('numbers as keys', () => {
  it.each(['+919876543210', '+123456789012345', '+9198765*', '+1*'] as const)('come back: %s', (subject) =>
    expect(subjectOf(keyOf(subject as never))).toBe(subject),
  );
});

describe('progress', () => {
  it('tells how far, how fast and how much longer', () => {
    const pace = { bytes: 42_000, size: 100_000, rows: 410_000, took: 2000 };
    expect(progressLine(pace)).toBe('42 %, 410,000 rows, 205,000 a second, 0:02 left');
    expect(progressLine({ ...pace, size: undefined })).toBe('410,000 rows, 205,000 a second');
  });

  it('is told on a terminal alone, now and then, and goes away', () => {
    let [now, said] = [0, ''];
    const io = (isTTY: boolean) =>
      ({
        isTTY,
        err: (text: string) => {
          said += text;
        },
      }) as Io;
    const progress = createProgress(io(true), 1000, () => ms(now));
    for (const at of [100, 250, 300, 600]) {
      now = at;
      progress.tell(at, at);
    }
    progress.clear();
    expect(said.split('\r').map((line) => line.split(' %')[0]?.trim())).toEqual(['', '25', '60', '', '']);
    said = '';
    createProgress(io(false), 1000, () => ms(now)).tell(10_000, 1);
    expect(said).toBe('');
  });
});
