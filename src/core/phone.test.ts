import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { isCountry, maskNumber, maskText, normalise, quickNumber, severalNumbers } from './phone.ts';

const mobile = fc.stringMatching(/^[6-9]\d{9}$/);
const prefix = fc.constantFrom('', '0', '+91', '91', '091', '0091', '+91 0');
const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u200b', '\u2011', ') (');

const number = (text: string, country?: string) => {
  const read = normalise(text, country);
  return read.ok ? read.number : undefined;
};
const why = (text: string, country?: string) => {
  const read = normalise(text, country);
  return read.ok ? undefined : read.why;
};

describe('reading phone numbers', () => {
  it('agrees with libphonenumber on every Indian mobile number, however it is spelled', () => {
    fc.assert(
      fc.property(mobile, prefix, fc.array(separator, { minLength: 13, maxLength: 13 }), (national, front, gaps) => {
        const dirty = front + [...national].map((digit, i) => digit + gaps[i]).join('');
        const theirs = parsePhoneNumberFromString(national, 'IN');
        expect(theirs?.isValid()).toBe(true);
        expect(normalise(dirty)).toEqual({ ok: true, number: theirs?.number, kind: 'mobile' });
      }),
    );
  });

  it('never reads digits as another number than libphonenumber does', () => {
    const digits = fc.stringMatching(/^\+?(?:0|00|91|0091|44|1)?\d{7,12}$/);
    fc.assert(
      fc.property(digits, (text) => {
        const ours = number(text);
        const theirs = parsePhoneNumberFromString(text, 'IN');
        if (ours && theirs?.isValid()) expect(ours).toBe(theirs.number);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '9876543210',
    '98765 43210',
    '+91-9876543210',
    '+91 98765 43210',
    '09876543210',
    '0919876543210',
    '00919876543210',
    '+91 (0) 98765-43210',
    'tel:+91-98765-43210',
    "'9876543210",
    '’09876543210',
    ' \u00a09876543210\u200b',
    '\u202a+91 98765 43210\u202c',
    '९८७६५४३२१०',
    '৯৮৭৬৫৪৩২১০',
    '＋９１９８７６５４３２１０',
    '98765.43210',
    '- 98765 43210',
  ])('reads %j', (text) => expect(number(text)).toBe('+919876543210'));

  it('reads it again the same: the result is a fixed point', () => {
    fc.assert(
      fc.property(mobile, (national) => {
        expect(number(number(national) ?? '')).toBe(`+91${national}`);
      }),
    );
  });

  it.each([
    ['9876543210.0', 'decimal'],
    ['9876543210.00', 'decimal'],
    ['-9876543119', 'minus'],
    ["'-9876543119", 'minus'],
    ['\u22129876543119', 'minus'],
    ['9.87654E+09', 'shortened'],
    ['9,87654e9', 'shortened'],
    ['987654321', '10 digits, this one 9'],
    ['+91987654321', '10 digits, this one 9'],
    ['98765432100', '10 digits, this one 11'],
    ['112', '10 digits, this one 3'],
    ['18001234567', 'toll-free'],
    ['1860123456', 'toll-free'],
    ['00 98765 43210', 'no possible number'],
    ['+910123456789', 'begins with 0'],
    ['98765x43210', 'characters'],
    ['9876543210/9876543211', 'more than one number'],
    ['9876543210 9876543211', 'more than one number'],
    ['9876543210\n9876543211', 'more than one number'],
    ['98765 43210 or +14155552671', 'more than one number'],
    ['9876543210 ext 5', 'extension'],
    ['tel:+91-98765-43210;ext=12', 'extension'],
    ['9876543210x12', 'extension'],
    ['9876543210 (x12', 'extension'],
    ['9876543210/12', 'characters'],
    ['98765\u000043210', 'characters'],
    ['9876543210'.padEnd(201), 'too long'],
    ['<script>', 'characters'],
    ['', 'empty'],
    [' \u200b', 'empty'],
    ["'", 'empty'],
    ['+', 'characters'],
  ])('refuses %j and says why', (text, says) => expect(why(text)).toContain(says));

  it('refuses what a spreadsheet makes of a number, whatever is around it', () => {
    const spelled = fc
      .constantFrom('e+', 'E+', 'E+0', 'E', ' E+')
      .chain((sign) =>
        fc.integer({ min: 0, max: 11 }).map((digits) => (value: number) => value.toExponential(digits).replace('e+', sign)),
      );
    const fraction = fc.constantFrom('0', '00').map((digits) => (value: number) => `${value}.${digits}`);
    const negative = fc.constant((value: number) => `-${value}`);
    const around = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => ` ${text}\u00a0`,
      (text) => `'${text}`,
      (text) => `\u200b${text}`,
      (text) => text.replace('.', ','),
      (text) => text.replace(/\d/g, (digit) => '०१२३४५६७८९'[Number(digit)] ?? ''),
    );
    const mangling = fc.oneof(spelled, fraction, negative);
    fc.assert(
      fc.property(mobile, fc.constantFrom('', '91'), mangling, around, (national, front, mangle, wrap) => {
        expect(number(wrap(mangle(Number(front + national))))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('never adds a digit to those that are written', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'0123456789+-. eE,()/x'), maxLength: 24 });
    fc.assert(
      fc.property(
        fc.oneof(
          texts,
          fc.tuple(texts, mobile, texts).map((parts) => parts.join('')),
        ),
        (text) => {
          const read = number(text);
          if (read) expect(text.replace(/\D/g, '').endsWith(read.slice(1).slice(-7)), text).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('knows landlines, caller-id series and foreign numbers', () => {
    expect(normalise('011 2345 6789')).toEqual({ ok: true, number: '+911123456789', kind: 'landline' });
    expect(normalise('1400000000')).toMatchObject({ ok: true, kind: 'landline' });
    expect(normalise('+1 415 555 2671')).toEqual({ ok: true, number: '+14155552671', kind: 'other' });
    expect(normalise('0044 20 7946 0958')).toEqual({ ok: true, number: '+442079460958', kind: 'other' });
  });

  it('takes numbers without a plus as numbers of the country named', () => {
    expect(number('(415) 555-2671', 'US')).toBe('+14155552671');
    expect(normalise('+91 98765 43210', 'US')).toEqual({ ok: true, number: '+919876543210', kind: 'mobile' });
    expect(why('415', 'US')).toContain('in US');
    expect(why('4155552671', 'XX')).toContain('no country code');
    expect([isCountry('IN'), isCountry('XX'), isCountry('in')]).toEqual([true, false, false]);
  });
});

describe('a text with several numbers', () => {
  it.each([
    ['9876543210/9876543211', ['9876543210', '9876543211']],
    ['98765 43210, 98123 45678', ['98765 43210', ' 98123 45678']],
    ['9876543210 9876543211\t9876543212', ['9876543210', '9876543211', '9876543212']],
    ['98765 43210  and  +1 415 555 2671', ['98765 43210  ', '  +1 415 555 2671']],
  ])('is taken apart: %j', (text, parts) => expect(severalNumbers(text)).toEqual(parts));

  it.each(['9876543210', '98765 43210', '9876543210/11', '9876543210,00', 'Asha and Bina', ''])('is none of %j', (text) =>
    expect(severalNumbers(text)).toBeUndefined(),
  );
});

describe('reading numbers in bulk', () => {
  const quick = (text: string, country: string) => {
    const bytes = new TextEncoder().encode(`,${text},`);
    return quickNumber(bytes, 1, bytes.length - 1, country);
  };
  const alike = (text: string, country: string) => {
    const read = quick(text, country);
    if (read !== 0) expect(`+${read}`, text).toBe(number(text, country));
  };

  it('reads the spellings that most files have', () => {
    for (const text of ['9876543210', '919876543210', '+919876543210']) expect(quick(text, 'IN')).toBe(919876543210);
    for (const text of ['4155552671', '14155552671', '+14155552671']) expect(quick(text, 'US')).toBe(14155552671);
    expect(quick('+919876543210', 'US')).toBe(919876543210);
  });

  it.each(['', '09876543210', '98765 43210', '1123456789', '+9876543210', '+14155552671', '9.87654E+09', '98765432101234'])(
    'leaves %j to the slower reader',
    (text) => expect(quick(text, 'IN')).toBe(0),
  );

  it('never reads a number as another one than the slower reader', () => {
    const text = fc.stringMatching(/^\+?(?:|91|1|0)\d{9,11}$/);
    fc.assert(
      fc.property(text, fc.constantFrom('IN', 'US', 'GB'), (spelled, country) => alike(spelled, country)),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.stringMatching(/^(?:\+?1)?[2-9]\d\d[2-9]\d{6}$/), (spelled) => {
        expect(quick(spelled, 'US')).not.toBe(0);
        alike(spelled, 'US');
      }),
      { numRuns: 3000 },
    );
  });
});

describe('masking', () => {
  it('keeps the ends of a number and hides its middle', () => {
    expect(maskNumber('+919876543210')).toBe('+91 98xxxxx210');
    expect(maskNumber('09876543210')).toBe('098xxxxx210');
    expect(maskNumber('+14155552671')).toBe('+14xxxxxx671');
    expect(maskNumber('12345')).toBe('xxxxx');
  });

  it('finds the numbers of a sentence', () => {
    expect(maskText('call +919876543210 or 9876543211, ticket 4711')).toBe('call +91 98xxxxx210 or 98xxxxx211, ticket 4711');
  });
});
