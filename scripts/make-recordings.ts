import { mkdirSync, writeFileSync } from 'node:fs';

const SAMPLES_PER_SECOND = 8000;

/** A recording: notes in hertz, each `ms` long; a note of 0 Hz is silence. */
type Recording = readonly (readonly [hertz: number, ms: number])[];

/** Placeholders for speech: one melody for each segment, so that an ear can tell them apart. */
const RECORDINGS: Readonly<Record<string, Recording>> = {
  'your-order': [
    [392, 180],
    [440, 180],
    [494, 260],
    [0, 180],
  ],
  one: [
    [523, 240],
    [0, 160],
  ],
  two: [
    [587, 110],
    [0, 40],
    [587, 110],
    [0, 160],
  ],
  three: [
    [659, 90],
    [0, 30],
    [659, 90],
    [0, 30],
    [659, 90],
    [0, 160],
  ],
  four: [
    [698, 70],
    [0, 30],
    [698, 70],
    [0, 30],
    [698, 70],
    [0, 30],
    [698, 70],
    [0, 160],
  ],
  'has-been-shipped': [
    [494, 180],
    [587, 180],
    [784, 420],
    [0, 120],
  ],
  'is-delayed': [
    [494, 200],
    [440, 200],
    [330, 420],
    [0, 120],
  ],
  'is-on-its-way': [
    [494, 200],
    [523, 200],
    [494, 420],
    [0, 120],
  ],
};

/** A wav file as Exotel takes it: 8 kHz, mono, 16 bit. The same bytes every time. */
export function wav(recording: Recording): Buffer {
  const sound = Buffer.concat(recording.map(([hertz, ms]) => note(hertz, ms)));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + sound.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  header.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(sound.length, 40);
  return Buffer.concat([header, sound]);
}

/** One tone, faded in and out over 10 ms so that it does not click. */
function note(hertz: number, ms: number): Buffer {
  const count = (SAMPLES_PER_SECOND * ms) / 1000;
  const samples = Buffer.alloc(count * 2);
  for (let i = 0; i < count; i++) {
    const fade = Math.min(1, i / 80, (count - i) / 80);
    const wave = Math.sin((2 * Math.PI * hertz * i) / SAMPLES_PER_SECOND);
    samples.writeInt16LE(Math.round(8000 * fade * wave), i * 2);
  }
  return samples;
}

/** Every recording of the example `recorded-segments`, by file name. */
export const recordings = (): ReadonlyMap<string, Buffer> =>
  new Map(Object.entries(RECORDINGS).map(([name, recording]) => [`${name}.wav`, wav(recording)]));

if (process.argv[1] === import.meta.filename) {
  const folder = new URL('../flows/recorded-segments/recordings/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of recordings()) writeFileSync(new URL(name, folder), bytes);
}
