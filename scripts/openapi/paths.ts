import { keyOf, type Schema, typeOf } from './schema-type.ts';

interface Media {
  schema?: Schema;
}
interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema?: Schema;
}
interface Body {
  required?: boolean;
  content?: Readonly<Record<string, Media>>;
}
export interface Operation {
  parameters?: readonly Parameter[];
  requestBody?: Body;
  responses?: Readonly<Record<string, Body>>;
}
export interface OpenApi {
  openapi: string;
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: { schemas?: Readonly<Record<string, Schema>> };
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/**
 * The types openapi-fetch reads, from an OpenAPI 3.1 document.
 *
 * @param under only paths below this one, which is taken off (`/api/v1`).
 * @returns the text of a module with `paths` and `components`.
 */
export function typesOf(document: OpenApi, under = ''): string {
  const paths = Object.entries(document.paths)
    .filter(([path]) => path.startsWith(`${under}/`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, operations]) => pathType(path.slice(under.length), operations));
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => `    ${keyOf(name)}: ${typeOf(schema)};`,
  );
  return [
    '// Made by scripts/openapi-client.ts from the server’s OpenAPI document. Do not edit.',
    'export interface paths {',
    ...paths,
    '}',
    'export interface components {',
    `  schemas: {${schemas.length > 0 ? `\n${schemas.join('\n')}\n  ` : ''}};`,
    '}',
    '',
  ].join('\n');
}

function pathType(path: string, operations: Readonly<Record<string, Operation>>): string {
  const lines = METHODS.flatMap((method) => {
    const operation = operations[method];
    return operation ? [`    ${method}: ${operationType(operation)};`] : [];
  });
  return [`  ${JSON.stringify(path)}: {`, ...lines, '  };'].join('\n');
}

function operationType(operation: Operation): string {
  const places = (['path', 'query', 'header', 'cookie'] as const).map((place) => placeType(operation, place));
  const body = operation.requestBody;
  const parts = [
    `parameters: { ${places.join('; ')} }`,
    body ? `requestBody${body.required ? '' : '?'}: ${contentType(body)}` : 'requestBody?: never',
    `responses: { ${Object.entries(operation.responses ?? {})
      .map(([status, response]) => `${keyOf(status)}: ${contentType(response)}`)
      .join('; ')} }`,
  ];
  return `{ ${parts.join('; ')} }`;
}

function placeType({ parameters = [] }: Operation, place: Parameter['in']): string {
  const here = parameters.filter((parameter) => parameter.in === place);
  if (here.length === 0) return `${place}?: never`;
  const needed = place === 'path' || here.some((parameter) => parameter.required);
  const fields = here.map(
    ({ name, required, schema }) =>
      `${keyOf(name)}${required || place === 'path' ? '' : '?'}: ${typeOf(schema)}`,
  );
  return `${place}${needed ? '' : '?'}: { ${fields.join('; ')} }`;
}

/** Bodies by media type; a response without one (204, a file) has no content a client reads as JSON. */
function contentType({ content }: Body): string {
  const media = Object.entries(content ?? {});
  if (media.length === 0) return '{ content?: never }';
  const types = media.map(([type, { schema }]) => `${JSON.stringify(type)}: ${typeOf(schema)}`);
  return `{ content: { ${types.join('; ')} } }`;
}
