import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { isDict, nameOf, numberOf, type PdfDict, type PdfValue } from './values.ts';

/** The data of a stream broke a rule of its filter, or grew beyond the limit. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

/** Filters whose result is a picture: not undone here. */
const PICTURES = new Set(['DCTDecode', 'JPXDecode', 'JBIG2Decode', 'CCITTFaxDecode', 'DCT', 'CCF']);

export interface Decoded {
  data: Buffer;
  /** The filter at which decoding stopped, because it makes a picture, is unknown, or needs a key. */
  left: string | undefined;
}

/**
 * Undoes filters in turn (ISO 32000-1, 7.4).
 * @param limit most bytes of any step's result. @throws FilterError
 */
export function applyFilters(
  raw: Buffer,
  filters: readonly { name: string; parameters: PdfDict | undefined }[],
  limit: number,
): Decoded {
  let data = raw;
  for (const { name, parameters } of filters) {
    if (PICTURES.has(name)) return { data, left: name };
    const next = undo(name, data, limit, parameters);
    if (!next) return { data, left: name };
    data = next;
    if (data.length > limit) throw new FilterError('the decoded data is too large');
  }
  return { data, left: undefined };
}

/** The filters of a stream or inline image, with their parameters. */
export function filtersOf(
  dict: PdfDict,
  resolve: (value: PdfValue | undefined) => PdfValue | undefined,
): { name: string; parameters: PdfDict | undefined }[] {
  const filter = resolve(dict.get('Filter') ?? dict.get('F'));
  const given = resolve(dict.get('DecodeParms') ?? dict.get('DP'));
  const names = Array.isArray(filter) ? filter.map(resolve) : [filter];
  return names.slice(0, 16).flatMap((one, index) => {
    const name = nameOf(one);
    const parameters = resolve(Array.isArray(given) ? given[index] : index === 0 ? given : undefined);
    return name === undefined ? [] : [{ name, parameters: isDict(parameters) ? parameters : undefined }];
  });
}

function undo(
  name: string,
  data: Buffer,
  limit: number,
  parameters: PdfDict | undefined,
): Buffer | undefined {
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return unpredict(inflate(data, limit), parameters, limit);
    case 'LZWDecode':
    case 'LZW':
      return unpredict(lzw(data, numberOf(parameters?.get('EarlyChange')) ?? 1, limit), parameters, limit);
    case 'ASCIIHexDecode':
    case 'AHx': {
      const text = data
        .toString('latin1')
        .split('>')[0]!
        .replace(/[^0-9A-Fa-f]/g, '');
      return Buffer.from(text.length % 2 ? `${text}0` : text, 'hex');
    }
    case 'ASCII85Decode':
    case 'A85':
      return ascii85(data);
    case 'RunLengthDecode':
    case 'RL':
      return runLength(data, limit);
    default:
      return undefined;
  }
}

function inflate(data: Buffer, limit: number): Buffer {
  const options = { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    return inflateSync(data, options);
  } catch (cause) {
    if (cause instanceof RangeError) throw new FilterError('the decoded data is too large', { cause });
    try {
      // Some writers leave out or spoil the two bytes at the head.
      return inflateRawSync(data.subarray(2), options);
    } catch {
      throw new FilterError('the compressed data is damaged', { cause });
    }
  }
}

function lzw(data: Buffer, early: number, limit: number): Buffer {
  const out: Buffer[] = [];
  let size = 0;
  let table: Buffer[] = [];
  const reset = () => {
    table = Array.from({ length: 258 }, (_, i) => Buffer.of(i & 0xff));
  };
  reset();
  let width = 9;
  let bits = 0;
  let held = 0;
  let before: Buffer | undefined;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >>> bits) & ((1 << width) - 1);
    if (code === 257) break;
    if (code === 256) {
      reset();
      width = 9;
      before = undefined;
      continue;
    }
    const entry = table[code] ?? (before && Buffer.concat([before, before.subarray(0, 1)]));
    if (!entry || code > table.length) throw new FilterError('the compressed data is damaged');
    out.push(entry);
    size += entry.length;
    if (size > limit) throw new FilterError('the decoded data is too large');
    if (before && table.length < 4096) table.push(Buffer.concat([before, entry.subarray(0, 1)]));
    before = entry;
    const filled = table.length + early;
    width = filled >= 2048 ? 12 : filled >= 1024 ? 11 : filled >= 512 ? 10 : 9;
  }
  return Buffer.concat(out, size);
}

function ascii85(data: Buffer): Buffer {
  const out: number[] = [];
  let group: number[] = [];
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    else if (byte >= 0x21 && byte <= 0x75) {
      group.push(byte - 0x21);
      if (group.length === 5) {
        out.push(...fourBytes(group));
        group = [];
      }
    }
  }
  if (group.length > 1) {
    const count = group.length - 1;
    while (group.length < 5) group.push(84);
    out.push(...fourBytes(group).slice(0, count));
  }
  return Buffer.from(out);
}

function fourBytes(group: readonly number[]): number[] {
  const value = group.reduce((sum, digit) => sum * 85 + digit, 0) % 2 ** 32;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) & 0xff);
}

function runLength(data: Buffer, limit: number): Buffer {
  const out: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < data.length; ) {
    const length = data[at]!;
    if (length === 128) break;
    const piece =
      length < 128 ? data.subarray(at + 1, at + 2 + length) : Buffer.alloc(257 - length, data[at + 1] ?? 0);
    at += length < 128 ? length + 2 : 2;
    out.push(piece);
    size += piece.length;
    if (size > limit) throw new FilterError('the decoded data is too large');
  }
  return Buffer.concat(out, size);
}

/** Predictors of TIFF and PNG (ISO 32000-1, 7.4.4.4). */
function unpredict(data: Buffer, parameters: PdfDict | undefined, limit: number): Buffer {
  const number = (key: string, without: number) => numberOf(parameters?.get(key)) ?? without;
  const predictor = number('Predictor', 1);
  if (predictor <= 1) return data;
  const colours = Math.max(1, Math.min(64, number('Colors', 1)));
  const bits = Math.max(1, Math.min(16, number('BitsPerComponent', 8)));
  const columns = Math.max(1, Math.min(limit, number('Columns', 1)));
  const step = Math.max(1, (colours * bits) >> 3);
  const row = Math.ceil((colours * bits * columns) / 8);
  if (predictor === 2) {
    if (bits !== 8) return data;
    const out = Buffer.from(data);
    for (let at = 0; at < out.length; at++)
      if (at % row >= step) out[at] = (out[at]! + out[at - step]!) & 0xff;
    return out;
  }
  const rows = Math.ceil(data.length / (row + 1));
  const out = Buffer.alloc(rows * row);
  for (let r = 0; r < rows; r++) {
    const from = r * (row + 1);
    const kind = data[from]!;
    const base = r * row;
    for (let i = 0; i < row && from + 1 + i < data.length; i++) {
      const left = i >= step ? out[base + i - step]! : 0;
      const up = r > 0 ? out[base + i - row]! : 0;
      const corner = r > 0 && i >= step ? out[base + i - row - step]! : 0;
      out[base + i] = (data[from + 1 + i]! + guess(kind, left, up, corner)) & 0xff;
    }
  }
  return out;
}

function guess(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
