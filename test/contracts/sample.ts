/** The part of JSON Schema our API documents use. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  format?: string;
  pattern?: string;
  minLength?: number;
}

export const NO_SUCH_ID = '01890000-0000-7000-8000-00000000dead';

/** A value that fits a schema: the least there can be. @param id put where an id is asked for */
export function sample(schema: Schema | undefined, id: string = NO_SUCH_ID): unknown {
  if (!schema) return undefined;
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return sample(choice.find((one) => one.type !== 'null') ?? choice[0], id);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => sample(one, id)));
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name], id)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items, id));
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    case 'string':
      return text(schema, id);
    default:
      return null;
  }
}

function text(schema: Schema, id: string): string {
  if (schema.format === 'uuid') return id;
  if (schema.format === 'date') return '2020-01-01';
  if (schema.format === 'date-time') return '2020-01-01T00:00:00.000Z';
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
}

/** Every place of a document where a string may stand, each with another text in it. */
export function withText(value: unknown, text: string): unknown[] {
  if (typeof value === 'string') return [text];
  if (Array.isArray(value))
    return value.flatMap((one, n) => withText(one, text).map((changed) => value.with(n, changed)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    withText(one, text).map((changed) => ({ ...value, [name]: changed })),
  );
}
