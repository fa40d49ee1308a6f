import type { FilePieces } from '#kernel/filePieces';

/** An entry of an OLE2 file ([MS-CFB]): a storage or a stream. */
export interface OleEntry {
  name: string;
  /** Names of the storages it lies in are not followed: entries come flat, as the directory has them. */
  kind: 'storage' | 'stream' | 'root';
  start: number;
  bytes: number;
}

export interface OleFile {
  entries: OleEntry[];
  read(entry: OleEntry, most: number): Promise<Buffer>;
}

const END = 0xfffffffa;
const MAX_SECTORS = 4_000_000;
const MAX_ENTRIES = 200_000;

/** @throws RangeError when it breaks off */
export async function openOle(file: FilePieces): Promise<OleFile> {
  const head = await file.at(0, 512);
  const size = 1 << Math.min(16, Math.max(7, head.readUInt16LE(30)));
  const smallSize = 1 << Math.min(12, head.readUInt16LE(32));
  const cutoff = head.readUInt32LE(56);
  const sector = (n: number) => file.at((n + 1) * size, size);
  const tables = await tablesOf(head, size, sector);
  const next = async (n: number): Promise<number> => {
    const table = tables[Math.floor((n * 4) / size)];
    if (table === undefined) return END;
    const piece = await sector(table);
    const at = (n * 4) % size;
    return at + 4 <= piece.length ? piece.readUInt32LE(at) : END;
  };
  // No chain is longer than the file, whatever the tables say.
  const chain = async (first: number, wanted: number): Promise<Buffer> => {
    const most = Math.min(wanted, file.size);
    const pieces: Buffer[] = [];
    let length = 0;
    for (let at = first, n = 0; at < END && length < most && n < MAX_SECTORS; n++) {
      const piece = Buffer.from(await sector(at));
      if (piece.length === 0) break;
      pieces.push(piece);
      length += piece.length;
      at = await next(at);
    }
    return Buffer.concat(pieces).subarray(0, most);
  };
  const directory = await chain(head.readUInt32LE(48), MAX_ENTRIES * 128);
  const entries = entriesOf(directory);
  const root = entries.find((entry) => entry.kind === 'root');
  return {
    entries,
    async read(entry, most) {
      const wanted = Math.min(most, entry.bytes);
      if (entry.bytes >= cutoff || !root) return chain(entry.start, wanted);
      const [small, smallTable] = await Promise.all([
        chain(root.start, root.bytes),
        chain(head.readUInt32LE(60), 4 * MAX_SECTORS),
      ]);
      const pieces: Buffer[] = [];
      for (let at = entry.start, left = wanted; at < END && left > 0; left -= smallSize) {
        pieces.push(small.subarray(at * smallSize, (at + 1) * smallSize));
        at = at * 4 + 4 <= smallTable.length ? smallTable.readUInt32LE(at * 4) : END;
      }
      return Buffer.concat(pieces).subarray(0, wanted);
    },
  };
}

/** Sectors of the allocation table: 109 in the head, more in a chain. */
async function tablesOf(
  head: Buffer,
  size: number,
  sector: (n: number) => Promise<Buffer>,
): Promise<number[]> {
  const tables: number[] = [];
  for (let i = 0; i < 109; i++) {
    const n = head.readUInt32LE(76 + i * 4);
    if (n < END) tables.push(n);
  }
  let more = head.readUInt32LE(68);
  for (let n = 0; more < END && n < 10_000; n++) {
    const piece = await sector(more);
    if (piece.length < size) break;
    for (let i = 0; i < size / 4 - 1; i++)
      if (piece.readUInt32LE(i * 4) < END) tables.push(piece.readUInt32LE(i * 4));
    more = piece.readUInt32LE(size - 4);
  }
  return tables;
}

function entriesOf(directory: Buffer): OleEntry[] {
  const entries: OleEntry[] = [];
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const kind = { 1: 'storage', 2: 'stream', 5: 'root' }[directory[at + 66]!];
    if (kind !== 'storage' && kind !== 'stream' && kind !== 'root') continue;
    const length = Math.max(0, Math.min(64, directory.readUInt16LE(at + 64)) - 2);
    entries.push({
      name: directory.toString('utf16le', at, at + length),
      kind,
      start: directory.readUInt32LE(at + 116),
      bytes: directory.readUInt32LE(at + 120),
    });
  }
  return entries;
}
