import type { Readable } from 'node:stream';
import type { MetadataRecord } from '#formats/metadata-schemes';
import type { FilingDeps } from '../deps.ts';
import type { Part } from '../domain/arrange.ts';
import { metadataOf, type RecordState } from '../domain/record.ts';
import { filesOf } from '../store/files.ts';
import { type FilingRecord, itemPage, partsOf } from '../store/records.ts';
import { transitionRecords } from '../store/transition.ts';

/** A file of a filed item, for checking and for handing over. */
export interface FiledFile {
  id: string;
  name: string;
  mediaType: string | null;
  bytes: number;
  /** Lower-case hexadecimal, as it was when it was attached. */
  sha512: string;
  /** What the document it belongs to is within the item, and its title. */
  part: Part;
  documentTitle: string;
  open(): Readable;
}

/** An item as it was filed: its metadata by the keys of its scheme, and its files in the order of the item. */
export interface FiledRecord {
  id: string;
  archiveId: string;
  agencyId: string;
  fondsId: string;
  fondsNumber: string;
  referenceCode: string;
  category: string;
  year: number;
  state: RecordState;
  metadata: MetadataRecord;
  files: readonly FiledFile[];
}

const AT_ONCE = 200;

/**
 * The filed items of an agency's year in the order of their reference codes: for the transfer, which asks as the system. In
 * constant memory; contents are opened one at a time by who reads them.
 */
export async function* filedRecords(
  deps: FilingDeps,
  agencyId: string,
  year: number,
  state: RecordState = 'filed',
): AsyncGenerator<FiledRecord> {
  const fonds = new Map((await deps.holdings.fondsOfAgencies([agencyId])).map((f) => [f.id, f.number]));
  let after: { sortKey: string; id: string } | undefined;
  for (;;) {
    const page = await deps.db.system(async (tx) => {
      const items = await itemPage(tx, { agencyId, year, state }, { after, limit: AT_ONCE });
      const ids = items.map((i) => i.id);
      const parts = await partsOf(tx, ids);
      return { items, parts, files: await filesOf(tx, [...ids, ...parts.map((p) => p.id)]) };
    });
    for (const item of page.items) {
      const documents = [item, ...page.parts.filter((p) => p.itemId === item.id)];
      yield {
        id: item.id,
        archiveId: item.archiveId,
        agencyId: item.agencyId,
        fondsId: item.fondsId,
        fondsNumber: fonds.get(item.fondsId) ?? '',
        referenceCode: item.referenceCode ?? '',
        category: item.category,
        year: item.year,
        state: item.state,
        metadata: metadataOf({ ...item, fondsNumber: fonds.get(item.fondsId) ?? '' }),
        files: documents.flatMap((d) => filesOfDocument(deps, d, page.files)),
      };
    }
    const last = page.items.at(-1);
    if (page.items.length < AT_ONCE || !last) return;
    after = { sortKey: last.sortKey, id: last.id };
  }
}

function filesOfDocument(
  { content }: FilingDeps,
  document: FilingRecord,
  files: readonly {
    id: string;
    recordId: string;
    name: string;
    mediaType: string | null;
    bytes: number;
    sha512: string;
  }[],
): FiledFile[] {
  return files
    .filter((f) => f.recordId === document.id)
    .map((f) => ({
      id: f.id,
      name: f.name,
      mediaType: f.mediaType,
      bytes: f.bytes,
      sha512: f.sha512,
      part: document.part ?? 'main',
      documentTitle: document.title,
      open: () => content.open(f.sha512),
    }));
}

/** Items that went over to the archive, or came back, with the documents in them: by the transfer, in its transaction. */
export const moveRecords = transitionRecords;
