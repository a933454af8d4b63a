import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from './callback.ts';
import { encodeCallback } from './encode.ts';

const FIELDS: readonly Field[] = [
  ['CallSid', '5cbf7eb1f3fdbd0b7b4e2f4fa5d219co'],
  ['Status', 'completed'],
  ['ConversationDuration', '37'],
  ['CustomField', 'Tür "7"\r\nनमस्ते'],
  ['Digits', '9'],
  ['Legs[0][OnCallDuration]', '41'],
  ['Legs[0][Status]', 'completed'],
  ['Legs[1][OnCallDuration]', '0'],
  ['Legs[1][Status]', ''],
];

/** As a server reads it. */
const parsed = async ({ contentType, body }: { contentType: string; body: string }) => [
  ...(await new Response(body, { headers: { 'content-type': contentType } }).formData()),
];

describe('a callback as form data', () => {
  it('is read back by any server, with Legs flattened', async () => {
    expect(await parsed(encodeCallback(FIELDS))).toEqual(FIELDS.map(([name, value]) => [name, value]));
  });

  it('is the same bytes for the same call', () => {
    expect(encodeCallback(FIELDS)).toEqual(encodeCallback(FIELDS));
    expect(encodeCallback(FIELDS).contentType).toBe('multipart/form-data; boundary=----press9-5cbf7eb1f3fdbd0b7b4e2f4fa5d219co');
  });

  it('survives a value that has the boundary in it', async () => {
    const nasty: Field[] = [...FIELDS, ['CustomField', '--'.concat('----press9-5cbf7eb1f3fdbd0b7b4e2f4fa5d219co', '--\r\n')]];
    expect(await parsed(encodeCallback(nasty))).toEqual(nasty);
  });

  it('carries any text', async () => {
    const value = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(value, value, async (sid, field) => {
        const fields: Field[] = [
          ['CallSid', sid],
          ['CustomField', field],
        ];
        expect(await parsed(encodeCallback(fields))).toEqual(fields);
      }),
    );
  });

  it('does not let a name break out of its quotes', async () => {
    const { body } = encodeCallback([['a"\r\nX: 1', 'b']]);
    expect(body).toContain('name="a%22%0D%0AX: 1"');
  });
});

describe('a callback as JSON', () => {
  it('nests the legs, counts in numbers, and knows a leg that never was', () => {
    const { contentType, body } = encodeCallback(FIELDS, 'application/json');
    expect(contentType).toBe('application/json');
    expect(JSON.parse(body)).toEqual({
      CallSid: '5cbf7eb1f3fdbd0b7b4e2f4fa5d219co',
      Status: 'completed',
      ConversationDuration: 37,
      CustomField: 'Tür "7"\r\nनमस्ते',
      Digits: '9',
      Legs: [
        { OnCallDuration: 41, Status: 'completed' },
        { OnCallDuration: 0, Status: null },
      ],
    });
  });

  it('has no Legs when there are none', () => {
    expect(JSON.parse(encodeCallback([['Status', 'busy']], 'application/json').body)).toEqual({ Status: 'busy' });
  });
});
