import type { XmpValue } from './packet.ts';

const FORMS: Readonly<Record<string, RegExp>> = {
  boolean: /^(True|False)$/,
  integer: /^[+-]?\d+$/,
  real: /^[+-]?(\d+\.?\d*|\.\d+)$/,
  rational: /^-?\d+\/-?\d+$/,
  date: /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/,
};

/** Whether a value has the form of its type; types not known here fit everything. */
export function fitsType(value: XmpValue, type: string): boolean {
  const array = /^(bag|seq|alt)(?: (.*))?$/.exec(type);
  if (array) {
    if (value.kind === 'simple' || value.kind === 'struct' || value.kind !== array[1]) return false;
    return value.items.every((item) => fitsType(item, array[2] ?? 'any'));
  }
  if (type === 'any') return true;
  if (type === 'struct')
    return value.kind === 'struct' || (value.kind === 'simple' && value.text.trim() === '');
  if (value.kind !== 'simple') return false;
  return FORMS[type]?.test(value.text.trim()) ?? true;
}

/** Names of types as extension schemas write them (`Bag Text`, `closed Choice of Integer`), in our form. */
export function namedType(written: string): string | undefined {
  const text = written
    .trim()
    .toLowerCase()
    .replace(/^(open|closed)?\s*choice(\s+of)?\s*/, '')
    .replace(/\s+/g, ' ');
  const array = /^(bag|seq|alt|ordered array of|unordered array of|alternative)\s?(.*)$/.exec(text);
  if (array) {
    const kind =
      { 'ordered array of': 'seq', 'unordered array of': 'bag', alternative: 'alt' }[array[1]!] ?? array[1]!;
    const inner = array[2] === '' ? 'any' : namedType(array[2]!);
    return inner && `${kind} ${inner}`;
  }
  if (text === 'lang alt') return 'alt text';
  if (text === '') return 'text';
  const own = SIMPLE[text];
  return own ?? (STRUCTS.has(text) ? 'struct' : undefined);
}

const SIMPLE: Readonly<Record<string, string>> = {
  text: 'text',
  boolean: 'boolean',
  integer: 'integer',
  real: 'real',
  rational: 'rational',
  date: 'date',
  uri: 'uri',
  url: 'uri',
  xpath: 'text',
  locale: 'text',
  mimetype: 'text',
  propername: 'text',
  agentname: 'text',
  renditionclass: 'text',
  gpscoordinate: 'text',
  any: 'any',
};
const STRUCTS = new Set([
  ...['dimensions', 'thumbnail', 'resourceevent', 'resourceref', 'version', 'job', 'font', 'colorant'],
  ...[
    'flash',
    'oecf/sfr',
    'cfapattern',
    'devicesettings',
    'time',
    'timecode',
    'marker',
    'media',
    'projectlink',
  ],
  ...['timescalestretch', 'resamplestretch', 'beatsplicestretch', 'oecf', 'sfr', 'beatsplice'],
]);
