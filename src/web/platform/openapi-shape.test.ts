import { describe, expect, it } from 'vitest';
import { type OpenApi, callsOf, curlOf, found, limitsOf, rowsOf, sampleOf, typeOf } from './openapi-shape.ts';

const DOCUMENT: OpenApi = {
  info: { version: '1' },
  paths: {
    '/livez': { get: { summary: 'Alive.', 'x-right': 'public', 'x-scope': 'none' } },
    '/api/orders/{id}/comments': {
      post: {
        summary: 'Say something about an order.',
        'x-right': 'orders.work',
        'x-scope': 'rows',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['note'],
                properties: { note: { type: 'string', minLength: 1, maxLength: 2000 }, tags: { type: 'array', items: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
  },
};

describe('the interface', () => {
  it('is grouped by what it is about', () => {
    expect(callsOf(DOCUMENT).map((call) => [call.tag, call.method, call.right, call.scoped])).toEqual([
      ['server', 'GET', 'public', false],
      ['orders', 'POST', 'orders.work', true],
    ]);
  });
  it('is found by path, words and right together', () => {
    const calls = callsOf(DOCUMENT);
    expect(found(calls, 'post order').map((call) => call.path)).toEqual(['/api/orders/{id}/comments']);
    expect(found(calls, 'public alive')).toHaveLength(1);
    expect(found(calls, 'nothing of the kind')).toEqual([]);
  });
  it('comes with a request that a shell runs', () => {
    expect(curlOf(callsOf(DOCUMENT)[1]!, 'http://x')).toBe(
      `curl -X POST 'http://x/api/orders/{id}/comments' \\\n  -H 'Authorization: Bearer '"$VOXLOOP_TOKEN" \\\n  -H 'x-voxloop: 1' \\\n  -H 'content-type: application/json' \\\n  -d '{"note":"…"}'`,
    );
  });
});

describe('a schema', () => {
  it('becomes rows, with what lies inside under its path', () => {
    const schema = {
      type: 'object',
      required: ['where'],
      properties: {
        where: {
          type: 'array',
          items: {
            anyOf: [
              { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
              { type: 'object', properties: { field: { enum: ['a', 'b'] } } },
            ],
          },
        },
        limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      },
    };
    expect(rowsOf(schema)).toEqual([
      { name: 'where', type: 'object[]', required: true, limits: '' },
      { name: 'where[].text', type: 'string', required: true, limits: '' },
      { name: 'where[].field', type: '"a" | "b"', required: false, limits: '' },
      { name: 'limit', type: 'integer', required: false, limits: '1–200, = 50' },
    ]);
    expect(sampleOf(schema)).toEqual({ where: [] });
  });
  it('is said in a word, without the bounds of every whole number', () => {
    expect(typeOf({ anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }] })).toBe('string (email) | null');
    expect(limitsOf({ type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })).toBe('');
    expect(limitsOf({ anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] })).toBe('≤ 9 chars');
  });
});
