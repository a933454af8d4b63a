import { describe, expect, it } from 'vitest';
import { ASHA, BINA, countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import { NOON } from '../../test/kit/facts.ts';
import { createMemoryStore } from '../adapters/store.ts';
import type { Contact } from '../core/facts.ts';
import { ms } from '../core/ids.ts';
import { createGuard } from './guard.ts';
import { LIST_ONLY } from './policy.ts';

const call = (number = ASHA): Contact => ({ number, channel: 'voice', class: 'SI' });

describe('the gate', () => {
  it('lets a number through until it opts out', async () => {
    const { facts } = createMemoryStore(countingStamp());
    const gate = createGuard(facts);
    expect(await gate.ask(call(), NOON)).toMatchObject({ verdict: 'allow', ground: { code: 'OK_SI' } });
    await facts.record([optOut(ASHA)]);
    expect(await gate.ask(call(), NOON)).toMatchObject({ verdict: 'block', reasons: [{ code: 'OPTED_OUT' }] });
    expect(await gate.ask(call(BINA), NOON)).toMatchObject({ verdict: 'allow' });
  });

  it('goes by the policy it was given: at midnight the law waits, the list alone does not', async () => {
    const { facts } = createMemoryStore(countingStamp());
    const midnight = ms(NOON + 12 * 3_600_000);
    expect(await createGuard(facts).ask(call(), midnight)).toMatchObject({ verdict: 'defer' });
    const listed = await createGuard(facts, LIST_ONLY).ask(call(), midnight);
    expect(listed).toMatchObject({ verdict: 'allow', ground: { code: 'NOT_LISTED' }, warnings: [] });
  });

  it('stays shut when the list cannot be read', async () => {
    const about = async () => {
      throw new Error('the disk reports an error');
    };
    expect(await createGuard({ about }).ask(call(), NOON)).toMatchObject({
      verdict: 'block',
      reasons: [{ code: 'STORE_UNREADABLE', says: expect.stringContaining('the disk reports an error') }],
    });
  });
});
