import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import { isRefusal } from '#kernel/errors';
import type { SheetLimits } from '../limits.ts';
import { damaged, refuse } from '../refusals.ts';

const INFLATED_CHUNK = 128 * 1024;

/** The zip container of a workbook: its parts by name, unpacked only on demand and within the limits. */
export interface Container {
  has(name: string): boolean;
  names(): Iterable<string>;
  /**
   * The unpacked bytes of one part. Size, ratio and checksum are verified while they run past.
   * @param onPacked told the packed bytes taken in so far and their total
   * @throws Refusal when the part is missing, damaged or a bomb
   */
  part(
    name: string,
    maxBytes: number,
    onPacked?: (done: number, total: number) => void,
  ): AsyncGenerator<Buffer>;
  close(): void;
}

/** Part names compare without case (OPC), with forward slashes and without a leading one. */
export function partKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

export async function openContainer(path: string, limits: SheetLimits): Promise<Container> {
  let zip: yauzl.ZipFile;
  try {
    // Names are only looked up, never written to, so paths such as ../x need no check; hence raw strings.
    zip = await yauzl.openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (cause) {
    throw damaged(
      'it begins like a workbook, but its table of contents is missing, so it was probably cut off',
      {},
      cause,
    );
  }
  const entries = new Map<string, yauzl.Entry>();
  try {
    if (zip.entryCount > limits.parts) {
      throw refuse(
        'tooManyParts',
        `the file holds ${zip.entryCount} parts; a workbook may have ${limits.parts}.`,
      );
    }
    for await (const entry of zip.eachEntry()) {
      const key = partKey(entry.fileNameRaw.toString('utf8'));
      if (key.endsWith('/')) continue;
      if (entries.has(key)) throw damaged(`it holds the part "${key}" twice`);
      entries.set(key, entry);
    }
  } catch (cause) {
    zip.close();
    throw isRefusal(cause) ? cause : damaged('its table of contents can not be read', {}, cause);
  }
  return {
    has: (name) => entries.has(partKey(name)),
    names: () => entries.keys(),
    part: (name, maxBytes, onPacked) =>
      unpack(zip, entries.get(partKey(name)), name, maxBytes, limits, onPacked),
    close: () => zip.close(),
  };
}

async function* unpack(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
  name: string,
  maxBytes: number,
  limits: SheetLimits,
  onPacked?: (done: number, total: number) => void,
): AsyncGenerator<Buffer> {
  if (!entry) throw damaged(`its part "${name}" is missing`);
  if (entry.isEncrypted())
    throw refuse('encrypted', 'the file is protected by a password: save it without one.');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw damaged(`its part "${name}" is packed by a method workbooks do not use`);
  }
  const tooLarge = () =>
    refuse(
      'tooLarge',
      `the file's part "${name}" unpacks to more than ${Math.round(maxBytes / 2 ** 20)} MiB.`,
    );
  if (entry.uncompressedSize > maxBytes) throw tooLarge();
  const packed = await zip
    .openReadStreamPromise(entry, { decodeFileData: false })
    .catch((cause) => Promise.reject(damaged(`its part "${name}" can not be read`, {}, cause)));
  let taken = 0;
  packed.on('data', (chunk: Buffer) => {
    taken += chunk.length;
    onPacked?.(taken, entry.compressedSize);
  });
  packed.pause();
  const plain =
    entry.compressionMethod === 0 ? packed : packed.pipe(createInflateRaw({ chunkSize: INFLATED_CHUNK }));
  if (plain !== packed) packed.on('error', (cause) => plain.destroy(cause));
  let size = 0;
  let sum = 0;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      if (size > limits.ratioFloorBytes && size > taken * limits.ratio) {
        throw refuse(
          'suspiciousCompression',
          `the file's part "${name}" unpacks to far more than its size; such files are made to do harm.`,
        );
      }
      if (size > entry.uncompressedSize) throw damaged(`its part "${name}" is longer than it says`);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (cause) {
    throw isRefusal(cause) ? cause : damaged(`its part "${name}" can not be unpacked`, {}, cause);
  } finally {
    plain.destroy();
    packed.destroy();
  }
  if (size !== entry.uncompressedSize) throw damaged(`its part "${name}" is shorter than it says`);
  if (sum !== entry.crc32) throw damaged(`the checksum of its part "${name}" does not fit`);
}
