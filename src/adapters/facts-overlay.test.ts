import { describe, expect, it } from 'vitest';
import { ASHA, countingStamp, factsContract, optOut, post } from '../../test/contracts/facts-contract.ts';
import { callId, ms } from '../core/ids.ts';
import { createStoreOverlay } from './facts-overlay.ts';
import { createMemoryStore } from './store.ts';

factsContract('an overlay', async (stamp) => createStoreOverlay(createMemoryStore(countingStamp()).facts, stamp));

describe('an overlay', () => {
  function above() {
    const base = createMemoryStore(countingStamp());
    let n = 0;
    const ids = { call: () => callId(''), next: () => `own-${++n}` };
    return { base, overlay: createStoreOverlay(base.facts, { ids, now: () => ms(1_700_000_000_000) }).facts };
  }
  const ids = (facts: readonly { id: string }[]) => facts.map(({ id }) => id);

  it('knows what the store below knows, also what it learns later, and what is recorded here stays here', async () => {
    const { base, overlay } = above();
    await base.facts.record([optOut()]);
    await overlay.record([optOut()], [post('p1')]);
    await base.facts.record([optOut()]);
    expect(ids(await overlay.about(ASHA))).toEqual(['id-1', 'id-2', 'own-1']);
    expect(ids(await overlay.list({ limit: 2 }))).toEqual(['own-1', 'id-2']);
    expect(ids(await base.facts.about(ASHA))).toEqual(['id-1', 'id-2']);
    expect(await base.outbox.due(ms(0), 10)).toEqual([]);
  });

  it('can lift an opt-out of the store below for itself', async () => {
    const { base, overlay } = above();
    await base.facts.record([optOut()]);
    await overlay.record([optOut(ASHA, { kind: 'opt-in', supersedes: ['id-1'] })]);
    expect(await overlay.list({ inForce: true })).toEqual([]);
    expect(ids(await base.facts.list({ inForce: true }))).toEqual(['id-1']);
  });

  it('does not see what is hidden from it', async () => {
    const { base } = above();
    const call = callId('one');
    await base.facts.record([optOut(ASHA, { call }), optOut()]);
    const overlay = createStoreOverlay(base.facts, countingStamp(), { hidden: (fact) => fact.call === call }).facts;
    expect(ids(await overlay.about(ASHA))).toEqual(['id-2']);
    expect(ids(await overlay.list({ limit: 1 }))).toEqual(['id-2']);
  });
});
