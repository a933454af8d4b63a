import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { createBridges } from './two-numbers.ts';

describe('the flow that connects two numbers', () => {
  const connectOf = (set: Awaited<ReturnType<ReturnType<typeof createBridges>>>) =>
    JSON.stringify([...(set.flows.get(set.root)?.nodes.values() ?? [])]);

  it('is shared by all calls that ring as long and are recorded alike', async () => {
    const bridge = createBridges();
    const asked = { to: '+919876500001', ringFor: ms(30_000), record: false };
    const set = await bridge(asked);
    expect(await bridge({ ...asked, to: 'sip:agent@clinic.example' })).toBe(set);
    expect(await bridge({ ...asked, record: true })).not.toBe(set);
    expect(await bridge({ ...asked, ringFor: ms(31_000) })).not.toBe(set);
  });

  it('rings the second phone as long as asked, and records when asked', async () => {
    const bridge = createBridges();
    expect(connectOf(await bridge({ to: '', ringFor: ms(14_400_000), record: true }))).toMatch(
      /"ringFor":14400000.*"record":true/,
    );
    expect(connectOf(await bridge({ to: '', ringFor: ms(1000), record: false }))).toMatch(/"ringFor":1000.*"record":false/);
  });

  it('does not keep more of them than it needs', async () => {
    const bridge = createBridges();
    const first = await bridge({ to: '', ringFor: ms(1000), record: false });
    for (let seconds = 2; seconds < 205; seconds++) await bridge({ to: '', ringFor: ms(seconds * 1000), record: false });
    expect(await bridge({ to: '', ringFor: ms(1000), record: false })).not.toBe(first);
  });
});
