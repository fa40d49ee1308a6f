import { crc32 } from 'node:zlib';
import { Refusal } from '#kernel/errors';
import type { Window } from '../window.ts';

/** One line of the table of contents. */
export interface ZipRecord {
  /** Where the line begins and how long it is. */
  readonly at: number;
  readonly length: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
  /** Copied: stays valid. */
  readonly name: Buffer;
  /** The name in UTF-8 by its extra field, where there is one that fits. */
  readonly unicodeName: string | null;
  readonly mode: number;
  /** Where its local header should be, counted as the ZIP counts. */
  readonly local: number;
}

const SIGNATURE = 0x02014b50;

/** @throws Refusal `tree.broken` */
export async function readRecord(file: Window, at: number, end: number): Promise<ZipRecord> {
  const fixed = await file.at(at, 46);
  if (at + 46 > end || fixed.length < 46 || fixed.readUInt32LE(0) !== SIGNATURE)
    throw new Refusal('tree.broken', 'The ZIP can not be read: its table of contents is damaged.');
  const nameBytes = fixed.readUInt16LE(28);
  const length = 46 + nameBytes + fixed.readUInt16LE(30) + fixed.readUInt16LE(32);
  const extraAt = 46 + nameBytes;
  const extraEnd = extraAt + fixed.readUInt16LE(30);
  const line = await file.at(at, length);
  if (at + length > end || line.length < length)
    throw new Refusal('tree.broken', 'The ZIP can not be read: its table of contents ends in the middle.');
  const name = Buffer.from(line.subarray(46, extraAt));
  let packed = line.readUInt32LE(20);
  let bytes = line.readUInt32LE(24);
  let local = line.readUInt32LE(42);
  let unicodeName: string | null = null;
  for (const { id, field } of extraFields(line.subarray(extraAt, extraEnd))) {
    if (id === 1) {
      let from = 0;
      const next = () => {
        if (from + 8 > field.length)
          throw new Refusal('tree.broken', 'The ZIP can not be read: a ZIP64 size is missing.', {
            path: name.toString(),
          });
        from += 8;
        return Number(field.readBigUInt64LE(from - 8));
      };
      if (bytes === 0xffffffff) bytes = next();
      if (packed === 0xffffffff) packed = next();
      if (local === 0xffffffff) local = next();
    } else if (id === 0x7075 && field.length > 5 && field[0] === 1 && field.readUInt32LE(1) === crc32(name))
      unicodeName = field.subarray(5).toString('utf8');
  }
  if (![packed, bytes, local].every(Number.isSafeInteger))
    throw new Refusal('tree.broken', 'The ZIP can not be read: a size in it is beyond counting.', {
      path: name.toString(),
    });
  return {
    at,
    length,
    flags: line.readUInt16LE(8),
    method: line.readUInt16LE(10),
    crc: line.readUInt32LE(16),
    packed,
    bytes,
    name,
    unicodeName,
    mode: line.readUInt32LE(38) >>> 16,
    local,
  };
}

function* extraFields(extra: Buffer): Generator<{ id: number; field: Buffer }> {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) return;
    yield { id: extra.readUInt16LE(at), field: extra.subarray(at + 4, end) };
    at = end;
  }
}
