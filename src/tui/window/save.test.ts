import { describe, expect, it } from 'vitest';
import { pickUp } from '../../../test/phone/hand.ts';
import { hit, noteText, windowText } from '../../../test/phone/typing.ts';
import type { PhoneSession, Saved } from '../session.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
type Kept = { file: string; events: number; overwrite: boolean };

async function aboutToSave(save: (kept: Kept) => Saved, session: Partial<PhoneSession> = {}) {
  const kept: Kept[] = [];
  const hand = await pickUp(REMINDER, {
    session: {
      saveName: (log) => `flows/a/scenarios/${log.length > 0 ? 'asha' : 'nobody'}.yaml`,
      save: async (_, log, file, overwrite) => {
        kept.push({ file, events: log.length, overwrite });
        return save({ file, events: log.length, overwrite });
      },
      ...session,
    },
  });
  await hand.wait(6);
  return { hand, kept };
}

describe('saving a call', () => {
  it('offers a name, tells what becomes of it, and how to run it', async () => {
    const { hand, kept } = await aboutToSave(({ file }) => ({ saved: file }));
    await hit(hand, 's');
    expect(windowText(hand)).toContain('File  flows/a/scenarios/asha.yaml█');
    expect(windowText(hand).replace(/\s+/g, ' ')).toContain(
      'what they met before is expected. It holds the number that was called.',
    );
    expect(windowText(hand)).toContain('The call is not over');
    await hit(hand, 'enter');
    expect(hand.phone.get().window).toBeUndefined();
    expect(noteText(hand)).toBe('saved flows/a/scenarios/asha.yaml; run it: press9 test flows/a/scenarios/asha.yaml');
    expect(kept).toEqual([
      { file: 'flows/a/scenarios/asha.yaml', events: hand.branch().phone.call.log.length, overwrite: false },
    ]);
  });

  it('saves the whole call of the branch, though its past is shown', async () => {
    const { hand, kept } = await aboutToSave(({ file }) => ({ saved: file }));
    await hand.back(3);
    await hit(hand, 's', 'enter');
    expect(kept[0]?.events).toBe(hand.branch().phone.call.log.length);
  });

  it('saves the log where the name says so, with words that a shell can take', async () => {
    const { hand } = await aboutToSave(({ file }) => ({ saved: file }));
    await hit(hand, 's', 'ctrl-u', "my call's log.ndjson");
    expect(windowText(hand)).toContain('The log: every event');
    await hit(hand, 'enter');
    expect(noteText(hand)).toContain(`replay it: press9 replay 'my call'\\''s log.ndjson'`);
  });

  it('asks before it writes over a file, and again for another name', async () => {
    const { hand, kept } = await aboutToSave(({ file, overwrite }) => (overwrite ? { saved: file } : { exists: file }));
    await hit(hand, 's', 'enter');
    expect(windowText(hand)).toContain('is there already. Enter once more');
    await hit(hand, 'home', 'z', 'enter');
    expect(kept.at(-1)).toMatchObject({ file: 'zflows/a/scenarios/asha.yaml', overwrite: false });
    await hit(hand, 'enter');
    expect(kept.at(-1)).toMatchObject({ overwrite: true });
    expect(noteText(hand)).toContain('saved zflows');
  });

  it('tells what went wrong, and keeps what was typed', async () => {
    const { hand } = await aboutToSave(() => ({ trouble: 'flows/a/scenarios cannot be written' }));
    await hit(hand, 's', 'enter');
    expect(windowText(hand)).toContain('File  flows/a/scenarios/asha.yaml█\n      ! flows/a/scenarios cannot be written');
  });

  it('saves nothing under a name that says neither', async () => {
    const { hand, kept } = await aboutToSave(({ file }) => ({ saved: file }));
    await hit(hand, 's', 'ctrl-u', 'call.txt', 'enter');
    expect(kept).toEqual([]);
    expect(windowText(hand)).toContain('! End the name in .yaml');
  });
});
