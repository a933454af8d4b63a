import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { placesIn } from './lines.ts';
import { scan } from './scan.ts';
import type { XmlElement } from './xml.ts';

/** The one fault of a text, as `line:column CODE`; empty when there is none. */
function faultOf(text: string): string {
  const scanned = scan(text);
  if (scanned.ok) return '';
  const { line, column } = placesIn(text, 'x')(scanned.fault.offset);
  return `${line}:${column} ${scanned.fault.code}`;
}

function rootOf(text: string): XmlElement {
  const scanned = scan(text);
  if (!scanned.ok) throw new Error(scanned.fault.says);
  return scanned.root;
}

describe('well-formed XML', () => {
  it('becomes elements with attributes, children, text and places', () => {
    const text = '<?xml version="1.0"?>\n<!-- hello -->\n<A x="1"\n   y=\'a "b"\'>\r\n  t1<B/><![CDATA[<&]]> t2\n</A >\n';
    const root = rootOf(text);
    const place = placesIn(text, 'x');
    expect(root.attributes.map(({ name, value, at }) => [name, value, place(at).line, place(at).column])).toEqual([
      ['x', '1', 3, 4],
      ['y', 'a "b"', 4, 4],
    ]);
    expect(root.text).toBe('\n  t1<& t2\n');
    expect(place(root.textAt ?? 0)).toMatchObject({ line: 5, column: 3 });
    expect(root.children.map(({ name, at }) => [name, place(at).column])).toEqual([['B', 5]]);
  });

  it('decodes the five predefined and the numeric entities, in text and attributes', () => {
    const root = rootOf('<A x="&lt;&quot;&#9;&#x1F600;">&amp;&gt;&apos;&#2325;&#xA;</A>');
    expect(root.attributes[0]?.value).toBe('<"\t😀');
    expect(root.text).toBe("&>'क\n");
  });

  it('makes line ends one kind in text, and spaces in attributes', () => {
    const root = rootOf('<A x="a\r\nb\tc\n">a\r\nb\rc</A>');
    expect(root.attributes[0]?.value).toBe('a b c ');
    expect(root.text).toBe('a\nb\nc');
  });

  it('does not decode twice', () => {
    expect(rootOf('<A>&amp;lt;</A>').text).toBe('&lt;');
    expect(rootOf('<A><![CDATA[&amp;]]></A>').text).toBe('&amp;');
  });

  it('counts columns in UTF-16 units, and lines by CRLF, LF and CR', () => {
    expect(faultOf('<A>😀&x;</A>')).toBe('1:6 FLOW_ENTITY');
    expect(faultOf('<A>\r\n\n\r&x;</A>')).toBe('4:1 FLOW_ENTITY');
  });
});

describe('what is not well-formed', () => {
  it.each([
    ['<A>\n <B>\n</A>', '3:1 FLOW_NOT_XML'],
    ['<A>\n <B>', '2:2 FLOW_NOT_XML'],
    ['</A>', '1:1 FLOW_NOT_XML'],
    ['<A></A></A>', '1:8 FLOW_NOT_XML'],
    ['<A x="1" x="2"/>', '1:10 FLOW_NOT_XML'],
    ['<A x="1"y="2"/>', '1:9 FLOW_NOT_XML'],
    ['<A x=1/>', '1:4 FLOW_NOT_XML'],
    ['<A x/>', '1:4 FLOW_NOT_XML'],
    ['<A x="1/>', '1:4 FLOW_NOT_XML'],
    ['<A x="1>\n<B y="2"/></A>', '1:4 FLOW_NOT_XML'],
    ['<A\n x="1"', '1:1 FLOW_NOT_XML'],
    ['<A>1 < 2</A>', '1:6 FLOW_NOT_XML'],
    ['<A>]]></A>', '1:4 FLOW_NOT_XML'],
    ['<A><!-- a -- b --></A>', '1:11 FLOW_NOT_XML'],
    ['<A><!-- a', '1:4 FLOW_NOT_XML'],
    ['<A><![CDATA[ a', '1:4 FLOW_NOT_XML'],
    ['<A/ >', '1:3 FLOW_NOT_XML'],
    ['<A x\u202e="1"/>', '1:4 FLOW_NOT_XML'],
    ['<\u2028/>', '1:1 FLOW_NOT_XML'],
    ['<9/>', '1:1 FLOW_NOT_XML'],
    ['\n<?xml version="1.0"?><A/>', '2:1 FLOW_NOT_XML'],
    ['<!-- only -->', '1:1 FLOW_NOT_XML'],
    ['<A/>\n<B/>', '2:1 FLOW_TWO_ROOTS'],
    ['<A></A> x', '1:9 FLOW_TEXT_OUTSIDE'],
    ['x<A/>', '1:1 FLOW_TEXT_OUTSIDE'],
    ['<A/><![CDATA[]]>', '1:5 FLOW_TEXT_OUTSIDE'],
    ['<!DOCTYPE A [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><A>&b;</A>', '1:1 FLOW_DOCTYPE'],
    ['<!doctype html><A/>', '1:1 FLOW_DOCTYPE'],
    ['<A>Tom & Jerry</A>', '1:8 FLOW_ENTITY'],
    ['<A>&nbsp;</A>', '1:4 FLOW_ENTITY'],
    ['<A x="a&b;"/>', '1:8 FLOW_ENTITY'],
    ['<A>&#0;</A>', '1:4 FLOW_ENTITY'],
    ['<A>&#xD800;</A>', '1:4 FLOW_ENTITY'],
    ['<A>&#x110000;</A>', '1:4 FLOW_ENTITY'],
    ['<A>&#27;</A>', '1:4 FLOW_ENTITY'],
    ['<A>&#99999999999999999999;</A>', '1:4 FLOW_ENTITY'],
    ['<A>&constructor;</A>', '1:4 FLOW_ENTITY'],
  ])('%j: %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('is refused in bounded time, however large and hostile', () => {
    const many = 100_000;
    const hostile: readonly [string, string][] = [
      ['<a>'.repeat(600_000), '1:193 FLOW_TOO_DEEP'],
      [`<a${' x'.repeat(many)}>`, '1:4 FLOW_NOT_XML'],
      [`<a${Array.from({ length: many }, (_, i) => ` x${i}="1"`).join('')}/>`, '1:794 FLOW_TOO_MANY'],
      [`<r>${'<a/>'.repeat(400_000)}</r>`, '1:80000 FLOW_TOO_MANY'],
      [`<a x="${'&'.repeat(1_000_000)}"/>`, '1:7 FLOW_ENTITY'],
      [`<a>${'&#38;'.repeat(400_000)}`, '1:1 FLOW_NOT_XML'],
      [`<a${' '.repeat(2_000_000)}`, '1:1 FLOW_NOT_XML'],
      [`<a ${"='".repeat(900_000)}`, '1:4 FLOW_NOT_XML'],
      ['<!--'.repeat(500_000), '1:7 FLOW_NOT_XML'],
      ['<![CDATA['.repeat(200_000), '1:1 FLOW_NOT_XML'],
      [`<r>${'\n'.repeat(2_000_000)}&x;`, '2000001:1 FLOW_ENTITY'],
    ];
    // Work that grows with the square of these sizes runs into the time-out of the test, on any machine.
    for (const [text, fault] of hostile) expect(faultOf(text)).toBe(fault);
  });
});

const name = fc.constantFrom('a', 'Bc', 'd-e', 'नाम');
const character = fc.constantFrom('x', ' ', '\n', '&amp;', '&#65;', 'é', '😀', '>', "'", '[', ']');
const text = fc.array(character, { maxLength: 6 }).map((parts) => parts.join(''));
// Between tags, no text and no two texts in a row may come to "]]>", which XML forbids there.
const content = text.map((one) => one.replaceAll(/(^|\])>/g, '$1&gt;'));
const attributes = fc
  .uniqueArray(fc.tuple(name, text), { selector: ([key]) => key, maxLength: 3 })
  .map((all) => all.map(([key, value]) => ` ${key}="${value}"`).join(''));
const { tree: xml } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(name, attributes).map(([tag, inside]) => `<${tag}${inside}/>`),
    fc
      .tuple(
        name,
        attributes,
        fc.array(fc.oneof(content, tie('tree'), fc.constant('<!-- c -->'), fc.constant('<![CDATA[<&]]>')), { maxLength: 4 }),
      )
      .map(([tag, inside, parts]) => `<${tag}${inside}>${parts.join('')}</${tag}>`),
  ),
}));

describe('beside fast-xml-parser', () => {
  it('sees the same elements in the same order', () => {
    const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false });
    type Parsed = { [tag: string]: Parsed[] };
    const outline = (all: readonly Parsed[]): unknown =>
      all.flatMap((one) =>
        Object.entries(one).flatMap(([tag, inside]) => (tag === '#text' || tag === ':@' ? [] : [[tag, outline(inside)]])),
      );
    const own = ({ name: tag, children }: XmlElement): unknown => [tag, children.map(own)];
    fc.assert(
      fc.property(xml, (document) => {
        expect([own(rootOf(document))]).toEqual(outline(parser.parse(document) as Parsed[]));
      }),
      { numRuns: 300 },
    );
  });

  it('accepts nothing that its validator refuses, also after small damage', () => {
    const damage = fc.tuple(
      fc.nat(200),
      fc.constantFrom('', '\u202e', '·', '😀', '<', '>', '"', '&', '/', '<a>', '</a>', ' x="1"', ']]>', '--', 'é'),
    );
    fc.assert(
      fc.property(xml, damage, (document, [at, inserted]) => {
        const damaged = document.slice(0, at) + inserted + document.slice(at + 1);
        if (scan(damaged).ok) expect(XMLValidator.validate(damaged)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
