import type { StoredFile } from '#formats/ocfl';
import type { Tx } from '#kernel/db';
import { type FileRecord, formatName } from '../package/records.ts';
import { type Content, insertContents, insertPages, type NewPage, type OfUnit } from '../store/content.ts';
import type { ObjectOwner } from '../store/objects.ts';

/** Rows written in one statement. */
const ROWS = 1_000;

/** Where files were laid that were written just now; they are asked for in the order they were given. */
export function placesInStep(stored: readonly StoredFile[]): (path: string) => string | null {
  let at = 0;
  return (path) => (stored[at]?.logicalPath === path ? stored[at++]!.contentPath : null);
}

/** The files of an object. */
export interface FilesToEnter {
  owner: ObjectOwner;
  records: AsyncIterable<FileRecord>;
  /** Pages of the files before the first of these. */
  pagesBefore: number;
  /** Where a file was laid; null: the object is asked when it is needed. */
  placeOf(path: string): string | null;
}

/** Writes the catalogue's rows of objects' files and pages, some at a time, of many objects together. Rows that are there stay. */
export async function enterFiles(tx: Tx, objects: readonly FilesToEnter[]): Promise<void> {
  let contents: (Content & OfUnit)[] = [];
  let pages: (NewPage & OfUnit)[] = [];
  const flush = async () => {
    await insertContents(tx, contents);
    await insertPages(tx, pages);
    contents = [];
    pages = [];
  };
  for (const { owner, records, pagesBefore, placeOf } of objects) {
    const { objectId, archiveId, unitId } = owner;
    if (unitId === null || archiveId === null) throw new Error('only units have files to enter');
    let pageNo = pagesBefore;
    for await (const record of records) {
      const { ordinal } = record;
      contents.push({
        unitId,
        archiveId,
        ordinal,
        objectId,
        logicalPath: record.path,
        originalName: record.name,
        mediaType: record.mediaType,
        bytes: record.bytes,
        sha256: record.sha256,
        sha512: record.sha512,
        heldAt: new Date(record.heldAt),
        contentPath: placeOf(record.path),
        puid: record.identified?.puid ?? null,
        formatName: record.identified ? formatName(record.identified) : null,
      });
      for (const [n, { width, height }] of record.pages.entries())
        pages.push({
          unitId,
          archiveId,
          pageNo: ++pageNo,
          ordinal,
          filePage: n + 1,
          width,
          height,
          label: null,
        });
      if (contents.length >= ROWS || pages.length >= ROWS) await flush();
    }
  }
  await flush();
}
