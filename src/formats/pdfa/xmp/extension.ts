import { plain, type XmpPacket, type XmpProperty, type XmpValue } from './packet.ts';
import { NS } from './schemas.ts';
import { namedType } from './types.ts';

/** What extension schemas of a packet define: type of value by namespace and name; `any` for types of their own. */
export type Defined = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface ExtensionReading {
  defined: Defined;
  /** A field beside those that the clause defines. */
  strangeFields: string[];
  /** A field missing, of a wrong type, or under a wrong prefix. */
  wrong: string[];
}

interface Shape {
  uri: string;
  prefix: string;
  fields: Readonly<Record<string, 'text' | 'uri' | 'seq' | 'optionalSeq' | 'valueType' | 'category'>>;
}

const SHAPES = {
  schema: {
    uri: NS.schema,
    prefix: 'pdfaSchema',
    fields: {
      schema: 'text',
      namespaceURI: 'uri',
      prefix: 'text',
      property: 'optionalSeq',
      valueType: 'optionalSeq',
    },
  },
  property: {
    uri: NS.property,
    prefix: 'pdfaProperty',
    fields: { name: 'text', valueType: 'valueType', category: 'category', description: 'text' },
  },
  type: {
    uri: NS.type,
    prefix: 'pdfaType',
    fields: { type: 'text', namespaceURI: 'uri', prefix: 'text', description: 'text', field: 'optionalSeq' },
  },
  field: {
    uri: NS.field,
    prefix: 'pdfaField',
    fields: { name: 'text', valueType: 'valueType', description: 'text' },
  },
} as const satisfies Record<string, Shape>;

/** Reads the PDF/A extension schemas of a packet (ISO 19005-1, 6.7.8; ISO 19005-2, 6.6.2.3.3). */
export function readExtensions(packet: XmpPacket): ExtensionReading {
  const reading: ExtensionReading = { defined: new Map(), strangeFields: [], wrong: [] };
  for (const one of packet.properties.filter((p) => p.uri === NS.extension)) {
    if (one.local !== 'schemas') continue;
    if (one.prefix !== 'pdfaExtension') reading.wrong.push(`prefix ${one.prefix}`);
    if (one.value.kind !== 'bag') reading.wrong.push('schemas');
    if (one.value.kind === 'simple' || one.value.kind === 'struct') continue;
    for (const schema of one.value.items) readSchema(schema, reading);
  }
  return reading;
}

function readSchema(schema: XmpValue, reading: ExtensionReading): void {
  const fields = fieldsOf(schema, reading);
  const types = itemsOf(field(fields, NS.schema, 'valueType'));
  const ownTypes = new Set<string>();
  for (const type of types) {
    const name = textField(fieldsOf(type, reading), NS.type, 'type');
    if (name !== undefined) ownTypes.add(name.trim());
  }
  check(fields, SHAPES.schema, ownTypes, reading);
  for (const type of types) {
    const own = fieldsOf(type, reading);
    check(own, SHAPES.type, ownTypes, reading);
    for (const one of itemsOf(field(own, NS.type, 'field')))
      check(fieldsOf(one, reading), SHAPES.field, ownTypes, reading);
  }
  const uri = textField(fields, NS.schema, 'namespaceURI')?.trim() ?? '';
  const properties = new Map(reading.defined.get(uri));
  for (const one of itemsOf(field(fields, NS.schema, 'property'))) {
    const own = fieldsOf(one, reading);
    check(own, SHAPES.property, ownTypes, reading);
    const name = textField(own, NS.property, 'name')?.trim();
    const type = textField(own, NS.property, 'valueType') ?? '';
    if (name !== undefined) properties.set(name, namedType(type) ?? 'any');
  }
  (reading.defined as Map<string, ReadonlyMap<string, string>>).set(uri, properties);
}

function check(
  fields: readonly XmpProperty[],
  shape: Shape,
  ownTypes: ReadonlySet<string>,
  reading: ExtensionReading,
): void {
  for (const one of fields) {
    if (one.uri !== shape.uri || !(one.local in shape.fields))
      reading.strangeFields.push(`${one.prefix}:${one.local}`);
    else if (one.prefix !== shape.prefix) reading.wrong.push(`prefix ${one.prefix}:${one.local}`);
  }
  for (const [name, kind] of Object.entries(shape.fields)) {
    const value = field(fields, shape.uri, name);
    if (!isRight(value, kind, ownTypes)) reading.wrong.push(`${shape.prefix}:${name}`);
  }
}

function isRight(
  value: XmpValue | undefined,
  kind: Shape['fields'][string],
  ownTypes: ReadonlySet<string>,
): boolean {
  if (kind === 'optionalSeq') return value === undefined || value.kind === 'seq';
  if (value?.kind !== 'simple') return false;
  const text = value.text.trim();
  if (kind === 'category') return text === 'internal' || text === 'external';
  if (kind === 'valueType') return isKnownType(text, ownTypes);
  return true;
}

function isKnownType(text: string, ownTypes: ReadonlySet<string>): boolean {
  const inner = text.replace(/^((open|closed)\s+)?choice(\s+of)?\s*/i, '').replace(/^(bag|seq|alt)\s+/i, '');
  return namedType(text) !== undefined || ownTypes.has(inner.trim()) || ownTypes.has(text);
}

function fieldsOf(value: XmpValue, reading: ExtensionReading): readonly XmpProperty[] {
  if (value.kind === 'struct') return value.fields;
  if (!reading.wrong.includes('structure')) reading.wrong.push('structure');
  return [];
}

const field = (fields: readonly XmpProperty[], uri: string, local: string): XmpValue | undefined =>
  fields.find((f) => f.uri === uri && f.local === local)?.value;
const textField = (fields: readonly XmpProperty[], uri: string, local: string) =>
  plain(field(fields, uri, local));
const itemsOf = (value: XmpValue | undefined): readonly XmpValue[] =>
  value && value.kind !== 'simple' && value.kind !== 'struct' ? value.items : [];
