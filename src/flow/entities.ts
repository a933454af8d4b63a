import { Malformed } from './fault.ts';

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const SPECIAL = {
  text: /\r\n?|&([^;&<\s]{0,40};)?/g,
  attribute: /\r\n|[\r\n\t]|&([^;&<\s]{0,40};)?/g,
} as const;

/**
 * Decodes the five predefined and the numeric entities, and makes line ends `\n` in text and spaces in attributes, as
 * XML wants it.
 * @param at offset of `raw` in the file, for problems.
 */
export function decodeText(raw: string, at: number, where: 'text' | 'attribute'): string {
  return raw.replace(SPECIAL[where], (found: string, name: string | undefined, index: number) => {
    if (found.startsWith('&')) return name === undefined ? bare(at + index) : character(name.slice(0, -1), at + index);
    return where === 'attribute' ? ' ' : '\n';
  });
}

function bare(offset: number): never {
  throw new Malformed('FLOW_ENTITY', offset, 'A bare & stands here.', 'Write &amp; for the character &.');
}

function character(name: string, offset: number): string {
  const known = Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined;
  if (known !== undefined) return known;
  const number = /^#(?:(\d{1,12})|x([\da-fA-F]{1,12}))$/.exec(name);
  if (!number) {
    const says = `The entity &${name}; is not known here.`;
    throw new Malformed('FLOW_ENTITY', offset, says, 'Write the character itself, or its number: &#160; for a fixed space.');
  }
  const code = number[1] === undefined ? Number.parseInt(number[2] ?? '', 16) : Number(number[1]);
  if (isCharacter(code)) return String.fromCodePoint(code);
  throw new Malformed('FLOW_ENTITY', offset, `&${name}; stands for no character that XML allows.`, 'Remove it.');
}

/** The characters of XML 1.0, section 2.2. */
const isCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x1_0000 && code <= 0x10_ffff);
