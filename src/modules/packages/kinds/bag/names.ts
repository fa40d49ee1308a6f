/** Where the parts of a bag of ours lie. The tag files of `metadata/lantai` are what it is taken in by again. */
export const PACKAGE = 'metadata/lantai/package.json';
export const LISTS = 'metadata/lantai/lists';
/** Below it, a folder an entry: its events, checks and texts as its object holds them. */
export const DOCUMENTS = 'metadata/objects';

export const FORMAT = 'lantai consignment';
export const FORMAT_VERSION = 1;

/** A name people know the entry by, and what makes it the only one. */
export function folderOf(key: string, fonds: string, referenceCode: unknown): string {
  const code = typeof referenceCode === 'string' ? referenceCode : '';
  const told = code.normalize('NFC').replace(/[^\p{L}\p{N}·-]/gu, '_');
  return `${fonds}/${[...told].slice(0, 40).join('')}_${key.slice(-12)}`;
}

/** `0001.tif` */
export const fileName = (ordinal: number, ending: string): string =>
  `${String(ordinal).padStart(4, '0')}${ending}`;
