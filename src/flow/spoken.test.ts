import { expect, it } from 'vitest';
import { saidIn, spokenKeys } from './spoken.ts';

it.each([
  ['Press 1 to confirm, press 2 to wait, or press 9 to stop these calls.', '1 2 9', '1 2 9'],
  ['Dial four for sales', '4', '4'],
  ['Press 1 or 2.', '1 2', '1 2'],
  ['Press 1, 2 or 3 now', '1 2 3', '1 2 3'],
  ['Press 1 to pay, 2 to wait, or 3 for help', '1', '1 2 3'],
  ['For sales, press 1. For support, 2.', '1', '1 2'],
  ['Press the 5 key, or press key 6', '5 6', '5 6'],
  ['Press zero for a person, press star to hear this again', '0 *', '0 *'],
  ['When you are done, press hash. Others press pound, or press #.', '#', '#'],
  ['Press one to go on', '1', '1'],
  ['हिंदी के लिए 2 दबाएं', '2', '2'],
  ['हिंदी के लिए दो दबाएँ, अंग्रेज़ी के लिए १ दबाइए', '2 1', '2 1'],
  ['चार का बटन दबाइए', '4', '4'],
  ['Sales ke liye 4 dabaiye, nahi to paanch dabayein', '4 5', '4 5'],
  ['Press one of the following keys', '', ''],
  ['Press 4 digits', '', ''],
  ['Press any key', '', ''],
  ['Dial 1800 123 456 or 100', '', ''],
  ['Dial 1-800-GO', '', ''],
  ['Press 10', '', ''],
  ['Press 1 for 2 tickets', '1', '1'],
  ['Your 2 orders arrive at 4', '', ''],
  ['The express 4 leaves at one', '', ''],
])('%s', (text, certain, likely) => {
  const spoken = spokenKeys(text);
  expect([...spoken.certain].join(' ')).toBe(certain);
  expect([...spoken.likely].join(' ')).toBe(likely);
});

it('hears a prompt in all of its languages, and knows what it cannot hear', () => {
  const say = (text: string) => ({ type: 'say', text, loop: 1 }) as const;
  expect(saidIn([say('Press'), { type: 'in', language: 'hi', items: [say('1')] }])).toEqual({ text: 'Press 1', blind: false });
  expect(saidIn([{ type: 'play', url: 'a.wav', loop: 1 }]).blind).toBe(true);
  expect(saidIn([say('{{menu}}')]).blind).toBe(true);
});
