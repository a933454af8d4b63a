import { describe, expect, it } from 'vitest';
import { onePerNumber } from './one-per-number.ts';

/** A work that ends when it is told to. */
function works() {
  const [began, ends]: [string[], Map<string, () => void>] = [[], new Map()];
  const work = (name: string) => () => {
    began.push(name);
    return new Promise<string>((done) => ends.set(name, () => done(name)));
  };
  return { began, work, end: (name: string) => ends.get(name)?.() };
}
const turn = () => new Promise((done) => setImmediate(done));

describe('works about numbers', () => {
  it('wait for those about the same number, and for what they did to be recorded; others do not', async () => {
    const { began, work, end } = works();
    const recorded = Promise.withResolvers<void>();
    const inTurn = onePerNumber(() => recorded.promise);
    const first = inTurn(['1', '2'], work('first'));
    const second = inTurn(['2'], work('second'));
    void inTurn(['3'], work('other'));
    expect(began).toEqual(['first', 'other']);
    end('first');
    expect(await first).toBe('first');
    await turn();
    expect(began).toEqual(['first', 'other']);
    recorded.resolve();
    await turn();
    expect(began).toEqual(['first', 'other', 'second']);
    end('second');
    expect(await second).toBe('second');
  });

  it('go on after one that failed', async () => {
    const inTurn = onePerNumber(() => Promise.reject(new Error('the disk is full')));
    const [failed, next] = [inTurn(['1'], () => Promise.reject(new Error('no'))), inTurn(['1'], async () => 'yes')];
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
