import type { Readable } from 'node:stream';
import type { MetadataRecord } from '#formats/metadata-schemes';
import { type HistoryEntry, historiesOf } from '#kernel/audit';
import type { FilingDeps } from '../deps.ts';
import type { Part } from '../domain/arrange.ts';
import { metadataOf, type RecordState } from '../domain/record.ts';
import { eventsOfRecords, type RecordEvent } from '../store/events.ts';
import { filesOf } from '../store/files.ts';
import { filingsOfRecords } from '../store/handovers.ts';
import { type FilingRecord, itemPage, partsOf, type RecordFilter } from '../store/records.ts';

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

/** A document within an item. */
export interface FiledDocument {
  part: Part;
  metadata: MetadataRecord;
}

/** What was done with a record before it left: registered, corrected, filed. */
export interface FiledEvent {
  /** An act of the trail, such as `record.corrected`. */
  act: string;
  at: Date;
  by: string;
  detail: Record<string, unknown>;
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
  /** First and last day, `YYYY-MM-DD`. */
  dateFrom: string | null;
  dateTo: string | null;
  metadata: MetadataRecord;
  /** Those that lie in it beside its own, in their order. */
  documents: readonly FiledDocument[];
  files: readonly FiledFile[];
  /** Oldest first. */
  events: readonly FiledEvent[];
  /** What its system told of how it was made, before it was registered here, in that order. */
  origin: readonly RecordEvent[];
}

const AT_ONCE = 200;

/**
 * The filed items of an agency's year in the order of their reference codes: for who asks as the system. In constant memory;
 * contents are opened one at a time by who reads them.
 */
export const filedRecords = (
  deps: FilingDeps,
  agencyId: string,
  year: number,
  state: RecordState = 'filed',
): AsyncGenerator<FiledRecord> => recordsWithin(deps, { agencyId, year, state });

/** The same of the items in a batch, whatever their year. */
export const recordsInHandover = (
  deps: FilingDeps,
  of: { agencyId: string; handoverId: string },
): AsyncGenerator<FiledRecord> => recordsWithin(deps, of);

async function* recordsWithin(
  deps: FilingDeps,
  filter: RecordFilter & { agencyId: string },
): AsyncGenerator<FiledRecord> {
  const numbers = new Map(
    (await deps.holdings.fondsOfAgencies([filter.agencyId])).map((f) => [f.id, f.number]),
  );
  let after: { sortKey: string; id: string } | undefined;
  for (;;) {
    const page = await deps.db.system(async (tx) => {
      const items = await itemPage(tx, filter, { after, limit: AT_ONCE });
      const ids = items.map((i) => i.id);
      const parts = await partsOf(tx, ids);
      const all = [...ids, ...parts.map((p) => p.id)];
      return {
        items,
        parts,
        files: await filesOf(tx, all),
        done: await historiesOf(tx, 'filingRecord', all),
        filings: await filingsOfRecords(tx, ids),
        origins: await eventsOfRecords(tx, all),
      };
    });
    for (const item of page.items) {
      const parts = page.parts.filter((p) => p.itemId === item.id);
      const fondsNumber = numbers.get(item.fondsId) ?? '';
      yield {
        id: item.id,
        archiveId: item.archiveId,
        agencyId: item.agencyId,
        fondsId: item.fondsId,
        fondsNumber,
        referenceCode: item.referenceCode ?? '',
        category: item.category,
        year: item.year,
        state: item.state,
        dateFrom: item.dateFrom,
        dateTo: item.dateTo,
        metadata: metadataOf({ ...item, fondsNumber }),
        documents: parts.map((p) => ({
          part: p.part ?? 'other',
          metadata: metadataOf({ ...p, fondsNumber }),
        })),
        files: [item, ...parts].flatMap((d) => filesOfDocument(deps, d, page.files)),
        events: eventsOf(
          [item, ...parts].flatMap((d) => page.done.get(d.id) ?? []),
          page.filings.find((f) => f.recordId === item.id),
        ),
        origin: [item, ...parts].flatMap((d) => page.origins.get(d.id) ?? []),
      };
    }
    const last = page.items.at(-1);
    if (page.items.length < AT_ONCE || !last) return;
    after = { sortKey: last.sortKey, id: last.id };
  }
}

function eventsOf(
  done: readonly HistoryEntry[],
  filing: Awaited<ReturnType<typeof filingsOfRecords>>[number] | undefined,
): FiledEvent[] {
  const events = done.map(({ act, at, actor, detail }) => ({ act, at, by: actor, detail }));
  if (filing) {
    events.push({ act: 'filing.prepared', at: filing.preparedAt, by: filing.preparedBy, detail: {} });
    if (filing.confirmedBy !== null && filing.confirmedAt !== null)
      events.push({ act: 'filing.confirmed', at: filing.confirmedAt, by: filing.confirmedBy, detail: {} });
  }
  return events.sort((a, b) => a.at.getTime() - b.at.getTime());
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
      open: () => content.open(f.sha512, f.bytes),
    }));
}
