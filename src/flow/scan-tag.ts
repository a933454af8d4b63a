import { decodeText } from './entities.ts';
import { Malformed, quote } from './fault.ts';
import type { XmlAttribute } from './xml.ts';

/** XML 1.0, section 2.3, without names beyond 16 bits, which fast-xml-parser does not take either. */
const START =
  ':A-Z_a-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}\\u{200c}\\u{200d}\\u{2070}-\\u{218f}' +
  '\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fffd}';
const NAME = new RegExp(`[${START}][${START}\\-.0-9\\u{b7}\\u{300}-\\u{36f}\\u{203f}\\u{2040}]*`, 'uy');
const SPACE = /[ \t\r\n]*/y;
const MOST_ATTRIBUTES = 100;

export type Tag = { name: string; attributes: readonly XmlAttribute[]; closed: boolean; end: number };

/** The name that begins here; empty when none does. */
export function scanName(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** A start tag, from its `<` to behind its `>`. */
export function scanTag(text: string, at: number): Tag {
  const name = scanName(text, at + 1);
  if (name === '') throw new Malformed('FLOW_NOT_XML', at, 'A bare < stands here.', 'Write &lt; for the character <.');
  const attributes: XmlAttribute[] = [];
  const names = new Set<string>();
  let end = at + 1 + name.length;
  for (;;) {
    const next = skipSpace(text, end);
    if (text[next] === '>') return { name, attributes, closed: false, end: next + 1 };
    if (text.startsWith('/>', next)) return { name, attributes, closed: true, end: next + 2 };
    if (next >= text.length) throw new Malformed('FLOW_NOT_XML', at, `The tag <${name} never ends.`, 'End it with > or />.');
    const found = scanAttribute(text, next, name);
    if (next === end) {
      throw new Malformed('FLOW_NOT_XML', next, `There is no space before ${found.attribute.name}=.`, 'Put a space there.');
    }
    if (names.has(found.attribute.name)) {
      const says = `The attribute ${found.attribute.name} stands twice on <${name}>.`;
      throw new Malformed('FLOW_NOT_XML', next, says, 'Keep one of the two.');
    }
    names.add(found.attribute.name);
    attributes.push(found.attribute);
    if (attributes.length > MOST_ATTRIBUTES) {
      throw new Malformed(
        'FLOW_TOO_MANY',
        next,
        `<${name}> has more than ${MOST_ATTRIBUTES} attributes.`,
        'No element has so many.',
      );
    }
    end = found.end;
  }
}

function scanAttribute(text: string, at: number, tag: string): { attribute: XmlAttribute; end: number } {
  const name = scanName(text, at);
  if (name === '') {
    const says = `${quote(text[at] ?? '')} has no meaning inside the tag <${tag}>.`;
    throw new Malformed('FLOW_NOT_XML', at, says, 'An attribute is written name="value"; a tag ends with > or />.');
  }
  const equals = skipSpace(text, at + name.length);
  const from = skipSpace(text, equals + 1) + 1;
  const mark = text[from - 1];
  if (text[equals] !== '=' || (mark !== '"' && mark !== "'")) {
    throw new Malformed('FLOW_NOT_XML', at, `The attribute ${name} has no value in quotes.`, `Write ${name}="…".`);
  }
  const end = text.indexOf(mark, from);
  const raw = text.slice(from, end < 0 ? text.length : end);
  if (end < 0 || raw.includes('<')) {
    const says = `The value of ${name} holds a <, or its closing quote is missing.`;
    throw new Malformed('FLOW_NOT_XML', at, says, `Write ${name}=${mark}…${mark}, with &lt; for the character <.`);
  }
  return { attribute: { name, value: decodeText(raw, from, 'attribute'), at }, end: end + 1 };
}
