import fc from 'fast-check';
import { ms } from '../../src/core/ids.ts';
import type { Prompt, PromptItem } from '../../src/core/prompt.ts';
import { arbitraryText } from './attributes.ts';

const say: fc.Arbitrary<PromptItem> = fc.record(
  {
    type: fc.constant('say' as const),
    text: arbitraryText,
    loop: fc.constantFrom(1, 1, 2),
    voice: fc.constantFrom('Aditi', 'man'),
    language: fc.constantFrom('hi-IN', 'en'),
    as: fc.constantFrom('digits' as const, 'date' as const, 'currency' as const),
    rate: fc.constantFrom(120, 150, 180),
  },
  { requiredKeys: ['type', 'text', 'loop'] },
);
const play: fc.Arbitrary<PromptItem> = fc.record({
  type: fc.constant('play' as const),
  url: fc.constantFrom('https://example.com/hello.wav', 'sounds/one.wav'),
  loop: fc.constantFrom(1, 3),
});
const pause: fc.Arbitrary<PromptItem> = fc.record({
  type: fc.constant('pause' as const),
  for: fc.constantFrom(ms(300), ms(1000), ms(60_000)),
});
const heard = fc.oneof({ weight: 4, arbitrary: say }, play, pause);
const group: fc.Arbitrary<PromptItem> = fc.record({
  type: fc.constant('in' as const),
  language: fc.constantFrom('en-IN', 'hi-IN'),
  items: fc.array(heard, { minLength: 1, maxLength: 3 }),
});

/** Random prompts, empty ones too. */
export const arbitraryPrompt: fc.Arbitrary<Prompt> = fc.array(fc.oneof({ weight: 4, arbitrary: heard }, group), { maxLength: 3 });
