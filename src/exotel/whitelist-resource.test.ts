import { describe, expect, it } from 'vitest';
import { fieldsOf, parseForm } from './fields.ts';
import { readWhitelistNumbers, readWhitelistPost, whitelistResult, whitelistStatus } from './whitelist-resource.ts';
import { writeResource } from './write-resource.ts';

const fields = (form: string) => fieldsOf(parseForm(form));

describe('a request to the whitelist', () => {
  it('is read as the vendor’s own samples send it', () => {
    expect(readWhitelistPost(fields('VirtualNumber=08030752400&Number=9415540682&Language=hi'))).toEqual({
      ok: true,
      exophone: '08030752400',
      numbers: ['9415540682'],
      language: 'hi',
    });
  });

  it.each(['Number=94870,97902', 'Number=94870,+97902', 'Number=94870&Number=97902', 'Number[0]=94870&Number[1]=97902,'])(
    'takes numbers as clients write them: %s',
    (form) => {
      expect(readWhitelistPost(fields(`VirtualNumber=1&${form}`))).toMatchObject({ numbers: ['94870', '97902'], language: 'en' });
      expect(readWhitelistNumbers(fields(form))).toEqual({ ok: true, numbers: ['94870', '97902'] });
    },
  );

  it.each([
    ['Number=9415540682', 'VirtualNumber is missing.'],
    ['VirtualNumber=08030752400', 'Number is missing.'],
    ['VirtualNumber=08030752400&Number=+,+', 'Number is missing.'],
  ])('is refused without what it needs: %s', (form, because) => {
    expect(readWhitelistPost(fields(form))).toEqual({ ok: false, status: 400, says: 'Invalid Parameters', because });
  });
});

describe('an answer of the whitelist', () => {
  it('is the vendor’s own sample', () => {
    const counters = { Failed: 0, Redundant: 0, Succeeded: 2, Processed: 2, Duplicate: 0, Total: 2 };
    const { body } = writeResource(whitelistResult(counters, 'The numbers have been deleted from the whitelist.'), 'xml');
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Result><Total>2</Total><Duplicate>0</Duplicate>' +
        '<Processed>2</Processed><Succeeded>2</Succeeded><Redundant>0</Redundant><Failed>0</Failed>' +
        '<Message>The numbers have been deleted from the whitelist.</Message></Result></TwilioResponse>',
    );
  });

  it('tells where a number stands', () => {
    const answer = whitelistStatus({ Status: 'Whitelist', Type: 'API', Expiry: 3600 });
    expect(writeResource(answer, 'json').body).toBe('{"Result":{"Status":"Whitelist","Type":"API","Expiry":3600}}');
    expect(writeResource(whitelistStatus({ Status: 'Neutral', Type: '', Expiry: -1 }), 'xml').body).toContain(
      '<Result><Status>Neutral</Status><Type/><Expiry>-1</Expiry></Result>',
    );
  });
});
