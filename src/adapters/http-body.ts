/** The body went past the limit. */
export class TooLarge extends Error {
  override name = 'TooLarge' as const;
}

/**
 * Reads a body piece by piece, never more than `most` bytes of it.
 * @param past what to do with a longer body: keep its beginning, or throw `TooLarge`.
 */
export async function readBody(response: Response, most: number, past: 'cut' | 'throw'): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  while (reader !== undefined && (size < most || past === 'throw')) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    pieces.push(value);
    if (size > most && past === 'throw') {
      await reader.cancel();
      throw new TooLarge();
    }
  }
  if (size >= most) await reader?.cancel();
  return Buffer.concat(pieces).subarray(0, most);
}

/** Text in the charset that the Content-Type names; UTF-8 when it names none, or one that nobody knows. */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
