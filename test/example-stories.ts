/** One call to an example: what the caller and the world do, and what must come of it. */
export type Story = {
  flow: string;
  title: string;
  args: readonly string[];
  /** Parts of what the caller hears, in this order. */
  hears?: readonly string[];
  never?: string;
  sms?: string;
  goal?: string;
  /** By key 9, recorded, and the webhook told. */
  optsOut?: true;
  saved?: Readonly<Record<string, string>>;
  ended?: 'flow' | 'caller' | 'unanswered';
};

const contact = (flow: string, row = 1) => ['--contact', `flows/${flow}/contacts.csv#${row}`];
const answer = (rule: string) => ['--answer', rule];
const REMOVED = 'You have been removed from our call list.';

export const stories: readonly Story[] = [
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

  {
    flow: 'payment-reminder',
    title: 'the second agent answers',
    args: [...contact('payment-reminder'), '--keys', '1', '--agent', 'busy', '--agent', 'answer:40s'],
    hears: ['500 rupees', 'One moment', 'Thank you for your time.'],
    goal: 'talked',
  },
  {
    flow: 'payment-reminder',
    title: 'no agent answers: a link',
    args: [...contact('payment-reminder'), '--keys', '1', '--agent', 'no-answer'],
    hears: ['All of us are on the phone.'],
    sms: 'Kaveri Power: 500 rupees are due on January 20. Pay at https://power.example/pay',
  },
  {
    flow: 'payment-reminder',
    title: 'a link is asked for',
    args: [...contact('payment-reminder', 2), '--keys', '2'],
    hears: ['1240 rupees', 'The link is on its way.'],
    goal: 'link',
  },
  {
    flow: 'payment-reminder',
    title: 'opted out',
    args: [...contact('payment-reminder'), '--keys', '9'],
    hears: [REMOVED],
    optsOut: true,
  },
  { flow: 'payment-reminder', title: 'silence', args: contact('payment-reminder'), hears: ['Thank you. Goodbye.'] },

  {
    flow: 'office-hours',
    title: 'on a Monday morning the desk answers',
    args: ['--inbound', '--at', '2026-11-23T11:00', '--agent', 'answer:1m'],
    hears: ['Please hold', 'Thank you for calling'],
  },
  {
    flow: 'office-hours',
    title: 'nobody picks up: a message, ended with hash',
    args: ['--inbound', '--at', '2026-11-23T11:00', '--agent', 'no-answer', '--keys', 'wait 5s, #'],
    hears: ['Nobody in the office', 'Please leave a message', 'Thank you for calling'],
  },
  {
    flow: 'office-hours',
    title: 'on a Saturday afternoon it is closed',
    args: ['--inbound', '--at', '2026-11-28T14:00'],
    hears: ['We are closed now.', 'Please leave a message'],
  },
  {
    flow: 'office-hours',
    title: 'on a holiday, a Friday, the caller gives up',
    args: ['--inbound', '--at', '2026-12-25T11:00', '--keys', 'hangup 12s'],
    hears: ['closed today for a public holiday'],
    ended: 'caller',
  },

  { flow: 'delivery-slot', title: 'someone is home', args: ['--keys', '1'], hears: ['We will ring the bell'], goal: 'confirmed' },
  {
    flow: 'delivery-slot',
    title: 'an hour that is refused, then one in the afternoon',
    args: ['--keys', '2, 21, 17'],
    hears: ['We deliver from 9 to 18 only.', 'Our afternoon van comes at 17 hours.'],
    saved: { hour: '17' },
    sms: 'Kaveri Couriers: your parcel comes today at 17:00.',
    goal: 'slot',
  },
  {
    flow: 'delivery-slot',
    title: 'one digit and hash: the morning van',
    args: ['--keys', '2, 9#'],
    hears: ['Our morning van comes at 9 hours.'],
  },
  {
    flow: 'delivery-slot',
    title: 'silence at the Gather',
    args: ['--keys', '2'],
    hears: ['We did not hear a key.', 'We will try'],
  },
  { flow: 'delivery-slot', title: 'opted out', args: ['--keys', '9'], hears: [REMOVED], optsOut: true },

  {
    flow: 'hindi-or-english',
    title: 'Hindi, confirmed',
    args: ['--keys', '1, 1'],
    hears: ['For English, press 2.', 'आपका गैस सिलेंडर', 'धन्यवाद'],
    never: 'Your gas cylinder',
    saved: { language: 'hi-IN' },
    goal: 'confirmed',
  },
  {
    flow: 'hindi-or-english',
    title: 'English, another day',
    args: ['--keys', '2, 2'],
    hears: ['Your gas cylinder', 'You will get a link'],
    never: 'आपका गैस सिलेंडर',
    sms: 'Jyoti Gas: choose another day for your cylinder at https://gas.example/day',
  },
  {
    flow: 'hindi-or-english',
    title: 'Hindi, opted out',
    args: ['--keys', '1, 9'],
    hears: ['आपका नंबर हमारी कॉल सूची से हटा'],
    optsOut: true,
  },
  { flow: 'hindi-or-english', title: 'silence keeps English', args: [], hears: ['Your gas cylinder', 'Goodbye for now.'] },

  {
    flow: 'emergency-alert',
    title: 'heard three times, then the Limit ends it',
    args: ['--keys', '*, *, *'],
    hears: ['Severe storm', 'Severe storm', 'Severe storm', 'stay safe'],
  },
  {
    flow: 'emergency-alert',
    title: 'the control room answers',
    args: ['--keys', '0', '--agent', 'answer:30s'],
    hears: ['Severe storm'],
  },
  {
    flow: 'emergency-alert',
    title: 'the control room is busy',
    args: ['--keys', '0', '--agent', 'busy'],
    hears: ['The control room is busy.'],
  },
  {
    flow: 'emergency-alert',
    title: 'nobody answers: an SMS',
    args: ['--callee', 'no-answer'],
    sms: 'District Disaster Office: severe storm today until 8 PM. Stay indoors and away from windows.',
    ended: 'unanswered',
  },

  {
    flow: 'marketing-promotion',
    title: 'opted out while it still speaks',
    args: ['--keys', 'wait 6s, !9'],
    hears: ['Press 9 to stop these calls.', REMOVED],
    optsOut: true,
  },
  {
    flow: 'marketing-promotion',
    title: 'interested',
    args: ['--keys', '1'],
    hears: ['details are on their way'],
    goal: 'interested',
  },
  { flow: 'marketing-promotion', title: 'silence', args: [], hears: ['Thank you. Goodbye.'] },

  {
    flow: 'support-desk',
    title: 'a gold customer goes straight to a person',
    args: ['--inbound', ...answer('GET *broadband.example/* => 200 {"select":"gold-24x7"}'), '--agent', 'answer:2m'],
    hears: ['gold customer', 'Thank you for calling'],
    never: 'Press 1',
  },
  {
    flow: 'support-desk',
    title: 'the server is down, nobody picks up: a message',
    args: ['--inbound', '--keys', '1, #', '--agent', 'no-answer'],
    hears: ['Press 1', 'All our people', 'Please say your name', 'Thank you for calling'],
  },
  {
    flow: 'support-desk',
    title: 'over to the flow of the office',
    args: ['--inbound', '--at', '2026-11-22T11:00', '--keys', '3'],
    hears: ['Welcome to the office', 'We are closed now.'],
  },
  {
    flow: 'support-desk',
    title: 'who asks for the menu a third time gets a person',
    args: ['--inbound', '--keys', '*, *, *', '--agent', 'answer:20s'],
    hears: ['Press 1', 'Press 1', 'Press 1', 'Thank you for calling'],
  },
  {
    flow: 'support-desk',
    title: 'opted out in the shared flow, and back',
    args: ['--inbound', ...answer('GET *broadband.example/* => 200 {"select":"silver"}'), '--keys', '9'],
    hears: [REMOVED, 'Thank you for calling'],
    optsOut: true,
  },
];
