import { expect, it } from 'vitest';
import type { Logged } from './event.ts';
import { flatten, unflatten } from './flatten.ts';
import { callId, ms, nodeId } from './ids.ts';

const logged: Logged = {
  call: callId('c1'),
  seq: 3,
  at: ms(Date.UTC(2026, 10, 22, 4, 30, 0, 7)),
  e: { type: 'applet.left', flow: 'reminder', node: nodeId('menu'), exit: 'key:9' },
};

it('puts the fields of an event beside its envelope, and takes them apart again', () => {
  const flat = flatten(logged);
  expect(flat).toEqual({
    call: 'c1',
    seq: 3,
    at: '2026-11-22T10:00:00.007+05:30',
    type: 'applet.left',
    flow: 'reminder',
    node: 'menu',
    exit: 'key:9',
  });
  expect(unflatten(flat)).toEqual(logged);
});

it.each([
  [null, 'it is not an object'],
  [{ ...flatten(logged), call: '' }, 'it has no "call"'],
  [{ ...flatten(logged), seq: 1.5 }, '"seq" must be a whole number from 1'],
  [{ ...flatten(logged), at: 'noon' }, '"at" must be an instant'],
  [{ ...flatten(logged), type: 7 }, '"7" is no type of event'],
  [{ ...flatten(logged), exit: undefined }, 'a "applet.left" must have "exit"'],
  [{ ...flatten(logged), type: 'ended', why: [] }, '"why" must be of type object'],
])('says what is wrong with %j', (flat, says) => {
  expect(unflatten(flat)).toContain(says);
});
