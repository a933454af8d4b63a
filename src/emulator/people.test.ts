import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { e164 } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import { createPeople, readPattern } from './people.ts';

const phone = (does: string) => ({ does });

describe('what people do', () => {
  it('is what is known of their number, before that of longer and of shorter patterns, field by field', () => {
    const people = createPeople({ phone: phone('answer') });
    people.put({ number: '+91*', phone: phone('busy'), smsCode: 1 });
    people.put({ number: '+9198765*', phone: phone('failed'), circle: 'KA' });
    people.put({ number: '+919876543210', operator: 'A' });
    expect(people.of('+919876543210')).toMatchObject({ phone: phone('failed'), smsCode: 1, circle: 'KA', operator: 'A' });
    expect(people.of('+919876000000')).toMatchObject({ phone: phone('busy'), smsCode: 1 });
    expect(people.of('+919876000000')).not.toHaveProperty('circle');
    expect(people.of('+14155550100')).toEqual({ phone: phone('answer') });
  });

  it('is replaced when it is said again, and does not depend on the order', () => {
    const people = createPeople();
    for (const number of ['+9198765*', '+91*', '+9198765*'])
      people.put({ number, phone: phone(`${number} ${people.list().length}`) });
    expect(people.list().map(({ number }) => number)).toEqual(['+9198765*', '+91*']);
    expect(people.of('+919876512345').phone).toEqual(phone('+9198765* 2'));
  });

  it('is forgotten', () => {
    const people = createPeople();
    people.put({ number: '+91*', circle: 'KA' });
    people.put({ number: '+919876543210', circle: 'KA' });
    people.clear();
    expect([people.list(), people.of('+919876543210')]).toEqual([[], {}]);
  });

  it('of a number without a pattern is never that of another number', () => {
    const numbers = fc.stringMatching(/^\+91[6-9]\d{9}$/);
    fc.assert(
      fc.property(fc.uniqueArray(numbers, { minLength: 2, maxLength: 5 }), (some) => {
        const people = createPeople();
        for (const number of some) people.put({ number, circle: number });
        for (const number of some) expect(people.of(number).circle).toBe(number);
      }),
    );
  });
});

describe('a pattern', () => {
  const normal = (text: string) => {
    const read = normalise(text, 'IN');
    return read.ok ? read.number : undefined;
  };

  it.each([
    ['98765*', '+9198765*'],
    ['0 98765-*', '+9198765*'],
    ['+1415*', '+1415*'],
    ['*', '+*'],
    ['+*', '+*'],
    ['98765 43210', e164('+919876543210')],
    ['12', undefined],
    ['9*8*', undefined],
    ['Asha*', undefined],
    ['', undefined],
  ])('"%s" means %s', (text, meant) => {
    expect(readPattern(text, normal)).toBe(meant);
  });
});
