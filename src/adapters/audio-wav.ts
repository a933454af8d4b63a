import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ms, ms } from '../core/ids.ts';
import type { Audio, Files, HttpClient } from '../core/ports.ts';

/** Enough for a header with a good deal of tags before the sound. */
const HEADER_BYTES = 65_536;
const PATIENCE = ms(5000);
/** Chunks that may stand before the sound. */
const MOST_CHUNKS = 64;

/**
 * How long a RIFF/WAVE recording plays, from its beginning; undefined when that is no wav header or does not tell.
 * @param size of the whole file in bytes, if known: for recordings that were streamed and do not know their own length.
 */
export function wavLength(header: Uint8Array, size?: number): Ms | undefined {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.byteLength < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') return undefined;
  let bytesPerSecond = 0;
  for (let at = 12, n = 0; at + 8 <= view.byteLength && n < MOST_CHUNKS; n++) {
    const length = view.getUint32(at + 4, true);
    if (tag(view, at) === 'fmt ' && at + 24 <= view.byteLength) bytesPerSecond = rateOf(view, at + 8);
    if (tag(view, at) === 'data') return playingTime(soundBytes(length, at + 8, size), bytesPerSecond);
    at += 8 + length + (length % 2); // chunks begin at even places
  }
  return undefined;
}

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

/** Bytes a second, as written, or counted from samples, channels and width where a program left it 0. */
function rateOf(view: DataView, at: number): number {
  const written = view.getUint32(at + 8, true);
  if (written > 0) return written;
  const [channels, samples, bits] = [view.getUint16(at + 2, true), view.getUint32(at + 4, true), view.getUint16(at + 14, true)];
  return (channels * samples * bits) / 8;
}

/** A stream is written with a length of 0 or the largest number there is: the sound goes on to the end of the file. */
function soundBytes(written: number, from: number, size: number | undefined): number | undefined {
  const left = size === undefined ? undefined : Math.max(0, size - from);
  if (written === 0 || written === 0xffffffff) return left;
  return left === undefined ? written : Math.min(written, left);
}

function playingTime(bytes: number | undefined, bytesPerSecond: number): Ms | undefined {
  return bytes === undefined || bytesPerSecond === 0 ? undefined : ms(Math.round((bytes / bytesPerSecond) * 1000));
}

/**
 * Lengths of recordings: behind http and https addresses, and in files relative to `base`. Each is looked up once.
 * @param http must not run on the virtual clock of the call that asks, which stands still meanwhile: give it a client on a
 * system clock.
 */
export function createAudio(http: HttpClient, files: Files, base: string): Audio {
  const known = new Map<string, Promise<Ms | undefined>>();
  return {
    length(url) {
      const found = known.get(url) ?? (/^https?:/i.test(url) ? ofAddress(http, url) : ofFile(files, base, url));
      known.set(url, found);
      return found;
    },
  };
}

function ofAddress(http: HttpClient, url: string): Promise<Ms | undefined> {
  return new Promise((done) => {
    const request = { method: 'GET', url, headers: [], timeout: PATIENCE, firstBytes: HEADER_BYTES } as const;
    http.send(request, (answer) => {
      if (!answer.ok || answer.status !== 200) return done(undefined);
      const bytes = Buffer.from(answer.body, 'latin1');
      done(wavLength(bytes, bytes.length < HEADER_BYTES ? bytes.length : undefined));
    });
  });
}

async function ofFile(files: Files, base: string, url: string): Promise<Ms | undefined> {
  try {
    const path = url.startsWith('file:') ? fileURLToPath(url) : url;
    const bytes = await files.read(isAbsolute(path) ? path : resolve(base, path));
    return wavLength(bytes, bytes.length);
  } catch {
    return undefined;
  }
}
