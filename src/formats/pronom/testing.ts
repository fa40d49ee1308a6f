import { crc32 } from 'node:zlib';

/** A ZIP of these files, for tests; `pack` makes raw deflate of them. */
export function zipOf(files: Readonly<Record<string, string>>, pack?: (bytes: Buffer) => Buffer): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const stored = pack ? pack(content) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(pack ? 8 : 0, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(stored.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), stored]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, tail, Buffer.from(name)]));
    bodies.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(bodies.length, 4);
  end.writeUInt16LE(bodies.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, listed, Buffer.from('PK\x05\x06'), end]);
}

const SECTOR = 512;
const END = 0xfffffffe;

/** A compound file of these streams in its root, for tests; the characters are bytes. Short ones go among the small streams. */
export function oleOf(streams: Readonly<Record<string, string>>): Buffer {
  const sectors: Buffer[] = [];
  const next: number[] = [];
  const put = (content: Buffer): number => {
    if (content.length === 0) return END;
    const first = sectors.length;
    for (let at = 0; at < content.length; at += SECTOR) {
      const sector = Buffer.alloc(SECTOR);
      content.copy(sector, 0, at);
      sectors.push(sector);
      next.push(at + SECTOR < content.length ? sectors.length : END);
    }
    return first;
  };
  const small: Buffer[] = [];
  const smallNext: number[] = [];
  const entries = Object.entries(streams).map(([name, text]) => {
    const content = Buffer.from(text, 'latin1');
    if (content.length >= 4096) return { name, bytes: content.length, first: put(content) };
    const first = smallNext.length;
    for (let at = 0; at < content.length; at += 64) {
      const piece = Buffer.alloc(64);
      content.copy(piece, 0, at);
      small.push(piece);
      smallNext.push(at + 64 < content.length ? smallNext.length + 1 : END);
    }
    return { name, bytes: content.length, first };
  });
  const words = (list: readonly number[]) => {
    const bytes = Buffer.alloc(Math.ceil((list.length * 4) / SECTOR) * SECTOR, 0xff);
    for (const [i, n] of list.entries()) bytes.writeUInt32LE(n, i * 4);
    return bytes;
  };
  const root = { name: 'Root Entry', bytes: small.length * 64, first: put(Buffer.concat(small)) };
  const table = put(words(smallNext));
  const directory = Buffer.concat(
    [root, ...entries].map((entry, i) => {
      const bytes = Buffer.alloc(128);
      bytes.write(entry.name, 0, 'utf16le');
      bytes.writeUInt16LE(entry.name.length * 2 + 2, 64);
      bytes[66] = i === 0 ? 5 : 2;
      bytes.writeUInt32LE(0xffffffff, 68);
      bytes.writeUInt32LE(i > 0 && i < entries.length ? i + 1 : 0xffffffff, 72);
      bytes.writeUInt32LE(i === 0 ? 1 : 0xffffffff, 76);
      bytes.writeUInt32LE(entry.first, 116);
      bytes.writeUInt32LE(entry.bytes, 120);
      return bytes;
    }),
  );
  const directoryAt = put(directory);
  const tableAt = sectors.length;
  next.push(0xfffffffd);
  sectors.push(words(next));
  const header = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(directoryAt, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(table, 60);
  header.writeUInt32LE(END, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(tableAt, 76);
  return Buffer.concat([header, ...sectors]);
}
