import { Busboy } from '@fastify/busboy';

type Pairs = readonly (readonly [name: string, value: string])[];
export type ReadBody = { ok: true; pairs: Pairs } | { ok: false; says: string };

export type ParseForm = (text: string) => Pairs;

/**
 * The fields of a body, whatever it calls itself: urlencoded, multipart or a JSON object. What is labelled as one and plainly
 * is another is read as what it is, as clients in the field do get it wrong.
 */
export async function readBody(contentType: string, body: Uint8Array | undefined, parseForm: ParseForm): Promise<ReadBody> {
  if (body === undefined || body.byteLength === 0) return { ok: true, pairs: [] };
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return { ok: true, pairs: parseForm(textOf(body)) };
  const boundary = boundaryOf(contentType, body);
  if (boundary !== undefined) return readMultipart(boundary, body);
  const text = textOf(body);
  if (type === 'multipart/form-data') return { ok: false, says: 'multipart/form-data without a boundary' };
  if (type.endsWith('json') || /^\s*[{[]/.test(text)) return readJson(text);
  return { ok: true, pairs: parseForm(text) };
}

const decoder = new TextDecoder();
const textOf = (body: Uint8Array): string => decoder.decode(body);

/** As the header says; else, of a body that begins as multipart does, its first line. */
function boundaryOf(contentType: string, body: Uint8Array): string | undefined {
  const named = /^\s*multipart\/form-data\b.*?;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (named) return named[1] ?? named[2];
  if (body[0] !== 0x2d || body[1] !== 0x2d) return undefined;
  return /^--([!-~]{1,70})\r?\n[Cc]ontent-[Dd]isposition:/.exec(textOf(body.subarray(0, 300)))?.[1];
}

const MOST_FIELDS = 10_000;

function readMultipart(boundary: string, body: Uint8Array): Promise<ReadBody> {
  const pairs: [string, string][] = [];
  return new Promise((done) => {
    const broken = (says: string) => done({ ok: false, says: `the multipart body is broken: ${says}` });
    try {
      const form = new Busboy({
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        limits: { fieldNameSize: 200, fieldSize: 1_100_000, fields: MOST_FIELDS, files: 100 },
      });
      form.on('field', (name, value) => void pairs.push([name, value]));
      form.on('file', (name, file) => {
        let text = '';
        file.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        file.on('end', () => pairs.push([name, text]));
      });
      form.on('finish', () => done({ ok: true, pairs }));
      form.on('error', (error: unknown) => broken(error instanceof Error ? error.message : String(error)));
      form.end(Buffer.from(body));
    } catch (error) {
      broken(error instanceof Error ? error.message : String(error));
    }
  });
}

function readJson(text: string): ReadBody {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ok: true, pairs: flattened(json) };
    return { ok: false, says: 'the JSON body is no object' };
  } catch {
    return { ok: false, says: 'the body calls itself JSON and is none' };
  }
}

function flattened(json: object): Pairs {
  return Object.entries(json).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (Array.isArray(value)) return value.map((one, i) => [`${name}[${i}]`, scalar(one)]);
    return value === null || value === undefined ? [] : [[name, scalar(value)]];
  });
}

const scalar = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
