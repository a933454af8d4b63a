import { isUtf8 } from 'node:buffer';
import type { Decode } from './csv-cells.ts';

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';
/** `mark` counts the bytes of a byte order mark. */
export type Sniffed = { encoding: Encoding; mark: number };

/** How a file is written, from its first bytes. */
export function sniffEncoding(head: Uint8Array): Sniffed {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'UTF-8', mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'UTF-16LE', mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'UTF-16BE', mark: 2 };
  return { encoding: sixteen(head) ?? (isUtf8(wholeCharacters(head)) ? 'UTF-8' : 'Windows-1252'), mark: 0 };
}

/** UTF-16 without a mark: its digits and delimiters are ASCII and a zero. */
function sixteen(head: Uint8Array): Encoding | undefined {
  const isAscii = (byte = 0) => byte >= 9 && byte < 0x7f;
  const pairs = Math.min(head.length, 4096) >> 1;
  let [little, big] = [0, 0];
  for (let i = 0; i < 2 * pairs; i += 2) {
    if (head[i + 1] === 0 && isAscii(head[i])) little++;
    if (head[i] === 0 && isAscii(head[i + 1])) big++;
  }
  if (little > 0.1 * pairs && big < 0.1 * little) return 'UTF-16LE';
  return big > 0.1 * pairs && little < 0.1 * big ? 'UTF-16BE' : undefined;
}

/** Without a character that was cut off at the end. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < length ? bytes.subarray(0, -back) : bytes;
  }
  return bytes;
}

const WESTERN = new TextDecoder('windows-1252');

const western: Decode = (bytes, from, to) => WESTERN.decode(bytes.subarray(from, to));

/** A cell that is no UTF-8 is taken for Windows-1252, even in a file whose beginning was UTF-8. */
const unicode: Decode = (bytes, from, to) => {
  const text = bytes.toString('utf8', from, to);
  return text.includes('\ufffd') && !isUtf8(bytes.subarray(from, to)) ? western(bytes, from, to) : text;
};

export const decoderOf = (encoding: Encoding): Decode => (encoding === 'Windows-1252' ? western : unicode);

/** Brings bytes into an encoding that keeps ASCII as it is: UTF-16 becomes UTF-8, the others stay. */
export async function* inAscii(chunks: AsyncIterable<Buffer>, { encoding, mark }: Sniffed): AsyncIterable<Buffer> {
  const wide = encoding === 'UTF-16LE' || encoding === 'UTF-16BE' ? new TextDecoder(encoding, { ignoreBOM: true }) : undefined;
  let left = mark;
  for await (const chunk of chunks) {
    const bytes = chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
    yield wide ? Buffer.from(wide.decode(bytes, { stream: true })) : bytes;
  }
  if (wide) yield Buffer.from(wide.decode());
}
