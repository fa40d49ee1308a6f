import type { StoredFile } from '#formats/ocfl';
import type { Tx } from '#kernel/db';
import { type FileRecord, formatName } from '../package/records.ts';
import { type Content, insertContents, insertPages, type NewPage } from '../store/content.ts';
import type { ObjectOwner } from '../store/objects.ts';

/** Rows written in one statement. */
const ROWS = 1_000;

/**
 * Writes the catalogue's rows of an object's files and pages, some at a time. Rows that are there stay.
 *
 * @param o.pagesBefore pages of the files before the first of these
 * @param o.stored where files were laid; what is not among them is asked of the object when it is needed
 */
export async function enterFiles(
  tx: Tx,
  owner: ObjectOwner,
  o: {
    records: AsyncIterable<FileRecord>;
    pagesBefore: number;
    stored: readonly Pick<StoredFile, 'logicalPath' | 'contentPath'>[];
  },
): Promise<void> {
  const { objectId, archiveId, unitId } = owner;
  if (unitId === null || archiveId === null) throw new Error('only units have files to enter');
  const places = new Map(o.stored.map((f) => [f.logicalPath, f.contentPath]));
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
      ...{ ordinal, objectId, logicalPath: record.path, originalName: record.name },
      ...{ mediaType: record.mediaType, bytes: record.bytes, sha256: record.sha256, sha512: record.sha512 },
      heldAt: new Date(record.heldAt),
      contentPath: places.get(record.path) ?? null,
      puid: record.identified?.puid ?? null,
      formatName: record.identified ? formatName(record.identified) : null,
    });
    for (const [n, { width, height }] of record.pages.entries())
      pages.push({ pageNo: ++pageNo, ordinal, filePage: n + 1, width, height, label: null });
    if (contents.length >= ROWS || pages.length >= ROWS) await flush();
  }
  await flush();
}
