import { damaged } from '../refusals.ts';

const END = 0xfffffffe;
const FREE = 0xffffffff;
const HEADER_FAT = 109;

/**
 * The streams of a compound file (MS-CFB), by their name without the path: the container of .xls workbooks and
 * of encrypted .xlsx ones. Every chain is bounded by the size of the file, so a looping one ends.
 */
export function readCompoundFile(file: Buffer): Map<string, Buffer> {
  try {
    return streams(file);
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged('its container is cut off', {}, cause);
    throw cause;
  }
}

function streams(file: Buffer): Map<string, Buffer> {
  if (file.length < 512) throw damaged('its container is cut off');
  const shift = file.readUInt16LE(30);
  const miniShift = file.readUInt16LE(32);
  if ((shift !== 9 && shift !== 12) || miniShift !== 6)
    throw damaged('its container has an impossible header');
  const size = 1 << shift;
  const sectors = Math.ceil(file.length / size);
  const sector = (n: number): Buffer => {
    const from = (n + 1) * size;
    if (n >= sectors || from >= file.length) throw damaged('its container is cut off');
    return file.subarray(from, Math.min(from + size, file.length));
  };

  const table = allocationTable(file, sector, size, sectors);
  const chain = (first: number, next: (n: number) => number | undefined, most: number): number[] => {
    const found: number[] = [];
    for (let n = first; n !== END && n !== FREE; n = next(n) ?? FREE) {
      if (found.length > most) throw damaged('its container runs in circles');
      found.push(n);
    }
    return found;
  };
  const read = (first: number): Buffer => Buffer.concat(chain(first, (n) => table[n], sectors).map(sector));

  const directory = read(file.readUInt32LE(48));
  const miniTable = read(file.readUInt32LE(60));
  const cutoff = file.readUInt32LE(56);
  const found = new Map<string, Buffer>();
  let mini: Buffer | undefined;
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const kind = directory[at + 66];
    const first = directory.readUInt32LE(at + 116);
    const length = directory.readUInt32LE(at + 120);
    if (kind === 5) mini = length > 0 ? read(first) : Buffer.alloc(0);
    if (kind !== 2) continue;
    const name = directory.toString(
      'utf16le',
      at,
      at + Math.max(0, Math.min(64, directory.readUInt16LE(at + 64)) - 2),
    );
    if (found.has(name)) continue;
    if (length >= cutoff) {
      found.set(name, whole(read(first), length));
      continue;
    }
    const small = mini ?? Buffer.alloc(0);
    const pieces = chain(
      first,
      (n) => (n * 4 + 4 <= miniTable.length ? miniTable.readUInt32LE(n * 4) : undefined),
      small.length >> 6,
    );
    found.set(name, whole(Buffer.concat(pieces.map((n) => small.subarray(n * 64, n * 64 + 64))), length));
  }
  return found;
}

function whole(bytes: Buffer, length: number): Buffer {
  if (bytes.length < length) throw damaged('its container is cut off');
  return bytes.subarray(0, length);
}

/** Which sector follows which, from the sectors the header and its continuations list. */
function allocationTable(
  file: Buffer,
  sector: (n: number) => Buffer,
  size: number,
  sectors: number,
): number[] {
  const listed: number[] = [];
  for (let i = 0; i < HEADER_FAT; i++) listed.push(file.readUInt32LE(76 + i * 4));
  let next = file.readUInt32LE(68);
  for (let turn = 0; next !== END && next !== FREE; turn++) {
    if (turn > sectors) throw damaged('its container runs in circles');
    const more = sector(next);
    for (let i = 0; i < size / 4 - 1; i++) listed.push(more.readUInt32LE(i * 4));
    next = more.readUInt32LE(size - 4);
  }
  const table: number[] = [];
  for (const n of listed) {
    if (n === FREE || n === END) continue;
    const entries = sector(n);
    for (let at = 0; at + 4 <= entries.length; at += 4) table.push(entries.readUInt32LE(at));
    if (table.length > sectors + size) break;
  }
  return table;
}
