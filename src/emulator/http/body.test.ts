import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForm } from '../../exotel/fields.ts';
import { readBody } from './body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (type: string, text: string) => readBody(type, bytes(text), parseForm);
const part = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

describe('a body', () => {
  it.each([
    [
      'application/x-www-form-urlencoded',
      'From=098&To%5B0%5D=a+b',
      [
        ['From', '098'],
        ['To[0]', 'a b'],
      ],
    ],
    ['', '&From=098&&', [['From', '098']]],
    [
      'multipart/form-data; boundary=b',
      `${part('From', '098')}${part('Events[]', 'terminal')}--b--\r\n`,
      [
        ['From', '098'],
        ['Events[]', 'terminal'],
      ],
    ],
    ['multipart/form-data; boundary="b"', `preamble\r\n${part('From', '098')}--b--`, [['From', '098']]],
    [
      'application/json',
      '{"From":"098","Events":["a",1],"Record":true,"To":null}',
      [
        ['From', '098'],
        ['Events[0]', 'a'],
        ['Events[1]', '1'],
        ['Record', 'true'],
      ],
    ],
    ['application/vnd.api+json; charset=utf-8', '{"Nested":{"a":1}}', [['Nested', '{"a":1}']]],
    ['text/plain', 'From=098', [['From', '098']]],
  ])('of the type "%s" gives its fields', async (type, text, pairs) => {
    expect(await read(type, text)).toEqual({ ok: true, pairs });
  });

  it('gives the text of a file as the value of its field', async () => {
    const file =
      '--b\r\nContent-Disposition: form-data; name="From"; filename="from.txt"\r\nContent-Type: text/plain\r\n\r\n098\r\n--b--';
    expect(await read('multipart/form-data; boundary=b', file)).toEqual({ ok: true, pairs: [['From', '098']] });
  });

  it('that is not there, or empty, has no fields', async () => {
    for (const body of [undefined, new Uint8Array()])
      expect(await readBody('application/json', body, parseForm)).toEqual({ ok: true, pairs: [] });
  });

  it.each([
    ['application/json', '{"From"', 'the body calls itself JSON and is none'],
    ['application/json', 'hello there', 'the body calls itself JSON and is none'],
    ['application/json', '["a"]', 'the JSON body is no object'],
    ['multipart/form-data', 'hello there', 'multipart/form-data without a boundary'],
    ['multipart/form-data; boundary=b', part('From', '098'), 'the multipart body is broken: Unexpected end of multipart data'],
  ])('of the type "%s" that is none is refused: %s', async (type, text, says) => {
    expect(await read(type, text)).toEqual({ ok: false, says });
  });

  it('whose parts have no name has no fields', async () => {
    const nameless =
      '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name\r\n\r\nx\r\n--b--';
    expect(await read('multipart/form-data; boundary=b', nameless)).toEqual({ ok: true, pairs: [] });
  });

  it('may have as many fields as a whitelist has numbers', async () => {
    const pairs = Array.from({ length: 10_001 }, (_, i) => [`Number[${i}]`, String(i)] as const);
    const text = `${pairs.map(([name, value]) => part(name, value)).join('')}--b--`;
    expect(await read('multipart/form-data; boundary=b', text)).toEqual({ ok: true, pairs });
  });

  it('as deep as a well neither throws nor takes long', async () => {
    const deep = `{"From":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(await read('application/json', deep)).toMatchObject({ ok: false });
  });
});

const types = fc.oneof(
  fc.constantFrom(
    '',
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'text/plain',
  ),
  fc.string(),
);
const scraps = fc.array(
  fc.constantFrom(
    '--b',
    '--b--',
    '\r\n',
    '\n',
    'Content-Disposition: form-data; name="a"',
    '; filename="x"',
    '; name',
    'Content-Type:',
    '=',
    '&',
    '%',
    '{',
    '}',
    '"',
    ':',
    'ü',
    '\u0000',
  ),
  { maxLength: 25 },
);

it('whatever the bytes and the label, an answer comes and nothing is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(
      types,
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        scraps.map((some) => bytes(some.join(''))),
      ),
      async (type, body) => {
        const answer = await readBody(type, body, parseForm);
        if (answer.ok) for (const pair of answer.pairs) expect(pair.map((one) => typeof one)).toEqual(['string', 'string']);
        else expect(answer.says).toMatch(/\w/);
      },
    ),
    { numRuns: 500 },
  );
});

it('what a browser writes as multipart comes back as it was', async () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.toWellFormed().replace(/\r\n?|\n/g, '\r\n'));
  const names = fc.string({ unit: fc.constantFrom(...'abcXYZ[]019 .-ü'), minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, texts), { minLength: 1, maxLength: 8 }), async (pairs) => {
      const form = new FormData();
      for (const [name, value] of pairs) form.append(name, value);
      const response = new Response(form);
      const type = response.headers.get('content-type') ?? '';
      expect(await readBody(type, await response.bytes(), parseForm)).toEqual({ ok: true, pairs });
    }),
    { numRuns: 100 },
  );
});

it('a boundary may be any that a header can hold', async () => {
  const chars = [...'\'()+_,-./:=? abcXYZ019"\\'];
  const boundaries = fc
    .string({ unit: fc.constantFrom(...chars), minLength: 1, maxLength: 60 })
    .filter((one) => !one.endsWith(' '));
  await fc.assert(
    fc.asyncProperty(boundaries, async (boundary) => {
      const body = `--${boundary}\r\nContent-Disposition: form-data; name="From"\r\n\r\n098\r\n--${boundary}--\r\n`;
      const type = `multipart/form-data; boundary="${boundary.replace(/["\\]/g, '\\$&')}"`;
      expect(await read(type, body)).toEqual({ ok: true, pairs: [['From', '098']] });
    }),
    { numRuns: 200 },
  );
});

it('a file that ends in the middle is a broken body', async () => {
  const cut = '------x\r\nContent-Disposition: form-data; name="From"; filename="a"\r\nContent-Type: text/plain\r\n\r\nabc';
  expect(await read('multipart/form-data; boundary=----x', cut)).toMatchObject({
    ok: false,
    says: expect.stringContaining('the multipart body is broken'),
  });
});

it('a body of blanks is read in bounded time', async () => {
  expect(await read('text/plain', `a=${' '.repeat(500_000)}\r\nx`)).toMatchObject({ ok: true });
});
