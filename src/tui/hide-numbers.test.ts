import { describe, expect, it } from 'vitest';
import { factsOf, flowOf } from '../../test/kit/play.ts';
import { ms } from '../core/ids.ts';
import { hideNumbers } from './hide-numbers.ts';

const facts = factsOf(flowOf('<Flow name="f" start="bye" class="transactional"><Hangup id="bye"/></Flow>'));
const view = { legs: [{ leg: 2, number: '+919811122233', state: 'answered' as const, dialledAt: ms(0) }] };
const hide = (text: string) => hideNumbers(text, { facts, view });

describe('the numbers of a call', () => {
  it('are masked however they are written', () => {
    expect(hide('{"to":"+919876543210","from":"09876543210","n":9876543210}')).toBe(
      '{"to":"+91 98xxxxx210","from":"098xxxxx210","n":98xxxxx210}',
    );
    expect(hide('agent 9811122233, ExoPhone 08047112345')).toBe('agent 98xxxxx233, ExoPhone 080xxxxx345');
  });

  it('are no other figures', () => {
    for (const text of ['order 1234567890123', '98765432101', 'अंक १२३', '']) expect(hide(text)).toBe(text);
  });
});
