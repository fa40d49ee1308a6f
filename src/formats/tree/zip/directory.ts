import { Refusal } from '#kernel/errors';
import type { Window } from '../window.ts';

/** Where the table of contents of a ZIP lies. */
export interface Directory {
  readonly entries: number;
  readonly start: number;
  readonly bytes: number;
  /** Bytes before the ZIP itself (a program that unpacks it): its offsets count from there. */
  readonly before: number;
  /** Bytes after it. */
  readonly after: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;

const broken = (why: string) => new Refusal('tree.broken', `The ZIP can not be read: ${why}.`);

/** @throws Refusal `tree.truncated`, `tree.broken` */
export async function findDirectory(file: Window): Promise<Directory> {
  const { end, after } = await findEnd(file);
  const record = Buffer.from(await file.at(end, END_BYTES));
  const locator = end >= 20 ? Buffer.from(await file.at(end - 20, 20)) : Buffer.alloc(20);
  let [entries, bytes, start] = [record.readUInt16LE(10), record.readUInt32LE(12), record.readUInt32LE(16)];
  let [disk, ofDisk] = [record.readUInt16LE(4), record.readUInt16LE(6)];
  let stops = end;
  if (locator.readUInt32LE(0) === LOCATOR64) {
    const at64 = await findEnd64(file, Number(locator.readBigUInt64LE(8)), end - 20);
    const record64 = await file.at(at64, 56);
    disk = record64.readUInt32LE(16);
    ofDisk = record64.readUInt32LE(20);
    entries = Number(record64.readBigUInt64LE(32));
    bytes = Number(record64.readBigUInt64LE(40));
    start = Number(record64.readBigUInt64LE(48));
    stops = at64;
  } else if (entries === 0xffff && bytes === 0xffffffff)
    throw broken('it says ZIP64 and has no ZIP64 record');
  if (disk !== 0 || ofDisk !== 0) throw broken('it is one part of several; put the parts together first');
  const before = stops - bytes - start;
  if (!Number.isSafeInteger(before) || before < 0)
    throw broken('its table of contents lies outside the file');
  return { entries, start: start + before, bytes, before, after };
}

/** The end record: the last one whose comment goes to the end of the file, else the last one at all. */
async function findEnd(file: Window): Promise<{ end: number; after: number }> {
  const from = Math.max(0, file.size - END_BYTES - 0xffff);
  const tail = await file.at(from, file.size - from);
  let last = -1;
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== END) continue;
    const rest = tail.length - at - END_BYTES - tail.readUInt16LE(at + 20);
    if (rest === 0) return { end: from + at, after: 0 };
    if (rest > 0 && last < 0) last = at;
  }
  if (last >= 0)
    return { end: from + last, after: tail.length - last - END_BYTES - tail.readUInt16LE(last + 20) };
  throw new Refusal(
    'tree.truncated',
    'The ZIP has no table of contents at its end; it was probably cut off.',
  );
}

async function findEnd64(file: Window, said: number, latest: number): Promise<number> {
  for (const at of [said, latest - 56]) {
    if (at < 0 || at > latest - 56) continue;
    const record = await file.at(at, 56);
    if (record.length === 56 && record.readUInt32LE(0) === END64) return at;
  }
  throw broken('its ZIP64 record is not where it says');
}
