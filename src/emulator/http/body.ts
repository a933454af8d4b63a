import { Busboy } from '@fastify/busboy';

type Pairs = readonly (readonly [name: string, value: string])[];
export type ReadBody = { ok: true; pairs: Pairs } | { ok: false; says: string };

export type ParseForm = (text: string) => Pairs;

/**
 * The fields of a body, whatever it calls itself: urlencoded, multipart or a JSON object. What is labelled as one and plainly
 * is another is read as what it is, as clients in the field do get it wrong. Never throws.
 */
export async function readBody(contentType: string, body: Uint8Array | undefined, parseForm: ParseForm): Promise<ReadBody> {
  if (body === undefined || body.byteLength === 0) return { ok: true, pairs: [] };
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const own = ownBoundary(body);
  if (own !== undefined) return readMultipart(own, body);
  const text = textOf(body);
  if (/^\s*[{[]/.test(text)) {
    const json = readJson(text);
    if (json.ok || type !== FORM) return json;
  }
  if (type === FORM || isForm(text)) return { ok: true, pairs: parseForm(text) };
  if (type === 'multipart/form-data') return readNamed(contentType, body);
  return type.endsWith('json') ? NO_JSON : { ok: true, pairs: parseForm(text) };
}

const FORM = 'application/x-www-form-urlencoded';
const NO_JSON: ReadBody = { ok: false, says: 'the body calls itself JSON and is none' };

const decoder = new TextDecoder();
const textOf = (body: Uint8Array): string => decoder.decode(body);

/** A name and an equals sign in front, on one line and without a space. */
const isForm = (text: string): boolean => /^&*[^\s=&{}<>"]+=[^\r\n]*$/.test(text.trimEnd());

/** Of a body that begins as multipart does, its first line. */
function ownBoundary(body: Uint8Array): string | undefined {
  if (body[0] !== 0x2d || body[1] !== 0x2d) return undefined;
  return /^--([!-~]{1,70})\r?\ncontent-[a-z-]+:/i.exec(textOf(body.subarray(0, 300)))?.[1];
}

function readNamed(contentType: string, body: Uint8Array): Promise<ReadBody> | ReadBody {
  const named = /;\s*boundary=(?:"((?:[^"\\]|\\.)+)"|([^;\s]+))/i.exec(contentType);
  const boundary = named?.[1]?.replace(/\\(.)/g, '$1') ?? named?.[2];
  return boundary === undefined ? { ok: false, says: 'multipart/form-data without a boundary' } : readMultipart(boundary, body);
}

/** The size of a body is limited before it comes here, so nothing of it has to be. */
function readMultipart(boundary: string, body: Uint8Array): Promise<ReadBody> {
  const pairs: [string, string][] = [];
  return new Promise((done) => {
    const broken = (error: unknown) =>
      done({ ok: false, says: `the multipart body is broken: ${error instanceof Error ? error.message : error}` });
    try {
      const form = new Busboy({
        headers: { 'content-type': `multipart/form-data; boundary="${boundary.replace(/["\\]/g, '\\$&')}"` },
        limits: { fieldNameSize: body.byteLength, fieldSize: body.byteLength },
      });
      form.on('field', (name, value) => void pairs.push([name, value]));
      form.on('file', (name, file) => {
        let text = '';
        file.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        file.on('end', () => pairs.push([name, text]));
        file.on('error', broken);
      });
      form.on('finish', () => done({ ok: true, pairs: pairs.filter(([name]) => typeof name === 'string') }));
      form.on('error', broken);
      form.end(Buffer.from(body));
    } catch (error) {
      broken(error);
    }
  });
}

function readJson(text: string): ReadBody {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ok: true, pairs: flattened(json) };
    return { ok: false, says: 'the JSON body is no object' };
  } catch {
    return NO_JSON;
  }
}

function flattened(json: object): Pairs {
  return Object.entries(json).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (Array.isArray(value)) return value.map((one, i) => [`${name}[${i}]`, scalar(one)]);
    return value === null || value === undefined ? [] : [[name, scalar(value)]];
  });
}

const scalar = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
