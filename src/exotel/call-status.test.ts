import { describe, expect, it } from 'vitest';
import type { EndReason } from '../core/event.ts';
import { nodeId } from '../core/ids.ts';
import type { Leg } from '../core/stage.ts';
import { finalStatus, legStatus } from './call-status.ts';
import { CUSTOMER, leg, SECOND, seconds } from './fixtures/call-record.ts';

const first = leg(1, CUSTOMER, { state: 'completed', answeredAt: seconds(6), endedAt: seconds(30) });
const second = (state: Leg['state']): readonly Leg[] => [first, leg(2, SECOND, { state })];
const ended: EndReason = { by: 'flow', node: nodeId('end') };

describe('the status of a call that is over', () => {
  it.each(['busy', 'no-answer', 'failed', 'canceled'] as const)('is %s when the first phone was', (outcome) => {
    expect(finalStatus({ asked: 'two-numbers' }, { by: 'unanswered', outcome }, [])).toBe(outcome);
  });

  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
    ['ringing', 'canceled'],
    ['dialling', 'canceled'],
  ] as const)('is that of the second phone when it was missed: %s', (state, status) => {
    expect(finalStatus({ asked: 'two-numbers' }, ended, second(state))).toBe(status);
    expect(finalStatus({ asked: 'two-numbers' }, ended, second(state), 'completed')).toBe('completed');
    expect(finalStatus({ asked: 'flow' }, ended, second(state))).toBe('completed');
  });

  it('is completed when both spoke, and when the first hung up before the second was dialled', () => {
    const spoke = [first, leg(2, SECOND, { state: 'completed', answeredAt: seconds(9) })];
    expect(finalStatus({ asked: 'two-numbers' }, { by: 'caller' }, spoke)).toBe('completed');
    expect(finalStatus({ asked: 'two-numbers' }, { by: 'caller' }, [first])).toBe('completed');
  });
});

it('has no word for a phone before it was answered or given up', () => {
  expect(
    (['dialling', 'ringing', 'answered', 'completed', 'busy'] as const).map((state) => legStatus(leg(1, CUSTOMER, { state }))),
  ).toEqual(['', '', 'in-progress', 'completed', 'busy']);
});
