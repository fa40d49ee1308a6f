import type { Digests } from '#kernel/checksums';

/** A file to be held for a unit. */
export interface IncomingFile {
  /** Where it lies now. */
  path: string;
  /** Name as people see it. */
  name: string;
  /** Name as received, byte for byte; kept as metadata, never used as a path. */
  nameBytes: Buffer;
  mediaType: string;
  bytes: number;
  digests: Digests;
  /** Pages a person can look at, in order; empty for what has none. */
  pages: readonly { width: number | null; height: number | null }[];
}

/** A file in an object's `metadata/files.json`. */
export interface FileRecord {
  path: string;
  name: string;
  /** Base64 of the name's bytes, only where they are not the UTF-8 of `name`. */
  nameBytes?: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  sha512: string;
  pages: { width: number | null; height: number | null }[];
}

export interface PlannedFile {
  record: FileRecord;
  /** Undefined for what the object holds already. */
  source?: string;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'image/png': 'png',
  'image/jp2': 'jp2',
  'application/pdf': 'pdf',
  'application/ofd': 'ofd',
  'text/plain': 'txt',
  'text/markdown': 'md',
};

/** The same file: the same bytes under the same name. Two pages may be alike to the byte and still be two pages. */
const identity = (name: string, sha512: string) => `${name.slice(name.lastIndexOf('/') + 1)}\n${sha512}`;

/**
 * Gives incoming files their place behind those the object holds. What is held already gets no second place, so that
 * taking the same files in twice changes nothing. (The store keeps equal bytes once, whatever their names.)
 */
export function planFiles(held: readonly FileRecord[], incoming: readonly IncomingFile[]): PlannedFile[] {
  const all: PlannedFile[] = held.map((record) => ({ record }));
  const known = new Set(held.map((r) => identity(r.name, r.sha512)));
  for (const file of incoming) {
    const same = identity(file.name, file.digests.sha512 ?? '');
    if (known.has(same)) continue;
    known.add(same);
    const ordinal = String(all.length + 1).padStart(4, '0');
    all.push({
      record: recordOf(file, `content/${ordinal}.${EXTENSIONS[file.mediaType] ?? 'bin'}`),
      source: file.path,
    });
  }
  return all;
}

function recordOf(file: IncomingFile, path: string): FileRecord {
  const exact = Buffer.from(file.name, 'utf8').equals(file.nameBytes);
  return {
    path,
    name: file.name,
    ...(exact ? {} : { nameBytes: file.nameBytes.toString('base64') }),
    mediaType: file.mediaType,
    bytes: file.bytes,
    sha256: file.digests.sha256 ?? '',
    sha512: file.digests.sha512 ?? '',
    pages: file.pages.map(({ width, height }) => ({ width, height })),
  };
}

/** The id of the object that holds a unit's content. */
export function objectIdOf(unitId: string): string {
  return `urn:uuid:${unitId}`;
}
