/** One header block of a TAR, by whichever of its dialects. */
export interface TarHeader {
  readonly type: string;
  readonly name: Buffer;
  readonly link: Buffer;
  readonly bytes: number;
}

export const BLOCK = 512;

const upToNul = (field: Buffer): Buffer => {
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
};

/** An octal number, or the binary one of GNU and star for what octal digits can not hold; NaN for neither. */
function numberOf(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) {
    if ((field[0] ?? 0) !== 0x80) return Number.NaN;
    let n = 0n;
    for (const byte of field.subarray(1)) n = (n << 8n) | BigInt(byte);
    return n > BigInt(Number.MAX_SAFE_INTEGER) ? Number.NaN : Number(n);
  }
  const digits = upToNul(field).toString('latin1').trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

export const isZeroBlock = (block: Buffer): boolean => block.every((byte) => byte === 0);

/** @returns null where the block is no header: its sum does not fit, or its size is no number */
export function readHeader(block: Buffer): TarHeader | null {
  const said = numberOf(block.subarray(148, 156));
  let unsigned = 8 * 32;
  let signed = 8 * 32;
  for (let i = 0; i < BLOCK; i++) {
    if (i >= 148 && i < 156) continue;
    const byte = block[i] ?? 0;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  if (said !== unsigned && said !== signed) return null;
  const bytes = numberOf(block.subarray(124, 136));
  if (!Number.isSafeInteger(bytes)) return null;
  // GNU's own headers have no prefix there but times.
  const posix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = posix ? upToNul(block.subarray(345, 500)) : Buffer.alloc(0);
  const own = upToNul(block.subarray(0, 100));
  return {
    type: String.fromCharCode(block[156] ?? 0),
    name: Buffer.from(prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), own]) : own),
    link: Buffer.from(upToNul(block.subarray(157, 257))),
    bytes,
  };
}

/** Records of an extended header (`<length> <key>=<value>\n`); null where it is not made so. */
export function readPax(content: Buffer): Map<string, Buffer> | null {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    if (space < 0 || space - at > 10) return null;
    const digits = content.toString('latin1', at, space);
    if (!/^[1-9][0-9]*$/.test(digits)) return null;
    const end = at + Number(digits);
    const equals = content.indexOf(0x3d, space);
    if (end > content.length || equals < 0 || equals >= end || content[end - 1] !== 0x0a) return null;
    records.set(content.toString('utf8', space + 1, equals), content.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}
