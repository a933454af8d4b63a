import { type Fault, quote } from './fault.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const SAVE_AS = 'Save the file as UTF-8.';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';
export type Decoded = { ok: true; text: string } | { ok: false; text: string; fault: Fault };

/** The text of a flow file: UTF-8 or UTF-16, with or without a byte order mark, which is not part of the text. */
export function decode(bytes: Uint8Array): Decoded {
  const refuse = (fault: Fault, text = ''): Decoded => ({ ok: false, text, fault });
  if (bytes.length > MOST_BYTES) {
    const says = `This file has ${bytes.length} bytes; a flow has at most ${MOST_BYTES}.`;
    return refuse({
      code: 'FLOW_TOO_LARGE',
      offset: 0,
      says,
      try: 'Split it into several flows, joined by Transfer or Subflow.',
    });
  }
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return brokenBytes(bytes, encoding);
  }
  const declared = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'<>]*)/.exec(text.slice(0, 400));
  if (declared && !agrees(encoding, declared[1] ?? '')) {
    const offset = declared[0].length - (declared[1] ?? '').length;
    const says = `The encoding ${quote(declared[1] ?? '')} is not read here, or is not what the file has.`;
    return refuse({ code: 'FLOW_ENCODING', offset, says, try: `${SAVE_AS.slice(0, -1)} and write encoding="UTF-8".` }, text);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no text has
  const binary = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.exec(text);
  if (!binary) return { ok: true, text };
  const name = `U+${binary[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const says = `The character ${name} stands here: this is a binary file, or a damaged one.`;
  return refuse({ code: 'FLOW_BINARY', offset: binary.index, says, try: 'Remove the character, or check the file name.' }, text);
}

/** By byte order mark, then by the two bytes of a first `<`. What a declaration says is compared later. */
function encodingOf([a, b]: Uint8Array): Encoding {
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return 'utf-8';
}

/** Editors that save UTF-16 often leave `encoding="UTF-8"` standing, so that is let pass. */
function agrees(encoding: Encoding, declared: string): boolean {
  const name = declared.toLowerCase();
  if (name === 'utf-8' || name === 'utf8') return true;
  if (encoding === 'utf-8') return name === 'us-ascii' || name === 'ascii';
  return name === 'utf-16' || name === encoding;
}

/** One problem where the first bytes stand that do not decode: found by halving, each step one decoding. */
function brokenBytes(bytes: Uint8Array, encoding: Encoding): Decoded {
  const decodes = (length: number): string | undefined => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return undefined;
    }
  };
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decodes(middle) === undefined) bad = middle;
    else good = middle;
  }
  const text = decodes(good) ?? '';
  const byte = bytes[good]?.toString(16).padStart(2, '0');
  const what = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  const says = byte ? `The byte 0x${byte} here is not ${what} text.` : `The file ends in the middle of a ${what} character.`;
  return { ok: false, text, fault: { code: 'FLOW_ENCODING', offset: text.length, says, try: SAVE_AS } };
}
