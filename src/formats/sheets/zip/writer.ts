import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { refuse } from '../refusals.ts';

/** Without ZIP64 sizes and places must fit 32 bits. */
const MOST_BYTES = 0xffffffff;
/** 1 January 1980: the same content gives the same file. */
const DOS_DATE = 0x0021;
/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;

interface Written {
  name: Buffer;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

/**
 * Writes a zip container front to back, one part at a time, in constant memory. None of our libraries writes a
 * zip to a Node stream with back pressure; the records are few.
 */
export class ZipWriter {
  readonly #target: Writable;
  readonly #level: number;
  readonly #parts: Written[] = [];
  #at = 0;
  #failure: unknown;
  #deflate: DeflateRaw | undefined;
  #pumping: Promise<void> | undefined;
  #part: Written | undefined;

  constructor(target: Writable, level: number) {
    this.#target = target;
    this.#level = level;
    target.on('error', (cause) => {
      this.#failure = cause;
      this.#deflate?.destroy(cause);
    });
  }

  /** Begins a part; the one before must be ended. */
  async begin(name: string): Promise<void> {
    const part = { name: Buffer.from(name, 'utf8'), crc: 0, packed: 0, size: 0, at: this.#at };
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(FLAGS, 6);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(DOS_DATE, 12);
    header.writeUInt16LE(part.name.length, 26);
    await this.#put(Buffer.concat([header, part.name]));
    const deflate = createDeflateRaw({ level: this.#level, chunkSize: 64 * 1024 });
    this.#part = part;
    this.#deflate = deflate;
    this.#pumping = this.#pump(deflate, part);
    // Reported by the write or end that waits for it.
    this.#pumping.catch(() => {});
  }

  async write(data: string | Buffer): Promise<void> {
    const part = this.#part!;
    const deflate = this.#deflate!;
    if (this.#failure) throw this.#failure;
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
    part.size += bytes.length;
    if (part.size > MOST_BYTES) throw tooLarge();
    part.crc = crc32(bytes, part.crc);
    if (!deflate.write(bytes)) await Promise.race([once(deflate, 'drain'), this.#pumping]);
    if (this.#failure) throw this.#failure;
  }

  async end(): Promise<void> {
    const part = this.#part!;
    this.#deflate!.end();
    await this.#pumping;
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(part.crc, 4);
    descriptor.writeUInt32LE(part.packed, 8);
    descriptor.writeUInt32LE(part.size, 12);
    await this.#put(descriptor);
    this.#parts.push(part);
    this.#part = undefined;
    this.#deflate = undefined;
  }

  /** Writes the table of contents. The target is left open. */
  async finish(): Promise<void> {
    const from = this.#at;
    for (const part of this.#parts) {
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(0x02014b50, 0);
      entry.writeUInt16LE(20, 4);
      entry.writeUInt16LE(20, 6);
      entry.writeUInt16LE(FLAGS, 8);
      entry.writeUInt16LE(8, 10);
      entry.writeUInt16LE(DOS_DATE, 14);
      entry.writeUInt32LE(part.crc, 16);
      entry.writeUInt32LE(part.packed, 20);
      entry.writeUInt32LE(part.size, 24);
      entry.writeUInt16LE(part.name.length, 28);
      entry.writeUInt32LE(part.at, 42);
      await this.#put(Buffer.concat([entry, part.name]));
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.#parts.length, 8);
    end.writeUInt16LE(this.#parts.length, 10);
    end.writeUInt32LE(this.#at - from, 12);
    end.writeUInt32LE(from, 16);
    await this.#put(end);
  }

  /** Gives up; what was written is no workbook. */
  abandon(): void {
    this.#deflate?.destroy();
  }

  async #pump(deflate: DeflateRaw, part: Written): Promise<void> {
    try {
      for await (const chunk of deflate as AsyncIterable<Buffer>) {
        part.packed += chunk.length;
        await this.#put(chunk);
      }
    } catch (cause) {
      this.#failure ??= cause;
      throw this.#failure;
    }
  }

  async #put(bytes: Buffer): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#at += bytes.length;
    if (this.#at > MOST_BYTES) throw tooLarge();
    if (!this.#target.write(bytes)) await once(this.#target, 'drain');
    if (this.#failure) throw this.#failure;
  }
}

function tooLarge(): Error {
  return refuse('tooLarge', 'the table does not fit into one workbook of 4 GiB: divide it.');
}
