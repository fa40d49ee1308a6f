import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { createAdmission, piecesOf } from './admission.ts';
import { createGathered, openBeside } from './file.ts';
import { FIRST_TIME, type NewFile, type TreeWriter, type TreeWriterOptions } from './types.ts';

const U32 = 0xffffffff;
/** Content up to this size is packed in one go: a stream for each would cost more than packing it. */
const SMALL = 256 * 1024;

interface Line {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
  readonly at: number;
  readonly folder: boolean;
}

/** Date and time as DOS counts them, in UTC: the same everywhere. */
function dosTime(moment: Date): { date: number; time: number } {
  const at = moment < FIRST_TIME ? FIRST_TIME : moment;
  return {
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}

/** The extra field with what does not fit into 32 bits. */
function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [i, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + i * 8);
  return field;
}

function localHeader(line: Line, when: Date, large: boolean): Buffer {
  const { date, time } = dosTime(when);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(large ? 45 : 20, 4);
  header.writeUInt16LE(0x800, 6);
  header.writeUInt16LE(line.method, 8);
  header.writeUInt16LE(time, 10);
  header.writeUInt16LE(date, 12);
  header.writeUInt32LE(line.crc, 14);
  header.writeUInt32LE(large ? U32 : line.packed, 18);
  header.writeUInt32LE(large ? U32 : line.bytes, 22);
  header.writeUInt16LE(line.name.length, 26);
  const extra = large ? zip64Field([line.bytes, line.packed]) : Buffer.alloc(0);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, line.name, extra]);
}

function directoryLine(line: Line, when: Date): Buffer {
  const { date, time } = dosTime(when);
  const beyond = [line.bytes, line.packed, line.at].filter((n) => n >= U32);
  const extra = beyond.length > 0 ? zip64Field(beyond) : Buffer.alloc(0);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(0x0300 | 45, 4);
  record.writeUInt16LE(extra.length > 0 ? 45 : 20, 6);
  record.writeUInt16LE(0x800, 8);
  record.writeUInt16LE(line.method, 10);
  record.writeUInt16LE(time, 12);
  record.writeUInt16LE(date, 14);
  record.writeUInt32LE(line.crc, 16);
  record.writeUInt32LE(Math.min(line.packed, U32), 20);
  record.writeUInt32LE(Math.min(line.bytes, U32), 24);
  record.writeUInt16LE(line.name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(((line.folder ? 0o40755 : 0o100644) * 0x10000 + (line.folder ? 0x10 : 0)) >>> 0, 38);
  record.writeUInt32LE(Math.min(line.at, U32), 42);
  return Buffer.concat([record, line.name, extra]);
}

function endOf(entries: number, start: number, bytes: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries, 0xffff), 10);
  end.writeUInt32LE(Math.min(bytes, U32), 12);
  end.writeUInt32LE(Math.min(start, U32), 16);
  if (entries < 0xffff && bytes < U32 && start < U32) return end;
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(0x0300 | 45, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(entries), 24);
  large.writeBigUInt64LE(BigInt(entries), 32);
  large.writeBigUInt64LE(BigInt(bytes), 40);
  large.writeBigUInt64LE(BigInt(start), 48);
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(start + bytes), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}

const PROBE = 8 * 1024;

/** Pictures and the like are packed already: the middle of a larger file tells, and packing all of it would cost most of the time. */
function isWorthPacking(content: Uint8Array): boolean {
  if (content.byteLength < 4 * PROBE) return true;
  const from = Math.floor(content.byteLength / 2);
  return deflateRawSync(content.subarray(from, from + PROBE), { level: 1 }).length < 0.97 * PROBE;
}

export async function createZipWriter(target: string, options: TreeWriterOptions): Promise<TreeWriter> {
  const when = options.modified ?? FIRST_TIME;
  const file = await openBeside(target);
  const out = createGathered(file.handle);
  // The table of contents of a million entries is 100 MB: it waits on the disk.
  const tablePath = `${file.path}.contents`;
  const table = await open(tablePath, 'wx+');
  const lines = createGathered(table);
  const admission = createAdmission();
  let entries = 0;
  const enter = async (line: Line) => {
    await lines.write(directoryLine(line, when));
    entries++;
  };

  /** Content that is there whole is packed before its header is written. */
  async function addWhole(name: Buffer, content: Uint8Array): Promise<{ bytes: number }> {
    const deflated = content.byteLength > 0 && isWorthPacking(content) ? deflateRawSync(content) : content;
    const shorter = deflated.length < content.length;
    const packed = shorter ? deflated : content;
    const line: Line = {
      name,
      method: shorter ? 8 : 0,
      crc: crc32(content),
      packed: packed.length,
      bytes: content.length,
      at: out.at,
      folder: false,
    };
    await out.write(localHeader(line, when, false));
    await out.write(packed);
    await enter(line);
    return { bytes: content.length };
  }

  /** A stream is packed as it comes, and its header mended afterwards. */
  async function addStream(newFile: NewFile, name: Buffer): Promise<{ bytes: number }> {
    const large = newFile.bytes === undefined || newFile.bytes > U32 - 2 ** 24;
    const at = out.at;
    const header = (crc: number, packed: number, bytes: number): Line => ({
      name,
      method: 8,
      crc,
      packed,
      bytes,
      at,
      folder: false,
    });
    await out.write(localHeader(header(0, 0, 0), when, large));
    let [crc, bytes, packed] = [0, 0, 0];
    async function* counted() {
      for await (const piece of piecesOf(newFile)) {
        crc = crc32(piece, crc);
        bytes += piece.byteLength;
        yield piece;
      }
    }
    const source = Readable.from(counted(), { objectMode: false });
    const deflate = createDeflateRaw();
    source.on('error', (e) => deflate.destroy(e));
    for await (const piece of source.pipe(deflate) as AsyncIterable<Buffer>) {
      packed += piece.length;
      await out.write(piece);
    }
    await out.flush();
    const line = header(crc >>> 0, packed, bytes);
    const mended = localHeader(line, when, large);
    await file.handle.write(mended, 0, mended.length, at);
    await enter(line);
    return { bytes };
  }

  const endTable = async () => {
    await table.close().catch(() => {});
    await rm(tablePath, { force: true });
  };
  const writer: TreeWriter = {
    async add(newFile) {
      if (newFile.path.endsWith('/') && newFile.content === undefined) {
        await writer.addFolder(newFile.path.slice(0, -1));
        return { bytes: 0 };
      }
      admission.admit(newFile.path, 'file');
      const name = Buffer.from(newFile.path);
      const { content } = newFile;
      if (
        (newFile.bytes ?? U32) > SMALL &&
        content !== undefined &&
        typeof content !== 'string' &&
        !(content instanceof Uint8Array && content.length <= SMALL)
      )
        return addStream(newFile, name);
      const pieces: Uint8Array[] = [];
      for await (const piece of piecesOf(newFile)) pieces.push(piece);
      return addWhole(name, Buffer.concat(pieces));
    },
    async addFolder(path) {
      if (!admission.admit(path, 'folder')) return;
      const line: Line = {
        name: Buffer.from(`${path}/`),
        method: 0,
        crc: 0,
        packed: 0,
        bytes: 0,
        at: out.at,
        folder: true,
      };
      await out.write(localHeader(line, when, false));
      await enter(line);
    },
    async finish() {
      try {
        await lines.flush();
        const start = out.at;
        const piece = Buffer.allocUnsafe(256 * 1024);
        for (let at = 0; at < lines.at; ) {
          const { bytesRead } = await table.read(piece, 0, piece.length, at);
          await out.write(piece.subarray(0, bytesRead));
          at += bytesRead;
        }
        await out.write(endOf(entries, start, lines.at));
        await out.flush();
        await endTable();
        await file.finish();
      } catch (e) {
        await writer.discard();
        throw e;
      }
    },
    async discard() {
      await endTable();
      await file.discard();
    },
  };
  return writer;
}
