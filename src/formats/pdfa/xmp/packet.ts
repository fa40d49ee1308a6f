import { SaxesParser } from 'saxes';

/** An element of the packet with its namespace; attributes likewise. */
export interface XmpElement {
  uri: string;
  prefix: string;
  local: string;
  attributes: { uri: string; prefix: string; local: string; value: string }[];
  children: XmpElement[];
  text: string;
}

/** A property of the described file: its value as written. */
export interface XmpProperty {
  uri: string;
  prefix: string;
  local: string;
  value: XmpValue;
}

export type XmpValue =
  | { kind: 'simple'; text: string }
  | { kind: 'bag' | 'seq' | 'alt'; items: XmpValue[]; languages: (string | undefined)[] }
  | { kind: 'struct'; fields: XmpProperty[] };

export interface XmpPacket {
  properties: XmpProperty[];
  /** Attributes `bytes` and `encoding` of the packet's head. */
  hasBytes: boolean;
  hasEncoding: boolean;
  isUtf8: boolean;
}

export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const XML = 'http://www.w3.org/XML/1998/namespace';
const MAX_DEPTH = 60;
const MAX_ELEMENTS = 200_000;

/** @throws Error when the packet is no well-formed XML, or no RDF */
export function readPacket(data: Buffer): XmpPacket {
  const { text, isUtf8 } = decode(data);
  const head = /<\?xpacket\s[^>]*\?>/.exec(text)?.[0] ?? '';
  const rdf = findRdf(parse(text));
  if (!rdf) throw new Error('the packet holds no RDF');
  return {
    properties: rdf.children.filter((c) => c.uri === RDF && c.local === 'Description').flatMap(propertiesOf),
    hasBytes: /\sbytes\s*=/.test(head),
    hasEncoding: /\sencoding\s*=/.test(head),
    isUtf8,
  };
}

function decode(data: Buffer): { text: string; isUtf8: boolean } {
  const [a, b] = [data[0], data[1]];
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0))
    return { text: new TextDecoder('utf-16be').decode(data), isUtf8: false };
  if ((a === 0xff && b === 0xfe) || (b === 0 && a !== 0))
    return { text: new TextDecoder('utf-16le').decode(data), isUtf8: false };
  return { text: new TextDecoder('utf-8', { fatal: true }).decode(data), isUtf8: true };
}

function parse(text: string): XmpElement {
  const root: XmpElement = { uri: '', prefix: '', local: '', attributes: [], children: [], text: '' };
  const stack = [root];
  let count = 0;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (e) => {
    throw e;
  });
  parser.on('opentag', (tag) => {
    if (stack.length > MAX_DEPTH || ++count > MAX_ELEMENTS)
      throw new Error('the packet is too deep or too long');
    const attributes = Object.values(tag.attributes)
      .filter((one) => one.prefix !== 'xmlns' && one.name !== 'xmlns')
      .map(({ uri, prefix, local, value }) => ({ uri, prefix, local, value }));
    const element = {
      uri: tag.uri,
      prefix: tag.prefix,
      local: tag.local,
      attributes,
      children: [],
      text: '',
    };
    stack.at(-1)!.children.push(element);
    stack.push(element);
  });
  parser.on('closetag', () => {
    stack.pop();
  });
  const add = (piece: string) => {
    stack.at(-1)!.text += piece;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  // White space behind the packet is padding; nought bytes there are common.
  parser.write(text.replace(/^\uFEFF/, '').replace(/^\s+|[\s\0]+$/g, '')).close();
  return root;
}

function findRdf(element: XmpElement): XmpElement | undefined {
  if (element.uri === RDF && element.local === 'RDF') return element;
  for (const child of element.children) {
    const found = findRdf(child);
    if (found) return found;
  }
  return undefined;
}

/** Properties of a Description: its child elements, and its attributes outside RDF and XML. */
function propertiesOf(description: XmpElement): XmpProperty[] {
  return [...attributeProperties(description), ...description.children.map(propertyOf)];
}

function attributeProperties(element: XmpElement): XmpProperty[] {
  return element.attributes
    .filter((a) => a.uri !== RDF && a.uri !== XML && a.uri !== '')
    .map(({ uri, prefix, local, value }) => ({ uri, prefix, local, value: { kind: 'simple', text: value } }));
}

const propertyOf = (element: XmpElement): XmpProperty => ({
  uri: element.uri,
  prefix: element.prefix,
  local: element.local,
  value: valueIn(element),
});

function valueIn(element: XmpElement): XmpValue {
  const resource = rdfAttribute(element, 'resource');
  if (rdfAttribute(element, 'parseType') === 'Resource')
    return { kind: 'struct', fields: element.children.map(propertyOf) };
  const [only] = element.children;
  if (only?.uri === RDF) {
    if (only.local === 'Description') return { kind: 'struct', fields: propertiesOf(only) };
    const kind = { Bag: 'bag', Seq: 'seq', Alt: 'alt' }[only.local];
    if (kind === 'bag' || kind === 'seq' || kind === 'alt') {
      const items = only.children.filter((c) => c.uri === RDF && c.local === 'li');
      return {
        kind,
        items: items.map(valueIn),
        languages: items.map((li) => li.attributes.find((a) => a.uri === XML && a.local === 'lang')?.value),
      };
    }
  }
  const fields = attributeProperties(element);
  if (element.children.length === 0 && fields.length > 0 && element.text.trim() === '')
    return { kind: 'struct', fields };
  return { kind: 'simple', text: resource ?? element.text };
}

const rdfAttribute = (element: XmpElement, local: string) =>
  element.attributes.find((a) => a.uri === RDF && a.local === local)?.value;

/** The plain text of a value: itself, or its default language, or its first item. */
export function plain(value: XmpValue | undefined): string | undefined {
  if (!value) return undefined;
  if (value.kind === 'simple') return value.text;
  if (value.kind === 'struct') return undefined;
  const at = value.kind === 'alt' ? value.languages.indexOf('x-default') : 0;
  return plain(value.items[Math.max(0, at)]);
}

export function property(packet: XmpPacket | undefined, uri: string, local: string): XmpProperty | undefined {
  return packet?.properties.find((p) => p.uri === uri && p.local === local);
}
