import { describe, expect, it } from 'vitest';
import { pickUp, settle } from '../../../test/phone/hand.ts';
import { hit, windowText } from '../../../test/phone/typing.ts';
import type { FlowChoice, PhoneSession } from '../session.ts';

const REMINDER = 'flows/appointment-reminder/flow.xml';
const CHOICES: readonly FlowChoice[] = [
  { path: REMINDER, name: 'appointment-reminder', about: 'service-implicit, 8 applets', broken: false },
  { path: 'flows/otp/flow.xml', name: 'otp', about: 'transactional, 4 applets', broken: false },
  { path: 'flows/old/flow.xml', name: 'old', about: 'line 3: <Menu> is no applet', broken: true },
];
const PROBLEM = {
  code: 'XML_UNKNOWN',
  severity: 'error',
  at: { file: 'flows/old/flow.xml', line: 3, column: 5 },
  says: '<Menu> is no applet.',
  try: 'Did you mean "IvrMenu"?',
} as const;

async function atTheFlows(session: Partial<PhoneSession> = {}) {
  const chosen: string[] = [];
  const hand = await pickUp(REMINDER, {
    session: {
      flowChoices: async () => CHOICES,
      chooseFlow: async (path) => {
        chosen.push(path);
        return path.includes('old') ? [PROBLEM] : [];
      },
      ...session,
    },
  });
  await hit(hand, 'f');
  return { hand, chosen };
}

describe('choosing a flow', () => {
  it('lists what could be called, with the flow that is, and those that are broken', async () => {
    const { hand } = await atTheFlows();
    const text = windowText(hand);
    expect(text).toContain(`> appointment-reminder  ${REMINDER}  (now)\n    service-implicit, 8 applets`);
    expect(text).toContain('  otp  flows/otp/flow.xml\n');
    expect(text).toContain('    BROKEN: line 3: <Menu> is no applet');
  });

  it('searches while somebody types', async () => {
    const { hand } = await atTheFlows();
    await hit(hand, ...'otp');
    expect(windowText(hand)).toBe('> otp█\n\n> otp  flows/otp/flow.xml\n    transactional, 4 applets');
    await hit(hand, 'zzz');
    expect(windowText(hand)).toContain('No flow is called so.');
  });

  it('calls with the one that is chosen', async () => {
    const { hand, chosen } = await atTheFlows();
    const before = hand.branch().phone.call;
    await hit(hand, 'down', 'enter');
    expect(chosen).toEqual(['flows/otp/flow.xml']);
    expect(hand.phone.get().window).toBeUndefined();
    expect(hand.branch().phone.call).not.toBe(before);
    expect(hand.phone.isRinging()).toBe(true);
  });

  it('tells what is wrong with a broken one, and the call goes on', async () => {
    const { hand } = await atTheFlows();
    const before = hand.branch().phone.call;
    await hit(hand, 'down', 'down', 'enter');
    expect(windowText(hand)).toContain('flows/old/flow.xml cannot be called:\nflows/old/flow.xml:3:5\n  <Menu> is no applet.');
    expect(windowText(hand)).toContain('Did you mean "IvrMenu"?');
    expect(hand.branch().phone.call).toBe(before);
    await hit(hand, 'up');
    expect(windowText(hand)).not.toContain('cannot be called');
  });

  it('says that it is still looking; what is typed meanwhile counts', async () => {
    const found = Promise.withResolvers<readonly FlowChoice[]>();
    const { hand, chosen } = await atTheFlows({ flowChoices: () => found.promise });
    await hit(hand, 'enter', ...'otp');
    expect(windowText(hand)).toContain('> otp█\n\n\nOne moment …');
    found.resolve(CHOICES);
    await settle(hand);
    await hit(hand, 'enter');
    expect(chosen).toEqual(['flows/otp/flow.xml']);
  });

  it('does not come back when it was closed meanwhile', async () => {
    const wrong = Promise.withResolvers<readonly FlowChoice[]>();
    const { hand } = await atTheFlows({ flowChoices: () => wrong.promise });
    await hit(hand, 'esc');
    wrong.resolve(CHOICES);
    await hand.wait(1);
    expect(hand.phone.get().window).toBeUndefined();
  });

  it('tells why the flows cannot be read', async () => {
    const { hand } = await atTheFlows({ flowChoices: async () => Promise.reject(new Error('flows: permission denied')) });
    expect(windowText(hand)).toContain('flows: permission denied');
    await hit(hand, 'enter');
    expect(hand.phone.get().window?.title).toBe('Which flow?');
  });
});
