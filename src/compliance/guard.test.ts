import { describe, expect, it } from 'vitest';
import { ASHA, BINA, countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import { createMemoryStore } from '../adapters/store.ts';
import type { Contact } from '../core/facts.ts';
import { ms } from '../core/ids.ts';
import { createGuard } from './guard.ts';

const call = (number = ASHA): Contact => ({ number, channel: 'voice', class: 'SI' });

describe('the gate', () => {
  it('lets a number through until it opts out', async () => {
    const { facts } = createMemoryStore(countingStamp());
    const gate = createGuard(facts);
    expect(await gate.ask(call(), ms(0))).toMatchObject({ verdict: 'allow', ground: { code: 'NOT_LISTED' } });
    await facts.record([optOut(ASHA)]);
    expect(await gate.ask(call(), ms(0))).toMatchObject({ verdict: 'block', reasons: [{ code: 'OPTED_OUT' }] });
    expect(await gate.ask(call(BINA), ms(0))).toMatchObject({ verdict: 'allow' });
  });

  it('stays shut when the list cannot be read', async () => {
    const about = async () => {
      throw new Error('the disk reports an error');
    };
    expect(await createGuard({ about }).ask(call(), ms(0))).toMatchObject({
      verdict: 'block',
      reasons: [{ code: 'STORE_UNREADABLE', says: expect.stringContaining('the disk reports an error') }],
    });
  });
});
