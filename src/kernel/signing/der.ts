/**
 * DER, strictly (ITU-T X.690): just enough to write and to read certificates, keys and signatures. One value has one
 * encoding; anything else (long forms of short lengths, indefinite lengths, padded integers) is refused.
 */

export class DerError extends Error {
  override readonly name = 'DerError';
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context tag `[n]`; constructed unless told otherwise. */
export function contextTag(n: number, constructed = true): number {
  return 0x80 | (constructed ? 0x20 : 0) | n;
}

export function encode(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag), encodeLength(body.length), body]);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 0xff);
  return Buffer.of(0x80 | bytes.length, ...bytes);
}

export const sequence = (...items: Uint8Array[]): Buffer => encode(TAG.sequence, ...items);
export const octets = (bytes: Uint8Array): Buffer => encode(TAG.octetString, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Buffer =>
  encode(TAG.bitString, Buffer.of(unused), bytes);
export const nil = (): Buffer => encode(TAG.null);

/** SET OF: members in ascending order of their encodings, as DER wants. */
export function setOf(...items: Uint8Array[]): Buffer {
  return encode(TAG.set, ...[...items].sort(Buffer.compare));
}

/** A non-negative INTEGER from big-endian bytes of any length. */
export function integer(magnitude: Uint8Array): Buffer {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const trimmed = Buffer.from(magnitude.subarray(start));
  const body = trimmed.length === 0 ? Buffer.of(0) : trimmed;
  return encode(TAG.integer, body[0]! & 0x80 ? Buffer.concat([Buffer.of(0), body]) : body);
}

export const smallInteger = (n: number): Buffer => integer(Buffer.of(n));

export function oid(dotted: string): Buffer {
  const arcs = dotted.split('.').map(Number);
  const bytes: number[] = [arcs[0]! * 40 + arcs[1]!];
  for (const arc of arcs.slice(2)) {
    const groups = [arc & 0x7f];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      groups.unshift((rest & 0x7f) | 0x80);
    }
    bytes.push(...groups);
  }
  return encode(TAG.oid, Buffer.from(bytes));
}

/** Time in certificates (RFC 5280, 4.1.2.5): UTCTime up to 2049, GeneralizedTime from 2050; whole seconds. */
export function time(at: Date): Buffer {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  return at.getUTCFullYear() < 2050
    ? encode(TAG.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : encode(TAG.generalizedTime, Buffer.from(digits, 'latin1'));
}

/** One element read: `whole` with tag and length, `body` without. Both are views, not copies. */
export interface Element {
  tag: number;
  whole: Buffer;
  body: Buffer;
}

/** Reads the element at the start of `bytes`; what follows it is left alone. */
export function readFirst(bytes: Uint8Array): Element {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = buffer[0];
  const first = buffer[1];
  if (tag === undefined || first === undefined) throw new DerError('ends too early');
  if ((tag & 0x1f) === 0x1f) throw new DerError('long tags are not used here');
  let length = first;
  let header = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('length is indefinite or too large');
    header += count;
    if (buffer.length < header) throw new DerError('ends too early');
    length = buffer.readUIntBE(2, count);
    if (length < 0x80 || buffer[2] === 0) throw new DerError('length is not in its shortest form');
  }
  if (header + length > buffer.length) throw new DerError('ends too early');
  return { tag, whole: buffer.subarray(0, header + length), body: buffer.subarray(header, header + length) };
}

/** Reads exactly one element; `tag`, when given, must be its tag. */
export function readOne(bytes: Uint8Array, tag?: number): Element {
  const element = readFirst(bytes);
  if (element.whole.length !== bytes.length) throw new DerError('bytes follow the element');
  if (tag !== undefined && element.tag !== tag)
    throw new DerError(`expected tag ${tag}, found ${element.tag}`);
  return element;
}

/** The elements inside a constructed one. */
export function readAll(body: Uint8Array): Element[] {
  const items: Element[] = [];
  for (let rest = body; rest.length > 0; ) {
    const item = readFirst(rest);
    items.push(item);
    rest = rest.subarray(item.whole.length);
  }
  return items;
}

/** The big-endian magnitude of a non-negative INTEGER without its sign byte. */
export function readInteger(element: Element): Buffer {
  const { body } = element;
  if (element.tag !== TAG.integer || body.length === 0 || body[0]! & 0x80)
    throw new DerError('no positive integer');
  if (body[0] === 0 && body.length > 1) {
    if (!(body[1]! & 0x80)) throw new DerError('integer is padded');
    return body.subarray(1);
  }
  return body;
}

export function readTime(element: Element): Date {
  const text = element.body.toString('latin1');
  const digits =
    element.tag === TAG.utcTime && /^\d{12}Z$/.test(text)
      ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text
      : element.tag === TAG.generalizedTime && /^\d{14}Z$/.test(text)
        ? text
        : undefined;
  const iso = digits?.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const at = new Date(iso ?? Number.NaN);
  if (Number.isNaN(at.getTime())) throw new DerError('no valid time');
  return at;
}
