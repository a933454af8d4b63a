import * as kind from './config-kinds.ts';

/** How the emulator reads the vendor where nobody knows, or sources differ; docs/emulator.md has the sources. */
export const emulatorSettings = {
  'emulator.lateBy': {
    ...kind.duration('So long after its end a call has no end time, duration, price and recording.'),
    preset: '2m',
  },
  'emulator.rateLimit': {
    ...kind.count(0, 1_000_000, 'Calls, and SMS, that may be asked for in a minute; 0 is any number.'),
    preset: '200',
  },
  'emulator.paisePerMinute': { ...kind.count(0, 100_000, 'What a begun minute on the phone costs.'), preset: '60' },
  'emulator.smsStep': { ...kind.duration('From one status of an SMS to the next.'), preset: '1s' },
  'emulator.dndSms': kind.word(
    ['all', 'promotional'],
    'Which SMS fail at a registered number that is not whitelisted: every one, or promotion alone.',
    'all',
  ),
  'emulator.missedSecond': kind.word(
    ['as-second-leg', 'completed'],
    'Status of a call between two numbers whose second one was not answered.',
    'as-second-leg',
  ),
  'emulator.recordUnlessTold': kind.flag('A call that says nothing of it is recorded.', false),
  'emulator.callbackTimeout': { ...kind.duration('How long a callback may take.'), preset: '15s' },
} as const;
