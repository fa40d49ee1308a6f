import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a ZIP made by hand; what is given in place of the truth is written as it is. */
export interface RawEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  readonly flags?: number;
  readonly method?: number;
  readonly mode?: number;
  readonly bytes?: number;
  readonly packed?: number;
  readonly crc?: number;
  readonly extra?: Buffer;
  /** Where the table of contents says it is. */
  readonly local?: number;
  readonly localName?: string;
}

/** Makes a ZIP that may be wrong in any way. */
export function rawZip(
  entries: readonly RawEntry[],
  options: { count?: number; comment?: string } = {},
): Buffer {
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const e of entries) {
    const name = Buffer.from(e.name);
    const localName = Buffer.from(e.localName ?? name);
    const content = Buffer.from(e.content ?? '');
    const method = e.method ?? 0;
    const data = method === 8 ? deflateRawSync(content) : content;
    const numbers = (b: Buffer, from: number) => {
      b.writeUInt32LE(e.crc ?? crc32(content), from);
      b.writeUInt32LE(e.packed ?? data.length, from + 4);
      b.writeUInt32LE(e.bytes ?? content.length, from + 8);
    };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(e.flags ?? 0x800, 6);
    local.writeUInt16LE(method, 8);
    numbers(local, 14);
    local.writeUInt16LE(localName.length, 26);
    const line = Buffer.alloc(46);
    line.writeUInt32LE(0x02014b50, 0);
    line.writeUInt16LE(0x0314, 4);
    line.writeUInt16LE(e.flags ?? 0x800, 8);
    line.writeUInt16LE(method, 10);
    numbers(line, 16);
    line.writeUInt16LE(name.length, 28);
    line.writeUInt16LE(e.extra?.length ?? 0, 30);
    line.writeUInt32LE(((e.mode ?? 0o100644) << 16) >>> 0, 38);
    line.writeUInt32LE(e.local ?? at, 42);
    table.push(line, name, e.extra ?? Buffer.alloc(0));
    const whole = Buffer.concat([local, localName, data]);
    parts.push(whole);
    at += whole.length;
  }
  const directory = Buffer.concat(table);
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.count ?? entries.length, 8);
  end.writeUInt16LE(options.count ?? entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, directory, end, comment]);
}
