import { describe, expect, test } from 'vitest';
import { createMemo } from '../../call/memo.ts';
import { speech } from '../_kit/prompts.ts';
import template from './index.ts';

const prompt = speech('Press any key.');
const settings = template.settings.parse({ prompt });
const ready = () => createMemo(template.machine(settings), 'Template');
const aKey = template.classify({ type: 'digit', digit: '5' }, settings);
const heard = template.classify({ type: 'prompt.finished' }, settings);

describe('Template', () => {
  test('plays its prompt, then waits two seconds', () => {
    const call = ready();
    const begun = call.start();
    expect(begun.commands).toEqual([{ type: 'play', prompt }]);
    expect(call.follow(begun.to, heard).set).toMatchObject([{ ms: 2000 }]);
  });

  test('a key ends the prompt and leaves by pressed', () => {
    const call = ready();
    expect(call.follow(call.start().to, aKey).commands).toEqual([
      { type: 'stop' },
      { type: 'key', was: 'taken' },
      { type: 'leave', exit: 'pressed' },
    ]);
  });

  test('silence leaves by silent', () => {
    const call = ready();
    const waiting = call.follow(call.start().to, heard);
    const over = call.follow(waiting.to, waiting.set[0]?.id ?? 'no timer');
    expect(over.commands).toEqual([{ type: 'leave', exit: 'silent' }]);
  });
});
