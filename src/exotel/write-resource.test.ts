import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Resource, ResourceValue } from './resource.ts';
import { writeResource } from './write-resource.ts';

const xml = (resource: Resource | readonly Resource[]): string =>
  writeResource(resource, 'xml').body.replace(
    /^<\?xml version="1\.0" encoding="UTF-8"\?><TwilioResponse>(.*)<\/TwilioResponse>$/s,
    '$1',
  );

describe('an answer in JSON', () => {
  it('is the resource as it is', () => {
    const resource = { Call: { Sid: 'c1', Price: null, Duration: '17', Details: { Legs: [{ Leg: { Id: 1 } }] } } };
    expect(writeResource(resource, 'json')).toEqual({ contentType: 'application/json', body: JSON.stringify(resource) });
  });
});

describe('an answer in XML', () => {
  it('is wrapped as clients expect it', () => {
    expect(writeResource({ Call: { Sid: 'c1' } }, 'xml')).toEqual({
      contentType: 'application/xml; charset=utf-8',
      body: '<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Call><Sid>c1</Sid></Call></TwilioResponse>',
    });
  });

  it('has empty elements where there is nothing', () => {
    expect(xml({ EndTime: null, Price: '', Legs: [], Details: {} })).toBe('<EndTime/><Price/><Legs/><Details/>');
    expect(xml({ Id: 0, Ok: false })).toBe('<Id>0</Id><Ok>false</Ok>');
  });

  it('repeats elements for a list whose items have a name', () => {
    expect(xml({ Legs: [{ Leg: { Id: 1 } }, { Leg: { Id: 2 } }] })).toBe(
      '<Legs><Leg><Id>1</Id></Leg><Leg><Id>2</Id></Leg></Legs>',
    );
    expect(xml([{ SMSMessage: { Sid: 'a' } }, { SMSMessage: { Sid: 'b' } }])).toBe(
      '<SMSMessage><Sid>a</Sid></SMSMessage><SMSMessage><Sid>b</Sid></SMSMessage>',
    );
  });

  it('names the items of a plain list after the list', () => {
    expect(xml({ Calls: [{ Sid: 'a', To: 'b' }, { Sid: 'c' }] })).toBe(
      '<Calls><Call><Sid>a</Sid><To>b</To></Call><Call><Sid>c</Sid></Call></Calls>',
    );
  });

  it.each([
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    [']]>', ']]&gt;'],
    ['&amp;', '&amp;amp;'],
    ['\u0000\u001b\ud800\ufffe', '\ufffd\ufffd\ufffd\ufffd'],
    ['a\tb\nc\r\nd\u0085', 'a\tb\nc&#13;\nd\u0085'],
    ['नमस्ते 👋🏽 "x" \'y\'', 'नमस्ते 👋🏽 "x" \'y\''],
  ])('carries %j', (text, written) => {
    expect(xml({ Body: text })).toBe(`<Body>${written}</Body>`);
  });

  it('gives elements a name that may stand there', () => {
    expect(xml({ 'a b><': 'x', '1': 'y', '': 'z', 'Legs[0]': 'w' })).toBe(
      '<_1>y</_1><_a_b__>x</_a_b__><_>z</_><_Legs_0_>w</_Legs_0_>',
    );
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'<>&]["\'-!?/ \u0000\u000b\r\n\u007f\u0085\u2028\ud800\udc00\ufffe\uffff') }),
  );

  it('is well-formed whatever it says', () => {
    const { resource } = fc.letrec<{ resource: Resource; value: ResourceValue }>((tie) => ({
      resource: fc.dictionary(fc.oneof(text, fc.constantFrom('Call', 'Legs')), tie('value'), { maxKeys: 4 }),
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        tie('resource'),
        fc.array(tie('resource'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(resource, fc.array(resource, { maxLength: 3 })), (any) => {
        expect(XMLValidator.validate(writeResource(any, 'xml').body)).toBe(true);
      }),
    );
  });

  it('is read back as it was, but for what XML cannot hold', () => {
    const parser = new XMLParser({ trimValues: false, parseTagValue: false, processEntities: true, htmlEntities: true });
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((body) => !/[\p{Cc}\ufffe\uffff]/u.test(body)),
        (body) => {
          expect(parser.parse(writeResource({ Body: body }, 'xml').body)).toMatchObject({ TwilioResponse: { Body: body } });
        },
      ),
    );
  });
});
