import type { StoredFile } from '#formats/ocfl';
import type { Tx } from '#kernel/db';
import { type FileRecord, formatName } from '../package/records.ts';
import { type Content, insertContents, insertPages, type NewPage } from '../store/content.ts';
import type { ObjectOwner } from '../store/objects.ts';

/** Rows written in one statement. */
const ROWS = 1_000;

/** Where files were laid that were written just now; they are asked for in the order they were given. */
export function placesInStep(stored: readonly StoredFile[]): (path: string) => string | null {
  let at = 0;
  return (path) => (stored[at]?.logicalPath === path ? stored[at++]!.contentPath : null);
}

/**
 * Writes the catalogue's rows of an object's files and pages, some at a time. Rows that are there stay.
 *
 * @param o.pagesBefore pages of the files before the first of these
 * @param o.placeOf where a file was laid; null: the object is asked when it is needed
 */
export async function enterFiles(
  tx: Tx,
  owner: ObjectOwner,
  o: {
    records: AsyncIterable<FileRecord>;
    pagesBefore: number;
    placeOf(path: string): string | null;
  },
): Promise<void> {
  const { objectId, archiveId, unitId } = owner;
  if (unitId === null || archiveId === null) throw new Error('only units have files to enter');
  let contents: Content[] = [];
  let pages: NewPage[] = [];
  let pageNo = o.pagesBefore;
  const flush = async () => {
    await insertContents(tx, unitId, archiveId, contents);
    await insertPages(tx, unitId, archiveId, pages);
    contents = [];
    pages = [];
  };
  for await (const record of o.records) {
    const { ordinal } = record;
    contents.push({
      ordinal,
      objectId,
      logicalPath: record.path,
      originalName: record.name,
      mediaType: record.mediaType,
      bytes: record.bytes,
      sha256: record.sha256,
      sha512: record.sha512,
      heldAt: new Date(record.heldAt),
      contentPath: o.placeOf(record.path),
      puid: record.identified?.puid ?? null,
      formatName: record.identified ? formatName(record.identified) : null,
    });
    for (const [n, { width, height }] of record.pages.entries())
      pages.push({ pageNo: ++pageNo, ordinal, filePage: n + 1, width, height, label: null });
    if (contents.length >= ROWS || pages.length >= ROWS) await flush();
  }
  await flush();
}
