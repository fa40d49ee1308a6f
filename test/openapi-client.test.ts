import { describe, expect, it } from 'vitest';
import { typesOf } from '../scripts/openapi/paths.ts';
import { type Schema, typeOf } from '../scripts/openapi/schema-type.ts';

describe('types from schemas', () => {
  const cases: [Schema, string][] = [
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'string', nullable: true }, 'string | null'],
    [{ enum: ['open', 'delayed'] }, '"open" | "delayed"'],
    [{ const: 3 }, '3'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } }, '(string | number)[]'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'Record<string, string>'],
    [{ type: 'object', patternProperties: { '^.*$': { type: 'number' } } }, 'Record<string, number>'],
    [
      { type: 'object', required: ['id'], properties: { id: { type: 'string' }, 'a-b': {} } },
      '{ id: string; "a-b"?: unknown }',
    ],
    [
      {
        allOf: [{ $ref: '#/components/schemas/A' }, { type: 'object', properties: { n: { type: 'null' } } }],
      },
      'components[\'schemas\']["A"] & { n?: null }',
    ],
    [{}, 'unknown'],
  ];
  it.each(cases)('turns %j into %s', (schema, type) => expect(typeOf(schema)).toBe(type));
});

describe('types from paths', () => {
  it('writes parameters, bodies and answers, and leaves other paths out', () => {
    const text = typesOf(
      {
        openapi: '3.1.0',
        paths: {
          '/healthz': { get: {} },
          '/api/v1/units/{id}': {
            patch: {
              parameters: [
                { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
                { name: 'limit', in: 'query', schema: { type: 'integer' } },
              ],
              requestBody: {
                required: true,
                content: {
                  'application/json': { schema: { type: 'object', properties: { a: { type: 'string' } } } },
                },
              },
              responses: {
                200: { content: { 'application/json': { schema: { type: 'string' } } } },
                204: {},
              },
            },
          },
        },
      },
      '/api/v1',
    );
    expect(text).toContain('"/units/{id}": {');
    expect(text).toContain(
      'patch: { parameters: { path: { id: string }; query?: { limit?: number }; header?: never; cookie?: never }',
    );
    expect(text).toContain('requestBody: { content: { "application/json": { a?: string } } }');
    expect(text).toContain(
      'responses: { 200: { content: { "application/json": string } }; 204: { content?: never } }',
    );
    expect(text).not.toContain('healthz');
  });
});
