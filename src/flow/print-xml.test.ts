import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryFlow, RUNNABLE, withoutPlaces } from '../../test/arbitrary/flow.ts';
import { allApplets } from '../applets/index.ts';
import { checkFlow } from './check.ts';
import { attributesOf } from './elements.ts';
import type { Flow } from './model.ts';
import { printFlow } from './print-xml.ts';
import { readFlow } from './read-xml.ts';

const read = (text: string) => readFlow(new TextEncoder().encode(text), 'copy.xml');

test('a printed flow reads back as the same flow', () => {
  fc.assert(
    fc.property(arbitraryFlow(), (flow) => {
      const copy = read(printFlow(flow));
      expect(copy.problems).toEqual([]);
      expect(copy.ok && withoutPlaces(copy.flow)).toEqual(withoutPlaces(flow));
    }),
    { numRuns: 300 },
  );
});

test('printing is canonical: the copy prints the same', () => {
  fc.assert(
    fc.property(arbitraryFlow({ kinds: RUNNABLE, dynamic: false }), (flow) => {
      const copy = read(printFlow(flow));
      expect(copy.ok && printFlow(copy.flow)).toBe(printFlow(flow));
    }),
    { numRuns: 50 },
  );
});

test('random flows reach every applet, and every attribute of every applet', () => {
  const kinds = new Set<string>();
  const attributes = new Set<string>();
  for (const flow of fc.sample(arbitraryFlow(), { numRuns: 400, seed: 1 })) {
    for (const node of flow.nodes.values()) {
      kinds.add(node.kind);
      for (const [name, value] of Object.entries(node.settings)) if (value !== undefined) attributes.add(`${node.kind} ${name}`);
    }
  }
  expect([...kinds].sort()).toEqual(allApplets.map(({ kind }) => kind).sort());
  const wanted = allApplets.flatMap((one) => attributesOf(one.settings).map(({ name }) => `${one.kind} ${name}`));
  expect(wanted.filter((name) => !attributes.has(name))).toEqual([]);
});

test('random flows have no errors that a check can find, but for variables and prompts', () => {
  const setOf = (flow: Flow) => ({ root: flow.name, flows: new Map([[flow.name, flow]]), links: new Map(), audio: new Map() });
  fc.assert(
    fc.property(arbitraryFlow(), (flow) => {
      const errors = checkFlow(setOf(flow)).filter(({ severity }) => severity === 'error');
      expect(errors).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
