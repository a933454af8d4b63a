import { describe, expect, it } from 'vitest';
import { at, contact, optOut, registered } from '../../../test/kit/facts.ts';
import { pickUp } from '../../../test/phone/hand.ts';
import { decide } from '../../compliance/decide.ts';
import type { Fact, Refusal } from '../../core/facts.ts';
import { textOf } from '../rows.ts';
import { dncRows } from './dnc.ts';
import { refusedPage } from './pages.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

async function page(facts: readonly Fact[]): Promise<string> {
  const { phone } = await pickUp(REMINDER);
  const verdict = decide(contact('SI'), facts, at('2026-11-22T23:00'));
  return refusedPage(phone.get(), verdict as Refusal, 100)
    .map(textOf)
    .join('\n');
}

describe('a call that may not be made', () => {
  it('by the hours is told of as such, and from when on', async () => {
    const text = await page([]);
    expect(text).toMatch(/^NOT NOW\n\nOUTSIDE_HOURS: it is 23:00 there; .*\nIt may be called from 2026-11-23 09:00 IST\.\n/);
    expect(text).not.toContain('do-not-call list');
    expect(text).not.toContain('dnc remove');
  });

  it('by the register is no entry of the list', async () => {
    const text = await page([registered('2026-11-01', { block: 'full' })]);
    expect(text).toMatch(/^NOT CALLED\n\nDND_NOT_WHITELISTED: a number on the register is called only while it is whitelisted/);
    expect(text).not.toContain('dnc remove');
  });

  it('by the list shows the entry, and what else stands in the way', async () => {
    const text = await page([optOut('2026-11-01', { key: '9', source: 'key-press' })]);
    expect(text).toContain('+919876543210 is on the do-not-call list.\nOUTSIDE_HOURS: ');
    expect(text).toContain('how    pressed 9');
  });
});

describe('the dnc tab', () => {
  it('tells what a call was warned of', async () => {
    const hand = await pickUp(REMINDER);
    const state = { ...hand.phone.get(), verdict: decide(contact('T'), [], at('2026-11-22T23:00')) };
    const text = dncRows(state, hand.shown(), 120).map(textOf).join('\n');
    expect(text).toContain('warned OUTSIDE_HOURS: it is 23:00 there');
  });
});
