/** One BIFF record. */
export function record(id: number, ...body: (Buffer | number[])[]): Buffer {
  const data = Buffer.concat(body.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

export function u16(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => {
    out.writeUInt16LE(value, i * 2);
  });
  return out;
}

export function u32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
}

export function f64(value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeDoubleLE(value);
  return out;
}

/** A BIFF8 string: 16-bit length, flag, UTF-16. */
export function wide(text: string): Buffer {
  return Buffer.concat([u16(text.length), Buffer.from([1]), Buffer.from(text, 'utf16le')]);
}

/** A compound file (MS-CFB) with one stream, padded to the size from which streams have sectors of their own. */
export function compoundFile(name: string, content: Buffer): Buffer {
  const stream = Buffer.concat([content, Buffer.alloc(Math.max(0, 4096 - content.length))]);
  const sectors = Math.ceil(stream.length / 512);
  const header = Buffer.alloc(512, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(0xfffffffe, 60);
  header.writeUInt32LE(0xfffffffe, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  const table = Buffer.alloc(512, 0xff);
  table.writeUInt32LE(0xfffffffd, 0);
  table.writeUInt32LE(0xfffffffe, 4);
  for (let i = 0; i < sectors; i++) table.writeUInt32LE(i === sectors - 1 ? 0xfffffffe : 3 + i, 8 + i * 4);
  const directory = Buffer.alloc(512, 0);
  const entry = (at: number, title: string, kind: number, first: number, size: number) => {
    directory.write(title, at, 'utf16le');
    directory.writeUInt16LE(title.length * 2 + 2, at + 64);
    directory[at + 66] = kind;
    directory.writeUInt32LE(first, at + 116);
    directory.writeUInt32LE(size, at + 120);
  };
  entry(0, 'Root Entry', 5, 0xfffffffe, 0);
  entry(128, name, 2, 2, stream.length);
  return Buffer.concat([header, table, directory, stream, Buffer.alloc(sectors * 512 - stream.length)]);
}

export interface OldWorkbookSpec {
  /** Records of the workbook itself, between its beginning and its sheets. */
  globals?: Buffer[];
  /** Records of the only sheet. */
  cells: Buffer[];
  hidden?: boolean;
}

/** A BIFF8 workbook with one sheet 目录. */
export function buildOldWorkbook({ globals = [], cells, hidden = false }: OldWorkbookSpec): Buffer {
  const begin = (type: number) => record(0x0809, u16(0x0600, type, 0, 0), u32(0), u32(0));
  const end = record(0x000a);
  const name = Buffer.concat([Buffer.from([2, 1]), Buffer.from('目录', 'utf16le')]);
  const sheetRecord = (position: number) => record(0x0085, u32(position), [hidden ? 1 : 0, 0], name);
  const before = [begin(5), ...globals];
  const position = Buffer.concat([...before, sheetRecord(0), end]).length;
  return compoundFile(
    'Workbook',
    Buffer.concat([...before, sheetRecord(position), end, begin(0x10), ...cells, end]),
  );
}
