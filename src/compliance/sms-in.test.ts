import { describe, expect, it } from 'vitest';
import { countingStamp } from '../../test/contracts/facts-contract.ts';
import { ASHA, NOON, optOut } from '../../test/kit/facts.ts';
import { LINE, saidStop } from '../../test/kit/whitelist-facts.ts';
import { createMemoryStore } from '../adapters/store.ts';
import type { Fact } from '../core/facts.ts';
import { hearSms, type SmsInOptions } from './sms-in.ts';

async function hear(text: string, known: readonly Fact[] = [], options?: SmsInOptions) {
  const { facts } = createMemoryStore(countingStamp());
  await facts.record(known);
  return hearSms(facts, { number: ASHA, text, at: NOON, exophone: LINE }, options);
}
const kinds = ({ facts }: Awaited<ReturnType<typeof hear>>) => facts.map(({ kind, scope }) => `${kind} ${scope}`);

describe('an SMS to us', () => {
  it('whitelists whoever wrote it', async () => {
    expect((await hear('When do you open?')).facts).toEqual([
      { kind: 'inbound', channel: 'sms', scope: 'sms', source: 'call', actor: 'caller', number: ASHA, at: NOON, exophone: LINE },
    ]);
  });

  it('that says STOP stops everything, or SMS alone, and is no inbound contact', async () => {
    expect(await hear('Stop')).toMatchObject({
      keyword: 'stop',
      says: 'it is on the list now, for all calls and SMS.',
      facts: [{ kind: 'opt-out', scope: 'all', source: 'sms-stop', at: NOON, number: ASHA }],
    });
    expect(kinds(await hear('STOP', [], { scope: 'sms' }))).toEqual(['opt-out sms']);
  });

  it('that says STOP again changes nothing', async () => {
    expect(await hear('STOP', [saidStop('2026-11-01')])).toMatchObject({
      facts: [],
      says: 'it is on the list already, for all calls and SMS.',
    });
  });

  it('that says START lifts what the person did, and nothing else', async () => {
    const heard = await hear('START', [saidStop('2026-11-01'), optOut('2026-11-02', { source: 'csv' })]);
    expect(kinds(heard)).toEqual(['opt-in all', 'inbound sms']);
    expect(heard).toMatchObject({ lifted: [{ source: 'sms-stop' }], left: [{ source: 'csv' }] });
    expect(heard.facts[0]?.supersedes).toEqual(heard.lifted.map(({ id }) => id));
    expect(heard.says).toBe('it is off the list again. Still listed, for it did not do that itself: all calls and SMS.');
  });

  it('that may mean stop is for somebody to read, unless any wish counts', async () => {
    expect(await hear('Please stop calling me')).toMatchObject({ keyword: 'review', facts: [] });
    expect(await hear('Please stop calling me', [], { anyWish: true })).toMatchObject({ keyword: 'stop' });
  });

  it('that asks for help leaves the list alone', async () => {
    expect(kinds(await hear('HELP', [saidStop('2026-11-01')]))).toEqual(['inbound sms']);
  });
});
