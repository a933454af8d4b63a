import { answer, contact, REMOVED, type Story } from './example-stories.ts';

/** Calls to the examples that tell and ask. */
export const messages: readonly Story[] = [
  {
    flow: 'order-update',
    title: 'the customer hears number and day',
    args: contact('order-update'),
    hears: ['Hello Asha', '1, 2, 3, 4', 'January 22'],
    goal: 'informed',
  },
  {
    flow: 'order-update',
    title: 'nobody answers: an SMS',
    args: [...contact('order-update', 2), '--callee', 'no-answer'],
    sms: 'Kaveri Books: order 1235 has been shipped and will arrive by January 23.',
    ended: 'unanswered',
  },

  {
    flow: 'appointment-reminder',
    title: 'confirmed',
    args: [...contact('appointment-reminder'), '--keys', '1'],
    hears: ['Hello Asha', 'Press 1 to confirm', 'Thank you for confirming.'],
    goal: 'confirmed',
  },
  {
    flow: 'appointment-reminder',
    title: 'rescheduled, by a key pressed into the greeting',
    args: [...contact('appointment-reminder', 2), '--keys', '!2'],
    hears: ['Hello Imran', 'We will call you to reschedule.'],
    sms: 'Pick a new slot: https://clinic.example/r',
  },
  {
    flow: 'appointment-reminder',
    title: 'opted out',
    args: [...contact('appointment-reminder'), '--keys', '9'],
    hears: [REMOVED],
    optsOut: true,
  },
  {
    flow: 'appointment-reminder',
    title: 'wrong keys, then silence',
    args: [...contact('appointment-reminder'), '--keys', '5'],
    hears: ['That key is not offered.', 'Press 1 to confirm'],
    never: REMOVED,
  },

  {
    flow: 'survey',
    title: 'both questions answered',
    args: ['--keys', '2, 1'],
    hears: ['How was the ride?', 'Would you recommend us', 'Thank you for your feedback.'],
    saved: { experience: '2', recommend: '1' },
    goal: 'answered',
  },
  {
    flow: 'survey',
    title: 'silent at the second question: the first answer is kept',
    args: ['--keys', '3'],
    hears: ['Thank you for your time.'],
    saved: { experience: '3' },
  },
  { flow: 'survey', title: 'opted out', args: ['--keys', '9'], hears: [REMOVED], optsOut: true },

  {
    flow: 'otp',
    title: 'digit by digit, twice',
    args: contact('otp'),
    hears: ['4, 5, 7, 8', 'Repeating:', '4, 5, 7, 8'],
    goal: 'delivered',
  },
  {
    flow: 'otp',
    title: 'busy: the code by SMS',
    args: [...contact('otp'), '--callee', 'busy'],
    sms: '4578 is your Kaveri Bank login code. Do not share it with anyone.',
    ended: 'unanswered',
  },

  {
    flow: 'balance-url',
    title: 'the server answers',
    args: answer('GET */balance => 200 Hello Asha, your balance is 1500 rupees.'),
    hears: ['your balance is 1500 rupees'],
    never: 'cannot read',
  },
  {
    flow: 'balance-url',
    title: 'the server is down',
    args: answer('GET */balance => refused'),
    hears: ['We cannot read your balance'],
  },
  {
    flow: 'balance-passthru',
    title: 'the server answers',
    args: answer('GET */balance => 200 Hello Asha, your balance is 1500 rupees.'),
    hears: ['your balance is 1500 rupees'],
    goal: 'balance',
  },
  {
    flow: 'balance-passthru',
    title: 'the server is too slow',
    args: answer('GET */balance => 200 after 4s Hello Asha'),
    hears: ['We cannot read your balance'],
  },

  ...(['shipped', 'delayed'] as const).map((state) => ({
    flow: 'recorded-segments',
    title: `the server says ${state}`,
    args: answer(`GET https://orders.example/* => 200 {"select":"${state}"}`),
    hears: ['your-order.wav', 'one.wav', 'four.wav', `${state}.wav`],
  })),
  {
    flow: 'recorded-segments',
    title: 'the server does not know',
    args: answer('GET https://orders.example/* => 302'),
    hears: ['your-order.wav', 'is-on-its-way.wav'],
    sms: 'Kaveri Books: see where order 1234 is at https://orders.example/1234',
  },
];
