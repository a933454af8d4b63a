import { describe, expect, it } from 'vitest';
import { countingStamp, optOut } from '../../test/contracts/facts-contract.ts';
import { ASHA, at, contact, NOON } from '../../test/kit/facts.ts';
import { createMemoryStore, type Store } from '../adapters/store.ts';
import { callId, e164 } from '../core/ids.ts';
import { createGuard } from './guard.ts';
import { createLedger } from './ledger.ts';

const CALL = callId('5f0c1d2e3a4b5c6d7e8f9a0b1c2d19co');

function opened(store: Store = createMemoryStore(countingStamp()), audit: Store['audit'] = store.audit) {
  const gate = createGuard(store.facts);
  return { store, ledger: createLedger(gate, { facts: store.facts, audit, actor: 'asha', rules: ['IN-EXOTEL'] }) };
}

const bodies = async ({ audit }: Store) =>
  (await audit.read({})).map(({ action, actor, body }) => ({ action, actor, ...(JSON.parse(body) as object) }));

describe('the ledger', () => {
  it('audits who was let out, by which rules and in which call; of who was held back no call, for there is none', async () => {
    const { store, ledger } = opened();
    await ledger.ask(contact('SI', { campaign: 'diwali' }), NOON, CALL);
    await ledger.ask(contact('SI'), at('2026-11-22T23:00'), CALL);
    const [let_, held] = await bodies(store);
    expect(let_).toMatchObject({ action: 'decide', actor: 'asha', verdict: 'allow', campaign: 'diwali', call: CALL });
    expect(let_).toMatchObject({ reasons: [{ code: 'OK_SI' }], rules: ['IN-EXOTEL'] });
    expect(held).toMatchObject({ verdict: 'defer', reasons: [{ code: 'OUTSIDE_HOURS', rule: 'EXOTEL-HOURS' }] });
    expect(held).not.toHaveProperty('call');
    expect(ledger.asked.map(({ verdict }) => verdict.verdict)).toEqual(['allow', 'defer']);
  });

  it('keeps no whole number in what it says', async () => {
    const { store, ledger } = opened();
    await store.facts.record([{ ...optOut(ASHA), reason: 'call 9812345678' }]);
    await ledger.ask(contact('SI', { text: 'Dear 9812345678' }), NOON);
    expect(JSON.stringify((await bodies(store)).filter(({ action }) => action === 'decide'))).not.toMatch(/\d{9}/);
  });

  it('remembers calls, messages and customers who call, with call and flow', async () => {
    const { store, ledger } = opened();
    const exophone = e164('+912240000001');
    const made = { contact: contact('SI', { exophone, campaign: 'diwali' }), at: NOON, call: CALL, flow: 'reminder' };
    ledger.made({ what: 'contacted', ...made });
    ledger.made({ what: 'contacted', ...made, contact: contact('T', { channel: 'sms' }) });
    ledger.made({ what: 'inbound', ...made });
    expect(await ledger.settled()).toEqual([]);
    expect(await store.facts.about(ASHA)).toMatchObject([
      {
        kind: 'contacted',
        channel: 'voice',
        class: 'SI',
        call: CALL,
        flow: 'reminder',
        campaign: 'diwali',
        actor: 'asha',
        at: NOON,
      },
      { kind: 'contacted', channel: 'sms', class: 'T' },
      { kind: 'inbound', channel: 'voice', exophone, actor: 'caller' },
    ]);
  });

  it('warns where nothing can be written down, and stops nothing for it', async () => {
    const full = async () => {
      throw new Error('the disk is full');
    };
    const store = createMemoryStore(countingStamp());
    const broken = { ...store, facts: { ...store.facts, record: full } };
    const { ledger } = opened(broken, { ...store.audit, append: full });
    expect(await ledger.ask(contact('SI'), NOON)).toMatchObject({
      verdict: 'allow',
      warnings: [{ code: 'NOT_AUDITED', says: 'this verdict is not in the audit: the disk is full' }],
    });
    ledger.made({ what: 'contacted', contact: contact('SI'), at: NOON, call: CALL, flow: 'reminder' });
    expect(await ledger.settled()).toEqual(['that the customer was called is not in the store: the disk is full']);
  });
});
