/** The part of JSON Schema (2020-12, as OpenAPI 3.1 uses it) that the generator turns into types. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  nullable?: boolean;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  patternProperties?: Readonly<Record<string, Schema>>;
  items?: Schema | readonly Schema[];
  prefixItems?: readonly Schema[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
}

/** `a` and `200` as they are, `'a-b'` in quotation marks: `keyof` tells numbers from strings. */
export function keyOf(name: string): string {
  return /^(?:[A-Za-z_$][\w$]*|[1-9]\d*)$/.test(name) ? name : JSON.stringify(name);
}

/** The TypeScript type of a schema, on one line. What says nothing is `unknown`. */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'unknown';
  const plain = withoutNull(schema);
  return schema.nullable ? union([plain, 'null']) : plain;
}

function withoutNull(schema: Schema): string {
  if (schema.$ref) return refType(schema.$ref);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return union(schema.enum.map(literal));
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return union(choice.map(typeOf));
  if (schema.allOf) return schema.allOf.map((part) => parenthesised(typeOf(part))).join(' & ');
  if (Array.isArray(schema.type)) return union(schema.type.map((type: string) => ofType(type, schema)));
  if (typeof schema.type === 'string') return ofType(schema.type, schema);
  return schema.properties ? objectType(schema) : 'unknown';
}

function ofType(type: string, schema: Schema): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return arrayType(schema);
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function arrayType({ items, prefixItems }: Schema): string {
  const fixed = prefixItems ?? (Array.isArray(items) ? (items as readonly Schema[]) : undefined);
  if (fixed) return `[${fixed.map(typeOf).join(', ')}]`;
  return `${parenthesised(typeOf(items as Schema | undefined))}[]`;
}

function objectType(schema: Schema): string {
  const needed = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `${keyOf(name)}${needed.has(name) ? '' : '?'}: ${typeOf(field)}`,
  );
  const rest = restType(schema);
  if (fields.length === 0) return `Record<string, ${rest ?? 'unknown'}>`;
  const own = `{ ${fields.join('; ')} }`;
  return rest ? `${own} & Record<string, ${rest}>` : own;
}

function restType({ additionalProperties: more, patternProperties: patterns }: Schema): string | undefined {
  if (patterns) return union(Object.values(patterns).map(typeOf));
  return typeof more === 'object' ? typeOf(more) : undefined;
}

function refType(ref: string): string {
  const name = /^#\/components\/schemas\/(.+)$/.exec(ref)?.[1];
  if (!name) throw new Error(`Only references into components/schemas can be followed, not ${ref}`);
  return `components['schemas'][${JSON.stringify(decodeURIComponent(name))}]`;
}

function literal(value: unknown): string {
  return JSON.stringify(value) ?? 'unknown';
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 0
    ? 'never'
    : distinct.map((type) => (type.includes('&') ? `(${type})` : type)).join(' | ');
}

function parenthesised(type: string): string {
  return /[|&]/.test(type) ? `(${type})` : type;
}
