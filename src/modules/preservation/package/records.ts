import { hash } from 'node:crypto';
import type { Digests } from '#kernel/checksums';

/** What a file says of itself; what it does not say is left out. DA/T 54 names in docs/package.md. */
export interface TechnicalMetadata {
  /** Short name of the format: `TIFF`, `PDF`. */
  format: string;
  formatVersion?: string;
  /** Pixels of the first page, as stored. */
  width?: number;
  height?: number;
  xDpi?: number;
  yDpi?: number;
  /** Bits a sample. */
  bitDepth?: number;
  /** Samples a pixel. */
  samples?: number;
  colourSpace?: string;
  iccProfile?: boolean;
  /** EXIF, 1 to 8. */
  orientation?: number;
  compression?: string;
  pages?: number;
  encrypted?: boolean;
  characterSet?: string;
  software?: string;
  /** When the file was made, as it says. */
  made?: string;
}

/** What format a file was found to be of. */
export interface FoundFormat {
  /** PRONOM's identifier; `lantai/…` where PRONOM has none; `unknown` where nothing fits. */
  puid: string;
  name: string;
  version?: string;
  /** Why, such as `byte match at 0, 4`. */
  basis: string;
  /** What it was told by: `built in`, or a release of PRONOM. */
  by: string;
  /** Others it may be, where its content does not decide. */
  or?: string[];
}

/** Name and version, as people read them. */
export const formatName = ({ name, version }: Pick<FoundFormat, 'name' | 'version'>): string =>
  [name, version].filter(Boolean).join(' ');

/** Whether PRONOM has the identifier. */
export const isRegistered = (puid: string): boolean => /^(x-)?fmt\/\d+$/.test(puid);

/** One thing looked at when a file came in. What was not done says so. */
export interface IntakeCheck {
  check: string;
  outcome: 'passed' | 'failed' | 'not performed';
  note?: string;
}

/** Names of what is looked at on the way in; events of the object are told by them. */
export const CHECKS = {
  format: 'format identified',
  opened: 'opened and whole',
  pages: 'pages counted',
  digest: 'digests calculated',
  technical: 'technical metadata read',
  virus: 'scanned for viruses',
} as const;

export interface FilePage {
  width: number | null;
  height: number | null;
}

/** Where a file lies now; of a small one perhaps its bytes instead, so that it need not be laid down first. */
export type FileAt = { path: string; content?: never } | { content: Uint8Array; path?: never };

/** A file to be held for a unit. */
export type IncomingFile = FileAt & IncomingFacts;

/** What is known of a file that comes in. */
export interface IncomingFacts {
  /** Name as people see it. */
  name: string;
  /** Name as received, byte for byte; kept as metadata, never used as a path. */
  nameBytes: Buffer;
  mediaType: string;
  bytes: number;
  digests: Digests;
  /** Pages a person can look at, in order; empty for what has none. */
  pages: readonly FilePage[];
  technical?: TechnicalMetadata;
  checks?: readonly IntakeCheck[];
}

/** A file as the documents of its object know it. */
export interface FileRecord {
  /** Order in the unit, from 1. */
  ordinal: number;
  path: string;
  name: string;
  /** Base64 of the name's bytes, only where they are not the UTF-8 of `name`. */
  nameBytes?: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  sha512: string;
  /** ISO 8601, UTC. */
  heldAt: string;
  pages: FilePage[];
  technical?: TechnicalMetadata;
  /** Absent where nobody looked. */
  identified?: FoundFormat;
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

/**
 * The same file: the same bytes under the same name. Two pages may be alike to the byte and still be two pages. A digest
 * of both, because a hundred thousand of them are kept at once.
 */
export const identity = (name: string, sha512: string): string =>
  hash('sha256', `${name.slice(name.lastIndexOf('/') + 1)}\n${sha512}`, 'base64');

/** The record of a file that becomes the `ordinal`th of its unit. */
export function recordOf(
  file: IncomingFacts,
  ordinal: number,
  heldAt: Date,
  identified?: FoundFormat,
): FileRecord {
  const exact = Buffer.from(file.name, 'utf8').equals(file.nameBytes);
  return {
    ordinal,
    path: `content/${String(ordinal).padStart(4, '0')}.${EXTENSIONS[file.mediaType] ?? 'bin'}`,
    name: file.name,
    ...(exact ? {} : { nameBytes: file.nameBytes.toString('base64') }),
    mediaType: file.mediaType,
    bytes: file.bytes,
    sha256: file.digests.sha256 ?? '',
    sha512: file.digests.sha512 ?? '',
    heldAt: heldAt.toISOString(),
    pages: file.pages.map(({ width, height }) => ({ width, height })),
    ...(file.technical ? { technical: file.technical } : {}),
    ...(identified ? { identified } : {}),
  };
}

/** The id of the object that holds a unit's content. */
export function objectIdOf(unitId: string): string {
  return `urn:uuid:${unitId}`;
}
