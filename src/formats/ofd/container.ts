import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { Refusal } from '#kernel/errors';

/** Caps against archives made to harm: entries, bytes of one part, bytes of all parts read. */
const MAX_ENTRIES = 20_000;
const MAX_PART = 128 * 1024 * 1024;
const MAX_TOTAL = 768 * 1024 * 1024;

/** The parts of an OFD file by their names: forward slashes, no leading slash, letter case ignored when looking. */
export interface Container {
  readonly names: readonly string[];
  has(name: string): boolean;
  size(name: string): number;
  /** @throws Refusal `ofd.missingPart`, `ofd.tooLarge`, `ofd.broken` */
  read(name: string): Promise<Buffer>;
  close(): void;
}

/** @throws Refusal `ofd.broken`, `ofd.tooLarge` */
export async function openContainer(source: string | Buffer): Promise<Container> {
  const zip = await openZip(source);
  const parts = new Map<string, { name: string; entry: Entry }>();
  try {
    let count = 0;
    for await (const entry of zip.eachEntry()) {
      if (++count > MAX_ENTRIES) throw new Refusal('ofd.tooLarge', 'The OFD file holds too many parts.');
      const name = plainName(nameOf(entry));
      // A folder, a link out of the archive, or a second part of the same name: not for us.
      if (name === '' || name.endsWith('/') || name.split('/').includes('..') || isLink(entry)) continue;
      if (!parts.has(name.toLowerCase())) parts.set(name.toLowerCase(), { name, entry });
    }
  } catch (cause) {
    zip.close();
    throw cause instanceof Refusal ? cause : broken(cause);
  }
  let total = 0;
  return {
    names: [...parts.values()].map((part) => part.name),
    has: (name) => parts.has(plainName(name).toLowerCase()),
    size: (name) => parts.get(plainName(name).toLowerCase())?.entry.uncompressedSize ?? 0,
    async read(name) {
      const part = parts.get(plainName(name).toLowerCase());
      if (!part) throw new Refusal('ofd.missingPart', `The OFD file lacks the part ${name}.`, { part: name });
      const data = await readPart(zip, part.entry, Math.min(MAX_PART, MAX_TOTAL - total));
      total += data.length;
      return data;
    },
    close: () => zip.close(),
  };
}

async function openZip(source: string | Buffer): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
  try {
    return typeof source === 'string'
      ? await openPromise(source, options)
      : await fromBufferPromise(source, options);
  } catch (cause) {
    throw broken(cause);
  }
}

function broken(cause: unknown): Refusal {
  return new Refusal('ofd.broken', 'The file is not a readable OFD document.', {}, { cause });
}

async function readPart(zip: ZipFile, entry: Entry, limit: number): Promise<Buffer> {
  if (entry.uncompressedSize > limit)
    throw new Refusal('ofd.tooLarge', 'A part of the OFD file is too large.');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      const piece: Buffer = chunk;
      size += piece.length;
      if (size > limit) throw new Refusal('ofd.tooLarge', 'A part of the OFD file is too large.');
      chunks.push(piece);
    }
  } catch (cause) {
    throw cause instanceof Refusal ? cause : broken(cause);
  }
  return Buffer.concat(chunks, size);
}

const isLink = (entry: Entry): boolean => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

/** Names marked as UTF-8 are; others are UTF-8 when they can be, else GB 18030. */
function nameOf(entry: Entry): string {
  const raw: unknown = entry.fileName;
  if (typeof raw === 'string') return raw;
  const bytes = raw as Buffer;
  if ((entry.generalPurposeBitFlag & 0x800) !== 0) return bytes.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** `\Doc_0\.\Pages/../a.xml` -> `Doc_0/a.xml`; steps above the root are dropped. */
export function plainName(path: string): string {
  const steps: string[] = [];
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/') + (/[\\/]$/.test(path) ? '/' : '');
}

/** What `path`, written in the part `base`, points to: from the root when it begins with a slash. */
export function resolvePath(base: string, path: string): string {
  const clean = path.trim();
  if (/^[\\/]/.test(clean)) return plainName(clean);
  return plainName(`${base.split('/').slice(0, -1).join('/')}/${clean}`);
}
