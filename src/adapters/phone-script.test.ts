import { describe, expect, it } from 'vitest';
import { parseAgent, parseCallee } from './phone-script.ts';

describe('a callee as typed', () => {
  it.each([
    ['answer', { does: 'answer', after: 3000 }],
    ['answer:4s', { does: 'answer', after: 4000 }],
    ['answer:0s', { does: 'answer', after: 0 }],
    ['hangup:12s', { does: 'answer', after: 3000, talks: 12_000 }],
    [' hangup:1m , answer:500ms ', { does: 'answer', after: 500, talks: 60_000 }],
    ['busy', { does: 'busy' }],
    ['no-answer', { does: 'no-answer' }],
    ['failed', { does: 'failed' }],
    ['machine', { does: 'machine', after: 3000 }],
    ['machine:5s,hangup:1m', { does: 'machine', after: 5000, talks: 60_000 }],
    ['manual', { does: 'manual' }],
  ])('%j', (text, phone) => {
    expect(parseCallee(text)).toEqual({ ok: true, phone });
  });

  it.each([
    ['anwser', 'Did you mean "answer"?'],
    ['', 'Known here: answer, machine, hangup, busy, no-answer, failed, manual.'],
    ['answer:4', 'such as answer:4s'],
    ['hangup', 'such as hangup:12s'],
    ['busy,hangup:2s', 'stands alone'],
    ['answer,answer:2s', 'said twice'],
    ['machine:4', 'such as machine:4s'],
    ['answer,machine', 'either a person answers or a machine'],
    ['manual,hangup:2s', 'stands alone'],
  ])('says what is wrong with %j', (text, says) => {
    expect(parseCallee(text)).toEqual({ ok: false, problem: expect.stringContaining(says) });
  });
});

describe('an agent as typed', () => {
  it.each([
    ['answer', { does: 'answer', after: 3000, talks: 30_000 }],
    ['answer:20s', { does: 'answer', after: 3000, talks: 20_000 }],
    ['busy', { does: 'busy' }],
  ])('%j', (text, phone) => {
    expect(parseAgent(text)).toEqual({ ok: true, phone });
  });

  it.each([
    ['hangup:2s', 'an agent cannot "hangup:2s"'],
    ['no-answer:3s', 'takes no duration'],
    ['answer:long', 'such as answer:20s'],
  ])('says what is wrong with %j', (text, says) => {
    expect(parseAgent(text)).toEqual({ ok: false, problem: expect.stringContaining(says) });
  });
});
