import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStore, type StoreSearch } from './store-path.ts';

let top: string;
let below: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'press9-path-'));
  below = join(top, 'a', 'b');
  mkdirSync(below, { recursive: true });
});
afterEach(() => rmSync(top, { recursive: true }));

const find = (more: Partial<StoreSearch> = {}) => {
  const place = findStore({ env: {}, cwd: below, ...more });
  return place.kind === 'memory' ? 'memory' : place.path;
};
const made = (...folders: string[]) => {
  mkdirSync(join(top, ...folders, '.press9'), { recursive: true });
  writeFileSync(join(top, ...folders, '.press9', 'store.db'), '');
  return join(top, ...folders, '.press9', 'store.db');
};

describe('the store is', () => {
  it('the nearest .press9/store.db upwards', () => {
    const far = made();
    expect(find()).toBe(far);
    const near = made('a');
    expect(find()).toBe(near);
    expect(find({ cwd: top })).toBe(far);
  });

  it('in the working folder when there is none', () => {
    expect(find()).toBe(join(below, '.press9', 'store.db'));
  });

  it('not a .press9 folder without a store', () => {
    mkdirSync(join(below, '.press9'));
    const far = made();
    expect(find()).toBe(far);
  });

  it('where a journal waits for it, though it could not be made yet', () => {
    writeFileSync(join(top, 'a', '.press9-optouts.journal.ndjson'), '');
    expect(find()).toBe(join(top, 'a', '.press9', 'store.db'));
  });

  it('what PRESS9_STORE says, and before that what --store says', () => {
    made();
    const env = { PRESS9_STORE: 'env.db' };
    expect(find({ env })).toBe(join(below, 'env.db'));
    expect(find({ env, store: '../told.db' })).toBe(join(top, 'a', 'told.db'));
    expect(find({ env, store: '/abs/told.db' })).toBe('/abs/told.db');
    expect(find({ env: { PRESS9_STORE: '' } })).toBe(join(top, '.press9', 'store.db'));
  });

  it('in memory when asked for', () => {
    expect(find({ store: 'memory:' })).toBe('memory');
    expect(find({ env: { PRESS9_STORE: ':memory:' } })).toBe('memory');
  });

  it('a file in a folder that is named as one', () => {
    expect(find({ store: 'data/' })).toBe(join(below, 'data', 'store.db'));
    expect(find({ store: '.press9' })).toBe(join(below, '.press9', 'store.db'));
  });

  it('nowhere else', () => {
    expect(() => find({ store: '' })).toThrow('--store is empty');
    expect(() => find({ store: 'postgres://user:secret@host/db' })).toThrow('no store at "postgres:"');
  });
});
