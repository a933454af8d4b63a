import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, parseForm } from './fields.ts';

describe('a form', () => {
  it('is read as the vendor’s own Node sample writes it, with a leading &', () => {
    expect(parseForm('&From=0XXXXX&To=0YYYYY&CallerId=0ZZZZZ')).toEqual([
      ['From', '0XXXXX'],
      ['To', '0YYYYY'],
      ['CallerId', '0ZZZZZ'],
    ]);
  });

  it.each<[string, [string, string][]]>([
    ['', []],
    ['&&&', []],
    ['a', [['a', '']]],
    [
      'a=&=b',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['a=b=c', [['a', 'b=c']]],
    ['a+b=1+2', [['a b', '1 2']]],
    ['To=%2B919876543210', [['To', '+919876543210']]],
    ['a=%E0%A4%A8', [['a', 'न']]],
    ['Legs%5B0%5D=x', [['Legs[0]', 'x']]],
  ])('reads %j', (text, pairs) => {
    expect(parseForm(text)).toEqual(pairs);
  });

  it.each([
    ['100%', '100%'],
    ['%zz%20', '%zz '],
    ['%E0%A4+%41', '%E0%A4 A'],
    ['%C0%80', '%C0%80'],
    ['%ED%A0%80', '%ED%A0%80'],
    ['%F7%BF%BF%BF', '%F7%BF%BF%BF'],
  ])('leaves what is no escape as it is: %s', (written, read) => {
    expect(parseForm(`a=${written}`)).toEqual([['a', read]]);
  });

  it('reads everything that a browser writes, as it was', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        expect(parseForm(new URLSearchParams(pairs).toString())).toEqual(pairs);
      }),
    );
  });

  it('throws at nothing', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'%&=+[]0aE\u00e9\ud800') });
    fc.assert(fc.property(fc.oneof(noise, fc.string({ unit: 'binary' })), (text) => Array.isArray(parseForm(text))));
  });
});

describe('fields', () => {
  it('take every spelling of a list for one, in the order in which it came', () => {
    const fields = fieldsOf(parseForm('X[1]=b&X[]=c&X=d&X[0]=a&X=e&Y=z'));
    expect(fields.all('X')).toEqual(['b', 'c', 'd', 'a', 'e']);
    expect(fields.first('X')).toBe('b');
    expect(fields.names).toEqual(['X', 'Y']);
  });

  it('have nothing where nothing was sent, not even what every object has', () => {
    const fields = fieldsOf([]);
    expect([fields.first('constructor'), fields.first('__proto__')]).toEqual([undefined, undefined]);
    expect([fields.all('From'), fields.group('Message'), fields.names]).toEqual([[], [], []]);
  });

  it('are read in bounded time, however they are numbered', () => {
    const name = `Message[${'0'.repeat(500_000)}x][To]`;
    expect(fieldsOf([[name, 'a']]).group('Message')).toEqual([]);
    expect(
      fieldsOf([
        [name.replace('x', '7'), 'a'],
        ['Message[7][Body]', 'b'],
      ]).group('Message'),
    ).toEqual([{ To: 'a', Body: 'b' }]);
  });

  it('give the records of a group by their indexes, whatever the gaps', () => {
    const fields = fieldsOf(
      parseForm('Message[10][To]=c&Message[2][To]=b&Message[0][Body]=hi&Message[0][To]=a&Message[02][Body]=ho&Messages[0][To]=x'),
    );
    expect(fields.group('Message')).toEqual([{ To: 'a', Body: 'hi' }, { To: 'b', Body: 'ho' }, { To: 'c' }]);
  });

  it('count the first of two fields of one record', () => {
    expect(fieldsOf(parseForm('M[0][To]=a&M[0][To]=b')).group('M')).toEqual([{ To: 'a' }]);
  });

  it('are not moved by a hostile index', () => {
    const huge = '9'.repeat(5000);
    const fields = fieldsOf(
      parseForm(`M[${huge}][To]=z&M[4294967296][To]=b&M[7][__proto__]=a&M[-1][To]=q&X[${huge}]=1&X[2000000000]=2`),
    );
    const group = fields.group('M');
    expect(group.map((record) => Object.entries(record))).toEqual([[['__proto__', 'a']], [['To', 'b']], [['To', 'z']]]);
    expect(fields.all('X')).toEqual(['1', '2']);
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  it('lose no value of any request', () => {
    const name = fc
      .tuple(fc.constantFrom('To', 'From'), fc.constantFrom('', '[]', '[0]', '[17]'))
      .map(([base, index]) => base + index);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
        const fields = fieldsOf(pairs);
        expect([...fields.all('To'), ...fields.all('From')].sort()).toEqual(pairs.map(([, value]) => value).sort());
      }),
    );
  });
});
