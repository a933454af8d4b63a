import { describe, expect, it } from 'vitest';
import { readFlow } from './read-xml.ts';

const XML = '<?xml version="1.0"?>\r\n<Flow name="नमस्ते" start="bye" class="T"><Hangup id="bye"/></Flow>\r\n';
const utf8 = (text: string) => new TextEncoder().encode(text);
const join = (...parts: readonly (Uint8Array | readonly number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

function nameIn(bytes: Uint8Array): string {
  const read = readFlow(bytes, 'flow.xml');
  return read.ok ? read.flow.name : JSON.stringify(read.problems);
}

/** The one problem of a file, as `line:column CODE`. */
function problemOf(bytes: Uint8Array): string {
  const { problems } = readFlow(bytes, 'flow.xml');
  return problems.map(({ at, code }) => `${at.line}:${at.column} ${code}`).join(', ');
}

describe('encodings', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(nameIn(utf8(XML))).toBe('नमस्ते');
    expect(nameIn(join([0xef, 0xbb, 0xbf], utf8(XML)))).toBe('नमस्ते');
    expect(nameIn(utf8(XML.replace('"1.0"', '"1.0" encoding="utf-8"')))).toBe('नमस्ते');
  });

  it('reads UTF-16, either way round, with a mark or known by its first bytes', () => {
    expect(nameIn(join([0xff, 0xfe], utf16(XML)))).toBe('नमस्ते');
    expect(nameIn(join([0xfe, 0xff], utf16(XML, true)))).toBe('नमस्ते');
    expect(nameIn(utf16(XML))).toBe('नमस्ते');
    expect(nameIn(utf16(XML, true))).toBe('नमस्ते');
  });

  it('lets UTF-16 files say UTF-16, and forgives the UTF-8 that editors leave standing', () => {
    for (const name of ['UTF-16', 'utf-16le', 'UTF-8']) {
      expect(nameIn(join([0xff, 0xfe], utf16(XML.replace('"1.0"', `"1.0" encoding="${name}"`))))).toBe('नमस्ते');
    }
  });

  it('refuses other encodings where they are declared', () => {
    expect(problemOf(utf8(XML.replace('"1.0"', '"1.0" encoding="ISO-8859-1"')))).toBe('1:31 FLOW_ENCODING');
    expect(problemOf(utf8(XML.replace('"1.0"', '"1.0" encoding="UTF-16"')))).toBe('1:31 FLOW_ENCODING');
    expect(problemOf(join([0xff, 0xfe], utf16(XML.replace('"1.0"', '"1.0" encoding="utf-16be"'))))).toBe('1:31 FLOW_ENCODING');
  });

  it('names the place of the first broken byte', () => {
    expect(problemOf(join(utf8('<Flow\n  name="नम'), [0xff], utf8('"/>')))).toBe('2:11 FLOW_ENCODING');
    expect(problemOf(join(utf8('<Flow name="'), [0xe0, 0xa4]))).toBe('1:13 FLOW_ENCODING');
    expect(problemOf(join([0xff, 0xfe], utf16('<Flow>'), [0x3c]))).toBe('1:7 FLOW_ENCODING');
    expect(problemOf(join([0xff, 0xfe], utf16('<Flow>'), [0x00, 0xdc, 0x41, 0x00]))).toBe('1:7 FLOW_ENCODING');
  });

  it('refuses what is no text', () => {
    expect(problemOf(utf8('<Flow>\n\0</Flow>'))).toBe('2:1 FLOW_BINARY');
    expect(problemOf(utf8('<Flow>\u001b[31m</Flow>'))).toBe('1:7 FLOW_BINARY');
    expect(problemOf(utf8('<Flow>\uffff</Flow>'))).toBe('1:7 FLOW_BINARY');
    expect(problemOf(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]))).toBe('1:1 FLOW_ENCODING');
  });

  it('refuses an empty file, and one over 2 MB, whatever is in it', () => {
    expect(problemOf(new Uint8Array())).toBe('1:1 FLOW_NOT_XML');
    expect(problemOf(utf8('  \n'))).toBe('1:1 FLOW_NOT_XML');
    expect(problemOf(new Uint8Array(2 * 1024 * 1024 + 1))).toBe('1:1 FLOW_TOO_LARGE');
    expect(nameIn(utf8(XML.padEnd(2 * 1024 * 1024 - 20)))).toBe('नमस्ते');
  });
});
