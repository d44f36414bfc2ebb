import { z } from 'zod';
import { MEANINGS } from './errors.ts';
import type { Route } from './route.ts';

/** The OpenAPI 3.1 document of a route table. Zod speaks JSON Schema 2020-12, which is what 3.1 wants. */
export function openApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:([a-z_]+)/gi, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Voxloop 客声闭环', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'voxloop_session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'problems'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(MEANINGS) },
    problems: {
      type: 'array',
      items: { type: 'object', properties: { code: { type: 'string' }, row: { type: 'integer' }, column: { type: 'string' } } },
    },
  },
};

function operation(route: Route): object {
  const failure = { description: 'Problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    summary: route.summary,
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^a-z0-9]+/gi, '_')}`,
    'x-right': route.right,
    'x-scope': route.scope,
    ...(route.right === 'public' ? { security: [] } : { security: [{ session: [] }, { bearer: [] }] }),
    parameters: [...parameters('path', route.params), ...parameters('query', route.query), ...parameters('header', route.headers)],
    ...(route.body === undefined && route.bodyAs === undefined ? {} : { requestBody: requestBody(route) }),
    responses: {
      '200': {
        description: 'OK',
        ...(route.answer === undefined ? {} : { content: { 'application/json': { schema: schemaOf(route.answer) } } }),
      },
      default: failure,
    },
  };
}

function requestBody(route: Route): object {
  if (route.bodyAs === 'stream') {
    return {
      required: true,
      content: {
        'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } },
        'application/x-ndjson': { schema: { type: 'string' } },
        ...(route.body === undefined ? {} : { 'application/json': { schema: schemaOf(route.body) } }),
      },
    };
  }
  return { required: true, content: { 'application/json': { schema: route.body === undefined ? {} : schemaOf(route.body) } } };
}

function parameters(place: 'path' | 'query' | 'header', schema: z.ZodType | undefined): object[] {
  if (schema === undefined) return [];
  const json = schemaOf(schema) as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || (json.required ?? []).includes(name),
    schema: shape,
  }));
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Record<string, unknown>;
  return rest;
}
