import * as z from 'zod';
import type { Described } from './route.ts';
import { CONTROL } from './serve.ts';

/** The control plane as an OpenAPI 3.1 document, made from its routes. */
export function openApi(routes: readonly Described[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of routes) {
    const path = `${CONTROL}/${one.path}`.replace(/\/$/, '');
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operation(one) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'press9 control plane',
      version,
      description: "Operates the emulator: people, their phones, time and faults. No part of Exotel's API.",
    },
    paths,
  };
}

function operation({
  path,
  method,
  summary,
  body,
  query = [],
  produces = 'application/json',
}: Described): Record<string, unknown> {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = query.map(({ name, about }) => ({ name, in: 'query', description: about, schema: { type: 'string' } }));
  const parameters = [...named, ...asked];
  return {
    operationId: `${method.toLowerCase()}-${path.replace(/[{}]/g, '').replace(/\W+/g, '-') || 'overview'}`,
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: {
      200: { description: 'Done', content: { [produces]: {} } },
      ...(body && { 400: ERROR('The body is not as it should be') }),
      ...(named.length > 0 && { 404: ERROR('There is no such thing') }),
      ...(method === 'POST' && { 409: ERROR('It cannot be done as things stand') }),
    },
  };
}

const ERROR = (description: string) => ({
  description,
  content: { 'application/json': { schema: { type: 'object', properties: { error: { type: 'string' } } } } },
});

function schemaOf(body: z.ZodType): unknown {
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
  return schema;
}
