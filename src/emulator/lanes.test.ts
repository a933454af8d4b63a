import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

describe('lanes', () => {
  it('work one after the other in each, and not waiting for each other', () => {
    const lanes = createLanes();
    const [began, open] = [[] as string[], new Map<string, () => void>()];
    for (const name of ['a1', 'a2', 'b1'])
      lanes.enter(name.charAt(0), (done) => {
        began.push(name);
        open.set(name, done);
      });
    expect(began).toEqual(['a1', 'b1']);
    open.get('a1')?.();
    open.get('a1')?.();
    expect(began).toEqual(['a1', 'b1', 'a2']);
  });

  it('take up again after they were empty', () => {
    const lanes = createLanes();
    const began: number[] = [];
    for (const n of [1, 2])
      lanes.enter('a', (done) => {
        began.push(n);
        done();
      });
    expect(began).toEqual([1, 2]);
  });

  it('are idle when nothing is under way, nor about to be', async () => {
    const lanes = createLanes();
    await lanes.idle();
    const order: string[] = [];
    lanes.begin();
    const waited = lanes.idle().then(() => order.push('idle'));
    let finish = () => {};
    lanes.enter('a', (done) => {
      finish = done;
    });
    lanes.end();
    await Promise.resolve();
    order.push('done');
    finish();
    await waited;
    expect(order).toEqual(['done', 'idle']);
  });
});
