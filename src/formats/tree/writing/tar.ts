import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Refusal } from '#kernel/errors';
import { createAdmission, piecesOf } from './admission.ts';
import { createGathered, openBeside } from './file.ts';
import { FIRST_TIME, type TreeWriter, type TreeWriterOptions } from './types.ts';

const BLOCK = 512;
const LARGEST_OCTAL = 0o77777777777;
const PLAIN = /^[\u0020-\u007e]*$/;

const octal = (n: number, width: number) => `${n.toString(8).padStart(width - 1, '0')}\0`;

function block(name: string, prefix: string, type: string, bytes: number, seconds: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, 'latin1');
  header.write(octal(type === '5' ? 0o755 : 0o644, 8), 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  header.write(octal(bytes, 12), 124, 'latin1');
  header.write(octal(seconds, 12), 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write(type, 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(octal(0, 8), 329, 'latin1');
  header.write(octal(0, 8), 337, 'latin1');
  header.write(prefix, 345, 155, 'latin1');
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

const filled = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);

/** `<length> <key>=<value>\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

/** Header blocks of an entry: ustar alone where it can say all, else with an extended header before it. */
export function headersOf(path: string, type: '0' | '5', bytes: number, seconds: number): Buffer {
  const name = type === '5' ? `${path}/` : path;
  const split = splitName(name);
  const fits = PLAIN.test(name) && split !== null;
  if (fits && split && bytes <= LARGEST_OCTAL) return block(split.name, split.prefix, type, bytes, seconds);
  const pax = Buffer.from(
    (fits ? '' : paxRecord('path', name)) + (bytes > LARGEST_OCTAL ? paxRecord('size', String(bytes)) : ''),
  );
  const stand = name.replace(/[^ -~]/g, '_').slice(-100);
  return Buffer.concat([
    block('PaxHeader', '', 'x', pax.length, seconds),
    pax,
    filled(pax.length),
    block(stand, '', type, bytes <= LARGEST_OCTAL ? bytes : 0, seconds),
  ]);
}

function splitName(name: string): { name: string; prefix: string } | null {
  if (name.length <= 100) return { name, prefix: '' };
  const cut = name.lastIndexOf('/', Math.min(155, name.length - 2));
  return cut > 0 && name.length - cut - 1 <= 100
    ? { name: name.slice(cut + 1), prefix: name.slice(0, cut) }
    : null;
}

export async function createTarWriter(target: string, options: TreeWriterOptions): Promise<TreeWriter> {
  const seconds = Math.max(0, Math.floor((options.modified ?? FIRST_TIME).getTime() / 1000));
  const file = await openBeside(target);
  const sink = createGathered(file.handle);
  const out =
    options.wrapper === 'tar.gz' ? throughGzip(sink.write) : { write: sink.write, end: async () => {} };
  const admission = createAdmission();
  const writer: TreeWriter = {
    async add(newFile) {
      const { path, content } = newFile;
      if (path.endsWith('/') && content === undefined) {
        await writer.addFolder(path.slice(0, -1));
        return { bytes: 0 };
      }
      const bytes =
        typeof content === 'string'
          ? Buffer.byteLength(content)
          : content instanceof Uint8Array
            ? content.byteLength
            : content === undefined
              ? 0
              : newFile.bytes;
      if (bytes === undefined)
        throw new Refusal(
          'tree.sizeWanted',
          `The size of ${path} has to be known before it is written into a TAR.`,
          { path },
        );
      admission.admit(path, 'file');
      await out.write(headersOf(path, '0', bytes, seconds));
      for await (const piece of piecesOf({ ...newFile, bytes: newFile.bytes ?? bytes }))
        await out.write(piece);
      await out.write(filled(bytes));
      return { bytes };
    },
    async addFolder(path) {
      if (admission.admit(path, 'folder')) await out.write(headersOf(path, '5', 0, seconds));
    },
    async finish() {
      try {
        await out.write(Buffer.alloc(2 * BLOCK));
        await out.end();
        await sink.flush();
        await file.finish();
      } catch (e) {
        await writer.discard();
        throw e;
      }
    },
    discard: () => file.discard(),
  };
  return writer;
}

/** Packs what is written on its way to `write`; waits where the disk is slower. */
function throughGzip(write: (piece: Uint8Array) => Promise<void>) {
  const gzip = createGzip();
  const drained = (async () => {
    for await (const piece of gzip as AsyncIterable<Buffer>) await write(piece);
  })();
  // Told by `end`, or by the next write.
  drained.catch((e) => gzip.destroy(e));
  return {
    write: (piece: Uint8Array) =>
      new Promise<void>((resolve, reject) => {
        gzip.write(piece, (e) => (e ? reject(e) : resolve()));
      }),
    async end() {
      gzip.end();
      await Promise.all([drained, finished(gzip, { readable: false })]);
    },
  };
}
