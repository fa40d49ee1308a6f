import { type FileHandle, open } from 'node:fs/promises';
import { Refusal } from '#kernel/errors';
import { bombMessage, createTreeBuilder, isBomb, type TreeBuilder } from '../builder.ts';
import type { TreeLimits } from '../limits.ts';
import { FILE, FOLDER } from '../nodes.ts';
import { nameText } from '../rawNames.ts';
import type { ByteSource } from '../source.ts';
import { treeOf } from '../tree.ts';
import type { FileTree } from '../types.ts';
import { createWindow, type Window } from '../window.ts';
import { type Directory, findDirectory } from './directory.ts';
import { createEncodingGuess, isAscii, type NameDecoder } from './encoding.ts';
import { createOverlaps } from './overlaps.ts';
import { readRecord, type ZipRecord } from './record.ts';

const MARKED_UTF8 = 0x800;
const ENCRYPTED = 0x2041;
const AFTERWARDS = 0x8;

/** @throws Refusal `tree.truncated`, `tree.broken`, `tree.entries`, `tree.totalBytes` */
export async function zipTree(path: string, limits: TreeLimits): Promise<FileTree> {
  const handle = await open(path, 'r');
  try {
    return await readZip(handle, limits);
  } catch (e) {
    await handle.close();
    throw e;
  }
}

async function readZip(handle: FileHandle, limits: TreeLimits): Promise<FileTree> {
  const { size } = await handle.stat();
  const file = createWindow(handle.fd, size);
  const directory = await findDirectory(file);
  if (directory.entries > limits.entries)
    throw new Refusal(
      'tree.entries',
      `It holds more than ${limits.entries.toLocaleString('en')} files and folders.`,
    );
  const built = createTreeBuilder('zip', limits);
  if (directory.before > 0)
    built.say(
      'tree.extraData',
      'warning',
      '',
      `${directory.before} bytes lie before the ZIP; they were not looked at.`,
    );
  if (directory.after > 0)
    built.say(
      'tree.extraData',
      'warning',
      '',
      `${directory.after} bytes lie after the ZIP; they were not looked at.`,
    );
  const names = unmarkedNames(file, directory);
  const overlaps = createOverlaps();
  let count = 0;
  for await (const record of recordsOf(file, directory)) {
    count++;
    const node = take(built, record, await names.read(record));
    overlaps.add(node, record.local, record.local + 30 + record.name.length + record.packed);
  }
  if (count % 0x10000 !== directory.entries % 0x10000)
    built.say(
      'tree.broken',
      'error',
      '',
      `The ZIP says that it has ${directory.entries} entries and has ${count}.`,
    );
  if (isBomb(built.total, size, limits)) throw new Refusal('tree.ratio', bombMessage(limits));
  names.sayHow(built);
  for (const node of overlaps.found(directory.start - directory.before))
    built.say(
      'tree.overlap',
      'error',
      node > 0 ? built.nodes.path(node) : '',
      'Its bytes lie over those of another entry or of the table of contents.',
    );
  return treeOf({
    wrapper: 'zip',
    built,
    source: (node) => sourceOf(built, handle.fd, createWindow(handle.fd, size, 1024), directory, node),
    close: () => handle.close(),
  });
}

async function* recordsOf(file: Window, { start, bytes }: Directory): AsyncGenerator<ZipRecord> {
  const end = start + bytes;
  for (let at = start; at < end; ) {
    const record = await readRecord(file, at, end);
    yield record;
    at += record.length;
  }
}

/** Reads names; those that do not say their encoding by what all of them together are. */
function unmarkedNames(file: Window, directory: Directory) {
  let decoder: NameDecoder | null = null;
  let guessed = 0;
  let first = '';
  const unmarked = (r: ZipRecord) =>
    (r.flags & MARKED_UTF8) === 0 && r.unicodeName === null && !isAscii(r.name);
  return {
    async read(record: ZipRecord): Promise<string> {
      if (record.unicodeName !== null) return record.unicodeName;
      if (!unmarked(record)) return nameText(record.name).text;
      if (!decoder) {
        const guess = createEncodingGuess();
        for await (const other of recordsOf(file, directory)) if (unmarked(other)) guess.add(other.name);
        decoder = guess.verdict();
      }
      const text = decoder.decode(record.name);
      if (guessed++ === 0) first = text;
      return text;
    },
    sayHow(built: TreeBuilder) {
      if (!decoder) return;
      built.say(
        'tree.nameEncoding',
        'info',
        '',
        `${guessed} names do not say how they are written; they were read as ${decoder.encoding}, such as "${first}".`,
      );
    },
  };
}

/** @returns the node of a file; -1 for all else */
function take(built: TreeBuilder, record: ZipRecord, name: string): number {
  const { flags, method, bytes, packed } = record;
  const kind = record.mode & 0o170000;
  if (kind === 0o120000) {
    built.say('tree.link', 'error', name, 'It is a symbolic link; a package has to hold the file itself.');
    return -1;
  }
  if ([0o010000, 0o020000, 0o060000, 0o140000].includes(kind)) {
    built.say(
      'tree.device',
      'error',
      name,
      'It is a device, a pipe or a socket; a package holds files and folders.',
    );
    return -1;
  }
  if ((flags & MARKED_UTF8) !== 0 && nameText(record.name).encoding !== 'utf-8')
    built.say('tree.nameEncoding', 'error', name, 'Its name says that it is UTF-8 and is not.');
  if (name.endsWith('/') || kind === 0o040000) {
    if (bytes > 0)
      built.say('tree.size', 'warning', name, 'It is a folder and has content, which was left out.');
    built.put(name, FOLDER, 0, -1);
    return -1;
  }
  const node = built.put(name, FILE, bytes, record.at, packed);
  if ((flags & ENCRYPTED) !== 0) built.say('tree.encrypted', 'error', name, 'It is protected by a password.');
  else if (method !== 0 && method !== 8) built.say('tree.method', 'error', name, unreadable(method));
  return node;
}

const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};
const unreadable = (method: number) =>
  `It is packed by ${METHODS[method] ?? `method ${method}`}, which is not read here; pack it by Deflate or not at all.`;

async function sourceOf(
  built: TreeBuilder,
  fd: number,
  file: Window,
  directory: Directory,
  node: number,
): Promise<ByteSource> {
  const path = built.nodes.path(node);
  const record = await readRecord(file, built.nodes.place(node), directory.start + directory.bytes);
  if ((record.flags & ENCRYPTED) !== 0)
    throw new Refusal('tree.encrypted', `${path} is protected by a password.`, { path });
  if (record.method !== 0 && record.method !== 8)
    throw new Refusal('tree.method', unreadable(record.method), { path });
  const at = record.local + directory.before;
  const header = Buffer.from(await file.at(at, 30 + record.name.length));
  const differs = differing(header, record);
  if (differs)
    throw new Refusal('tree.zipHeader', `The two headers of ${path} differ: ${differs}.`, { path });
  return {
    name: path,
    file: fd,
    start: at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28),
    packed: record.packed,
    bytes: record.bytes,
    packing: record.method === 8 ? 'deflate' : 'none',
    crc: record.crc,
  };
}

/** In what the header before the content says other than the table of contents: two programs would unpack two things. */
function differing(header: Buffer, record: ZipRecord): string | null {
  if (header.length < 30 + record.name.length || header.readUInt32LE(0) !== 0x04034b50)
    return 'there is none before its content';
  if (header.readUInt16LE(26) !== record.name.length || !header.subarray(30).equals(record.name))
    return 'its name';
  if (header.readUInt16LE(8) !== record.method) return 'how it is packed';
  if ((header.readUInt16LE(6) & AFTERWARDS) !== 0) return null;
  if (header.readUInt32LE(14) !== record.crc) return 'its CRC-32';
  const [packed, bytes] = [header.readUInt32LE(18), header.readUInt32LE(22)];
  if (packed !== 0xffffffff && packed !== record.packed) return 'its packed size';
  if (bytes !== 0xffffffff && bytes !== record.bytes) return 'its size';
  return null;
}
