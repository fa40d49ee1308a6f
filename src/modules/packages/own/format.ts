/** What packages of ours are taken in by again: a complete description beside what the standard of the package asks for. */
export const FORMAT = 'lantai consignment';
export const FORMAT_VERSION = 1;

/** Where a kind of package keeps it. Paths below the root of the package. */
export interface OwnLayout {
  /** The document that names archive, title and lists. */
  readonly about: string;
  /** A folder of lists of a thousand lines each: fonds, entries, files. */
  readonly lists: string;
  /** A folder for each entry with content: its events, checks and texts as its object holds them. */
  readonly documents: string;
}

export const layoutBelow = (folder: string): OwnLayout => ({
  about: `${folder}/package.json`,
  lists: `${folder}/lists`,
  documents: `${folder}/objects`,
});

/** A name people know the entry by, and what makes it the only one. */
export function folderOf(key: string, fonds: string, referenceCode: unknown): string {
  const code = typeof referenceCode === 'string' ? referenceCode : '';
  const told = code.normalize('NFC').replace(/[^\p{L}\p{N}·-]/gu, '_');
  return `${fonds}/${[...told].slice(0, 40).join('')}_${key.slice(-12)}`;
}

/** `0001.tif` */
export const fileName = (ordinal: number, ending: string): string =>
  `${String(ordinal).padStart(4, '0')}${ending}`;
