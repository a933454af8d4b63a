import { describe, expect, it } from 'vitest';
import { pickUp } from '../../../test/phone/hand.ts';
import { hit, noteText } from '../../../test/phone/typing.ts';
import { type Place, showPlace } from '../../core/problem.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';

async function withEditor(trouble?: string) {
  const opened: Place[] = [];
  const seen: string[] = [];
  const hand = await pickUp(REMINDER, {
    session: {
      edit: async (place) => {
        opened.push(place);
        await hand.wait(60);
        return trouble;
      },
    },
  });
  const away = async (work: () => Promise<void>) => {
    seen.push('left');
    await work();
    seen.push('back');
  };
  hand.phone.showOn({ away, suspend: async () => {}, copy() {}, listenToMouse() {} });
  const edit = async () => {
    await hit(hand, 'o');
    await hand.wait(0);
    while (seen.at(-1) !== 'back') await hand.wait(0);
  };
  return { hand, opened, edit };
}

describe('opening the flow in an editor', () => {
  it('opens it at the applet that is shown, and time stands meanwhile', async () => {
    const { hand, opened, edit } = await withEditor();
    await hand.wait(6);
    const { now } = hand.shown();
    await edit();
    expect(opened.map(showPlace)).toEqual([`${REMINDER}:8:3`]);
    expect(hand.shown().now).toBe(now);
  });

  it('opens it where the call was at a moment of its past', async () => {
    const { hand, opened, edit } = await withEditor();
    await hand.wait(6);
    hand.phone.step(Number.NEGATIVE_INFINITY);
    await hand.forward(2);
    await edit();
    expect(opened.map(showPlace)).toEqual([expect.stringMatching(/flow\.xml:[45]:\d+$/)]);
  });

  it('says what went wrong', async () => {
    const { hand, edit } = await withEditor('Set $EDITOR to the editor you like.');
    await edit();
    expect(hand.phone.get().note).toEqual({ text: 'Set $EDITOR to the editor you like.', tone: 'bad' });
    expect(noteText(hand)).not.toBe('');
  });
});
