import { asBuffer } from '../source.ts';
import type { Source } from '../types.ts';

/** A stream or storage of an OLE2 compound file. */
export interface OleEntry {
  readonly stream: boolean;
  readonly first: number;
  readonly bytes: number;
  /** Class identifier of a storage, 32 hex digits as they lie in the file; '' for none. */
  readonly classId: string;
}

const MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const LAST = 0xfffffffa;
const MOST_ENTRIES = 20_000;
const ENTRY = 128;

/** A compound file, read as far as its directory; streams are read one by one, and only as far as they are wanted. */
export interface OleFile {
  /** By path from the root, parted by `/`, without the control characters that system streams begin with. */
  readonly entries: ReadonlyMap<string, OleEntry>;
  readonly rootClassId: string;
  read(entry: OleEntry, most: number): Promise<Buffer>;
}

/** @returns undefined when it is no compound file, or its directory can not be read */
export async function openOle(source: Source): Promise<OleFile | undefined> {
  const header = await read(source, 0, 512);
  if (header.length < 512 || !header.subarray(0, 8).equals(MAGIC)) return undefined;
  const sectors = await sectorsOf(source, header);
  if (!sectors) return undefined;
  const directory = await sectors.chain(header.readUInt32LE(48), MOST_ENTRIES * ENTRY);
  if (directory.length < ENTRY) return undefined;
  const root = entryOf(directory, 0);
  const cutoff = header.readUInt32LE(56);
  const miniTable = header.readUInt32LE(60);
  return {
    entries: paths(directory),
    rootClassId: root.classId,
    async read(entry, most) {
      const wanted = Math.min(entry.bytes, most);
      if (!entry.stream || wanted <= 0) return Buffer.alloc(0);
      if (entry.bytes >= cutoff) return (await sectors.chain(entry.first, wanted)).subarray(0, wanted);
      return sectors.mini({ first: root.first, bytes: root.bytes, table: miniTable }, entry.first, wanted);
    },
  };
}

const read = async (source: Source, position: number, length: number) =>
  asBuffer(await source.read(position, length));

function entryOf(directory: Buffer, at: number): OleEntry & { kind: number; name: string } {
  const kind = directory[at + 66]!;
  const name = directory.toString(
    'utf16le',
    at,
    at + Math.max(0, Math.min(64, directory.readUInt16LE(at + 64)) - 2),
  );
  const classId = directory.toString('hex', at + 80, at + 96);
  return {
    kind,
    name,
    stream: kind === 2,
    first: directory.readUInt32LE(at + 116),
    bytes: directory.readUInt32LE(at + 120),
    classId: /^0+$/.test(classId) ? '' : classId,
  };
}

/** Walks the tree of entries; each is visited once, so one that runs in circles ends. */
function paths(directory: Buffer): Map<string, OleEntry> {
  const found = new Map<string, OleEntry>();
  const count = Math.floor(directory.length / ENTRY);
  const visited = new Uint8Array(count);
  const waiting: [number, string][] = [[directory.readUInt32LE(76), '']];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [n, folder] = next;
    if (n >= count || visited[n] === 1) continue;
    visited[n] = 1;
    const at = n * ENTRY;
    waiting.push([directory.readUInt32LE(at + 68), folder], [directory.readUInt32LE(at + 72), folder]);
    const { kind, name, ...entry } = entryOf(directory, at);
    if (kind !== 1 && kind !== 2) continue;
    const path = folder + name.replace(/^[\u0000-\u001f]+/, '');
    if (!found.has(path)) found.set(path, entry);
    if (kind === 1 && path.length < 4096) waiting.push([directory.readUInt32LE(at + 76), `${path}/`]);
  }
  return found;
}

interface Mini {
  first: number;
  bytes: number;
  table: number;
}

interface Sectors {
  /** The beginning of a chain of sectors, up to `most` bytes (rounded up to a sector). */
  chain(first: number, most: number): Promise<Buffer>;
  /** The beginning of a stream that is kept among the small ones. */
  mini(where: Mini, first: number, most: number): Promise<Buffer>;
}

async function sectorsOf(source: Source, header: Buffer): Promise<Sectors | undefined> {
  const shift = header.readUInt16LE(30);
  if ((shift !== 9 && shift !== 12) || header.readUInt16LE(32) !== 6) return undefined;
  const size = 1 << shift;
  const perSector = size / 4;
  const count = Math.ceil(source.bytes / size);
  const tables = await tableSectors(source, header, size, count);
  // Of the allocation table, a few sectors are kept at a time.
  const kept = new Map<number, Buffer>();
  const next = async (n: number): Promise<number> => {
    const which = tables[Math.floor(n / perSector)];
    if (which === undefined) return LAST + 4;
    let bytes = kept.get(which);
    if (!bytes) {
      if (kept.size > 64) kept.clear();
      bytes = await read(source, (which + 1) * size, size);
      kept.set(which, bytes);
    }
    const at = (n % perSector) * 4;
    return at + 4 <= bytes.length ? bytes.readUInt32LE(at) : LAST + 4;
  };
  const chain = async (first: number, most: number): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    let got = 0;
    for (let n = first, turn = 0; n < LAST && n < count && got < most && turn <= count; turn++) {
      // Neighbouring sectors are read together.
      let run = 1;
      let after = await next(n);
      while (after === n + run && got + run * size < most && run < 256) after = await next(n + run++);
      const piece = await read(source, (n + 1) * size, run * size);
      if (piece.length === 0) break;
      pieces.push(piece);
      got += piece.length;
      n = after;
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  };
  const mini = async (
    { first: rootFirst, bytes, table }: Mini,
    first: number,
    most: number,
  ): Promise<Buffer> => {
    // Small streams lie in the root's own; one among the first of them is found there.
    const reach = Math.min(bytes, 4 << 20);
    const whole = (await chain(rootFirst, reach)).subarray(0, reach);
    const places = await chain(table, (reach >> 6) * 4);
    const pieces: Buffer[] = [];
    for (let n = first, got = 0; n < LAST && (n + 1) * 4 <= places.length && got < most; got += 64) {
      if (n * 64 >= whole.length) break;
      pieces.push(whole.subarray(n * 64, n * 64 + 64));
      n = places.readUInt32LE(n * 4);
    }
    return Buffer.concat(pieces).subarray(0, most);
  };
  return { chain, mini };
}

/** Where the sectors of the allocation table lie. */
async function tableSectors(source: Source, header: Buffer, size: number, count: number): Promise<number[]> {
  const most = Math.ceil(count / (size / 4)) + 1;
  const found: number[] = [];
  for (let at = 76; at < 512 && found.length < most; at += 4) {
    const n = header.readUInt32LE(at);
    if (n < LAST) found.push(n);
  }
  let more = header.readUInt32LE(68);
  for (let turn = 0; more < LAST && more < count && found.length < most && turn < count; turn++) {
    const sector = await read(source, (more + 1) * size, size);
    if (sector.length < size) break;
    for (let at = 0; at < size - 4 && found.length < most; at += 4) {
      const n = sector.readUInt32LE(at);
      if (n < LAST) found.push(n);
    }
    more = sector.readUInt32LE(size - 4);
  }
  return found;
}
