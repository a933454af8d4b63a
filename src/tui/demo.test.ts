import { describe, expect, it } from 'vitest';
import { openOnFake } from '../../test/phone/opened.ts';
import { Demo } from './demo.ts';
import type { DemoStep } from './demo-story.ts';
import { openPhone } from './open-phone.tsx';
import type { PhoneStore } from './phone-store.ts';

const STORY: readonly DemoStep[] = [
  { caption: 'It rings.', seen: 500 },
  { caption: 'Somebody answers.', keys: ['a'], seen: 1000 },
  { when: ({ at }) => at.page === 'call' && at.shown.view.speaking?.node === 'menu', keys: ['5', '-'], seen: 3000 },
  { caption: 'The story is over.', seen: 0 },
];

/** A phone on which a story plays. `phone` is known once it is open. */
async function play(steps = STORY) {
  const seen: DemoStep[] = [];
  const demo = new Demo(steps, { seen: (step) => void seen.push(step) });
  let phone: PhoneStore | undefined;
  const follow = demo.follow.bind(demo);
  demo.follow = (store) => {
    phone = store;
    follow(store);
  };
  const opened = await openOnFake({ open: (session, terminal) => openPhone(session, terminal, demo) });
  const keys = () => phone?.current()?.view.lines.flatMap((line) => (line.type === 'key' ? [line.digit] : [])) ?? [];
  return { ...opened, demo, seen, keys };
}

describe('a story on the phone', () => {
  it('plays by itself: each step waits until it may begin, and is seen for a while', async () => {
    const { wait, says, demo, seen, keys, type, done } = await play();
    await wait(0.3);
    await says('It rings.');
    expect(seen).toEqual([]);
    await wait(0.5);
    await says('Somebody answers.');
    expect([seen.length, keys()]).toEqual([1, []]);
    await wait(5.2);
    expect([seen.length, keys()]).toEqual([2, ['5']]);
    await says('0.5x');
    await wait(6);
    await says('The story is over.');
    expect([seen.length, demo.step]).toEqual([4, undefined]);
    await type('q');
    expect(await done).toBe(0);
  });

  it.each([
    ['a key', '9'],
    ['a click', '\u001b[<0;10;5M'],
    ['a pasted number', '\u001b[200~42\u001b[201~'],
  ])('is over with %s of the person, which does nothing else', async (_, typed) => {
    const { wait, says, demo, seen, keys, type, done } = await play();
    await wait(1.2);
    await type(typed);
    await says('You have the phone now');
    expect(demo.step).toBeUndefined();
    await wait(20);
    expect([seen.length, keys()]).toEqual([1, []]);
    await type('[2');
    expect(keys()).toEqual(['2']);
    await type('q');
    expect(await done).toBe(0);
  });

  it.each([
    ['q', 0],
    ['\u0003', 130],
  ])('lets a person leave at once with %j', async (key, code) => {
    const { wait, demo, type, done } = await play();
    await wait(1);
    await type(key);
    expect(await done).toBe(code);
    expect(demo.step).toBeUndefined();
  });
});
