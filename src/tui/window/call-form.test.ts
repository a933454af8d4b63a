import { describe, expect, it } from 'vitest';
import { pickUp } from '../../../test/phone/hand.ts';
import { hit, windowText } from '../../../test/phone/typing.ts';
import type { CallForm, FormTrouble } from '../session.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

async function atTheForm(trouble?: FormTrouble) {
  const filled: CallForm[] = [];
  const hand = await pickUp(REMINDER, {
    session: {
      form: { to: '+919876543210', contact: 'contacts.csv#1', at: '' },
      fillForm: async (form) => {
        filled.push(form);
        return filled.length === 1 ? trouble : undefined;
      },
    },
  });
  await hit(hand, 'c');
  return { hand, filled };
}

describe('whom to call', () => {
  it('begins with what is dialled now, whole', async () => {
    const { hand } = await atTheForm();
    expect(windowText(hand)).toMatch(/> To +\+919876543210█\n +a phone number.*\n {2}Contact +contacts\.csv#1\n {2}Starts at$/);
  });

  it('goes through its fields by tab and arrows, and calls by Enter', async () => {
    const { hand, filled } = await atTheForm();
    const before = hand.branch().phone.call;
    await hit(hand, 'ctrl-u', '98765 00000', 'tab', 'ctrl-u', 'down', '2026-11-22 21:00', 'shift-tab', 'b.csv#2', 'up', 'enter');
    expect(filled).toEqual([{ to: '98765 00000', contact: 'b.csv#2', at: '2026-11-22 21:00' }]);
    expect(hand.phone.get().window).toBeUndefined();
    expect(hand.branch().phone.call).not.toBe(before);
  });

  it('says what is wrong beside the field, which is written in next', async () => {
    const { hand, filled } = await atTheForm({ field: 'at', says: '"soon" is no instant' });
    const before = hand.branch().phone.call;
    await hit(hand, 'down', 'down', 'soon', 'up', 'enter');
    expect(windowText(hand)).toMatch(/> Starts at {2}soon█\n {13}! "soon" is no instant\n/);
    expect(hand.branch().phone.call).toBe(before);
    await hit(hand, 'ctrl-u');
    expect(windowText(hand)).not.toContain('no instant');
    await hit(hand, 'enter');
    expect(filled.at(-1)).toMatchObject({ at: '' });
    expect(hand.branch().phone.call).not.toBe(before);
  });

  it('is closed by Esc, and nothing has changed', async () => {
    const { hand, filled } = await atTheForm();
    await hit(hand, '9', 'esc');
    expect([filled, hand.phone.get().window]).toEqual([[], undefined]);
  });
});
