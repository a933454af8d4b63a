import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createAudio, wavLength } from './audio-wav.ts';
import { createSystemClock } from './clock-system.ts';
import { createFiles } from './files.ts';
import { createFetchClient } from './http-fetch.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0)) await clean();
});

type Chunk = { name: string; bytes: Buffer; length?: number };

const text = (name: string) => Buffer.from(name, 'latin1');
const u32 = (n: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
};

function riff(...chunks: Chunk[]): Buffer {
  const parts = chunks.flatMap(({ name, bytes, length }) => {
    return [text(name), u32(length ?? bytes.length), bytes, Buffer.alloc(bytes.length % 2)];
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([text('RIFF'), u32(body.length + 4), text('WAVE'), body]);
}

/** 8 kHz, mono, 16 bit, as Exotel wants it. */
function format(more: { bytesPerSecond?: number; extensible?: boolean } = {}): Chunk {
  const bytes = Buffer.alloc(more.extensible ? 40 : 16);
  bytes.writeUInt16LE(more.extensible ? 0xfffe : 1, 0);
  bytes.writeUInt16LE(1, 2);
  bytes.writeUInt32LE(8000, 4);
  bytes.writeUInt32LE(more.bytesPerSecond ?? 16_000, 8);
  bytes.writeUInt16LE(2, 12);
  bytes.writeUInt16LE(16, 14);
  return { name: 'fmt ', bytes };
}
const sound = (seconds: number, length?: number): Chunk => {
  const bytes = Buffer.alloc(seconds * 16_000);
  return length === undefined ? { name: 'data', bytes } : { name: 'data', bytes, length };
};

describe('the length of a wav', () => {
  it('is told by its header alone', () => {
    expect(wavLength(riff(format(), sound(2.5)).subarray(0, 44))).toBe(2500);
  });

  it('is found behind tags, also those of odd length', () => {
    const tags = { name: 'LIST', bytes: Buffer.from('odd') };
    expect(wavLength(riff(tags, format({ extensible: true }), tags, sound(1)))).toBe(1000);
  });

  it('is counted from samples where the rate was left 0', () => {
    expect(wavLength(riff(format({ bytesPerSecond: 0 }), sound(3)))).toBe(3000);
  });

  it.each([0, 0xffffffff])('goes to the end of the file in a stream of length %i', (length) => {
    const stream = riff(format(), sound(4, length));
    expect(wavLength(stream, stream.length)).toBe(4000);
    expect(wavLength(stream)).toBeUndefined();
  });

  it('is what is there when the file was cut short', () => {
    const cut = riff(format(), sound(4)).subarray(0, 44 + 16_000);
    expect(wavLength(cut, cut.length)).toBe(1000);
  });

  it('is not told by other files', () => {
    expect(wavLength(Buffer.from(''))).toBeUndefined();
    expect(wavLength(Buffer.from('ID3 this is an mp3, renamed'))).toBeUndefined();
    expect(wavLength(riff(sound(1)))).toBeUndefined();
    expect(wavLength(riff(format()))).toBeUndefined();
    expect(wavLength(Buffer.concat([text('RIFF'), u32(4), text('AVI ')]))).toBeUndefined();
  });

  it('never throws, and is a length or nothing, whatever the bytes', () => {
    const garbage = fc.uint8Array({ maxLength: 400 });
    const pieces = fc.array(
      fc.oneof(garbage, fc.constantFrom('fmt ', 'data', 'LIST').map(text), fc.nat().map(u32), fc.constant(format().bytes)),
    );
    const nearly = pieces.map((parts) => Buffer.concat([text('RIFF'), u32(0), text('WAVE'), ...parts]));
    fc.assert(
      fc.property(fc.oneof(garbage, nearly), fc.option(fc.nat(), { nil: undefined }), (bytes, size) => {
        const length = wavLength(bytes, size);
        expect(length === undefined || (Number.isInteger(length) && length >= 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes bounded time for a header of a million empty chunks', () => {
    // Work that grows with the square of it runs into the time-out of the test.
    const long = Buffer.concat([riff(format()), Buffer.alloc(8_000_000)]);
    expect(wavLength(long, long.length)).toBeUndefined();
  });
});

describe('recordings of a flow', () => {
  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'press9-audio-'));
    cleanUp.push(() => rm(path, { recursive: true }));
    return path;
  }

  it('are found beside the flow, and by absolute path and file: address', async () => {
    const base = await folder();
    const path = join(base, 'hello.wav');
    await writeFile(path, riff(format(), sound(1.5)));
    const audio = createAudio(createFetchClient(createSystemClock()), createFiles(), base);
    expect(await audio.length('hello.wav')).toBe(1500);
    expect(await audio.length(path)).toBe(1500);
    expect(await audio.length(pathToFileURL(path).href)).toBe(1500);
    expect(await audio.length('missing.wav')).toBeUndefined();
    expect(await audio.length('../..')).toBeUndefined();
  });

  it('are measured over HTTP by their beginning, and asked for once', async () => {
    const wav = riff(format(), sound(120));
    let asked = 0;
    const server = createServer((request, response) => {
      asked++;
      if (request.url === '/long.wav') response.end(wav);
      else response.writeHead(404).end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    cleanUp.push(async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    });
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const audio = createAudio(createFetchClient(createSystemClock()), createFiles(), '.');
    expect(await audio.length(`${base}/long.wav`)).toBe(120_000);
    expect(await audio.length(`${base}/long.wav`)).toBe(120_000);
    expect(await audio.length(`${base}/gone.wav`)).toBeUndefined();
    expect(asked).toBe(2);
  });
});
