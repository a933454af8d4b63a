import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openApi } from './openapi.ts';
import { CannotDo, done, limitIn, route } from './route.ts';

const routes = [
  route({ method: 'GET', path: '', summary: 'All of it', handle: () => done() }),
  route({
    method: 'GET',
    path: 'calls/{sid}',
    summary: 'One',
    query: [{ name: 'limit', about: 'how many' }],
    handle: () => done(),
  }),
  route({
    method: 'POST',
    path: 'calls/{sid}/press',
    summary: 'Press',
    body: z.strictObject({ keys: z.string().min(1), by: z.string().transform(Number).optional() }),
    handle: () => done(),
  }),
];

describe('the document of the control plane', () => {
  const document = openApi(routes, '1.2.3') as { info: object; paths: Record<string, Record<string, Record<string, unknown>>> };

  it('has a path for each route, with its parameters', () => {
    expect(document.info).toMatchObject({ title: 'press9 control plane', version: '1.2.3' });
    expect(Object.keys(document.paths)).toEqual(['/_press9', '/_press9/calls/{sid}', '/_press9/calls/{sid}/press']);
    expect(document.paths['/_press9/calls/{sid}']?.['get']).toMatchObject({
      operationId: 'get-calls-sid',
      parameters: [
        { name: 'sid', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'limit', in: 'query' },
      ],
      responses: { 200: {}, 404: {} },
    });
    expect(document.paths['/_press9']?.['get']).not.toHaveProperty('parameters');
  });

  it('says what a body is before it is read', () => {
    expect(document.paths['/_press9/calls/{sid}/press']?.['post']?.['requestBody']).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { keys: { type: 'string', minLength: 1 }, by: { type: 'string' } },
            required: ['keys'],
            additionalProperties: false,
          },
        },
      },
    });
  });
});

it.each([
  [{}, 100],
  [{ limit: '7' }, 7],
  [{ limit: '0' }, 1],
  [{ limit: '999999' }, 10_000],
  [{ limit: '-1' }, 100],
  [{ limit: 'all' }, 100],
])('a list asked for with %j has at most %i', (query, most) => {
  expect(limitIn(query)).toBe(most);
});

it('what cannot be done has a status', () => {
  expect(new CannotDo(409, 'it is over')).toMatchObject({ status: 409, message: 'it is over', name: 'CannotDo' });
});
