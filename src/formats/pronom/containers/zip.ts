import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { asBuffer } from '../source.ts';
import type { Source } from '../types.ts';

/** A file in a ZIP, as its directory says. */
export interface ZipEntry {
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly bytes: number;
  readonly at: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const PIECE = 1 << 16;
/** Of a directory, no more is read: a million entries or so. */
const LONGEST_DIRECTORY = 64 << 20;
/** Packed bytes given to the quick unpacking at once: they unpack to 16 MiB at most. */
const QUICK = 1 << 14;

const read = async (source: Source, position: number, length: number) =>
  asBuffer(await source.read(position, length));

interface Directory {
  readonly at: number;
  readonly bytes: number;
  /** What stands before the archive, such as a program that unpacks it. */
  readonly shift: number;
}

/**
 * Those of the wanted names that the directory of a ZIP lists, the first of each. Only these are kept, however many
 * entries there are.
 *
 * @returns undefined when it is no ZIP with a directory that can be read
 */
export async function listZip(
  source: Source,
  wanted: { has(name: string): boolean },
): Promise<Map<string, ZipEntry> | undefined> {
  const directory = await findDirectory(source);
  if (!directory) return undefined;
  const found = new Map<string, ZipEntry>();
  const most = Math.min(directory.bytes, LONGEST_DIRECTORY);
  let at = 0;
  let rest: Buffer = Buffer.alloc(0);
  while (at < most) {
    const piece = await read(source, directory.at + at, Math.min(PIECE, most - at));
    if (piece.length === 0) break;
    at += piece.length;
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let i = 0;
    for (;;) {
      if (i + 46 > bytes.length) break;
      if (bytes.readUInt32LE(i) !== DIRECTORY) return found.size > 0 || i > 0 ? found : undefined;
      const nameBytes = bytes.readUInt16LE(i + 28);
      const extra = bytes.readUInt16LE(i + 30);
      const next = i + 46 + nameBytes + extra + bytes.readUInt16LE(i + 32);
      if (next > bytes.length) break;
      const name = bytes.toString('utf8', i + 46, i + 46 + nameBytes);
      if (wanted.has(name) && !found.has(name))
        found.set(name, entryAt(bytes, i, nameBytes, extra, directory.shift));
      i = next;
    }
    rest = bytes.subarray(i);
  }
  return found;
}

function entryAt(b: Buffer, i: number, nameBytes: number, extra: number, shift: number): ZipEntry {
  let packed = b.readUInt32LE(i + 20);
  let bytes = b.readUInt32LE(i + 24);
  let at = b.readUInt32LE(i + 42);
  const from = i + 46 + nameBytes;
  for (let k = from; k + 4 <= from + extra; k += 4 + b.readUInt16LE(k + 2)) {
    if (b.readUInt16LE(k) !== 1) continue;
    let v = k + 4;
    const end = Math.min(v + b.readUInt16LE(k + 2), from + extra);
    const wide = (value: number) => {
      if (value !== 0xffffffff || v + 8 > end) return value;
      v += 8;
      return Number(b.readBigUInt64LE(v - 8));
    };
    bytes = wide(bytes);
    packed = wide(packed);
    at = wide(at);
    break;
  }
  const flags = b.readUInt16LE(i + 8);
  return { method: b.readUInt16LE(i + 10), encrypted: (flags & 1) === 1, packed, bytes, at: at + shift };
}

async function findDirectory(source: Source): Promise<Directory | undefined> {
  const length = Math.min(source.bytes, END_BYTES + LONGEST_COMMENT);
  const tail = await read(source, source.bytes - length, length);
  for (let i = tail.length - END_BYTES; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== END) continue;
    const end = source.bytes - tail.length + i;
    const bytes = tail.readUInt32LE(i + 12);
    const at = tail.readUInt32LE(i + 16);
    if (bytes === 0xffffffff || at === 0xffffffff || tail.readUInt16LE(i + 10) === 0xffff) {
      const wide = await wideDirectory(source, end);
      if (wide) return wide;
    }
    const shift = end - bytes - at;
    if (shift >= 0 && bytes >= 46) return { at: at + shift, bytes, shift };
  }
  return undefined;
}

async function wideDirectory(source: Source, end: number): Promise<Directory | undefined> {
  if (end < 20) return undefined;
  const locator = await read(source, end - 20, 20);
  if (locator.length < 20 || locator.readUInt32LE(0) !== LOCATOR_64) return undefined;
  const record = await read(source, Number(locator.readBigUInt64LE(8)), 56);
  if (record.length < 56 || record.readUInt32LE(0) !== END_64) return undefined;
  const bytes = Number(record.readBigUInt64LE(40));
  const at = Number(record.readBigUInt64LE(48));
  return at + bytes <= source.bytes ? { at, bytes, shift: 0 } : undefined;
}

/**
 * The beginning of an entry, unpacked: up to `most` bytes, and memory of that order, whatever it unpacks to.
 *
 * @returns undefined when it is encrypted, packed in a way we do not read, or damaged from the start
 */
export async function readZipEntry(
  source: Source,
  entry: ZipEntry,
  most: number,
): Promise<Buffer | undefined> {
  if (entry.encrypted || (entry.method !== 0 && entry.method !== 8)) return undefined;
  const header = await read(source, entry.at, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== LOCAL) return undefined;
  const from = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (entry.method === 0) return read(source, from, Math.min(entry.packed, most));
  const quick = unpackQuickly(await read(source, from, Math.min(entry.packed, QUICK)));
  if (quick && (quick.length >= most || entry.packed <= QUICK)) return quick.subarray(0, most);
  return quick && unpackSlowly(source, from, entry.packed, most);
}

function unpackQuickly(packed: Buffer): Buffer | undefined {
  try {
    return inflateRawSync(packed, { finishFlush: 2, maxOutputLength: QUICK * 1100 });
  } catch {
    return undefined;
  }
}

async function unpackSlowly(source: Source, from: number, packed: number, most: number): Promise<Buffer> {
  const inflate = createInflateRaw({ finishFlush: 2 });
  const pieces: Buffer[] = [];
  let got = 0;
  const done = new Promise<void>((resolve) => {
    inflate.on('data', (piece: Buffer) => {
      if (got >= most) return;
      pieces.push(piece);
      got += piece.length;
    });
    // Damaged further on: what came before it counts.
    inflate.on('error', () => resolve());
    inflate.on('end', () => resolve());
    inflate.on('close', () => resolve());
  });
  for (let at = 0; at < packed && got < most && !inflate.destroyed; at += QUICK) {
    const piece = await read(source, from + at, Math.min(QUICK, packed - at));
    if (piece.length === 0) break;
    await new Promise<void>((resolve) => {
      inflate.once('close', resolve);
      inflate.write(piece, () => {
        inflate.off('close', resolve);
        resolve();
      });
    });
  }
  if (got >= most) inflate.destroy();
  else if (!inflate.destroyed) inflate.end();
  await done;
  return Buffer.concat(pieces).subarray(0, most);
}
