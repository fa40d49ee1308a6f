import { matchKey } from '#formats/reference-codes';
import { CopyBuffer, type Lines } from '#kernel/db/copy-buffer';
import type { EntryRow } from '../types.ts';

/** What `copyUnits` writes, where an entry stands first. */
export const UNIT_COLUMNS = `fonds_id, parent_id, position, id, level, reference_code, sort_key, match_key, title, creator, doc_no,
  date_text, date_from, date_to, category, year, retention, classification, access_status, pages, description, gaps_own, gaps_top,
  import_row, import_digest, archive_id, import_id, created_at, updated_at`;

/** What the entries of an import have in common. */
export interface ImportStamp {
  importId: string;
  archiveId: string;
  at: Date;
}

/** Lines of entries, all but their places made ready for COPY ahead of the writing. */
export class UnitLines {
  readonly #rests: CopyBuffer;
  readonly #common: Uint8Array;

  /** @param size bytes to begin with */
  constructor({ archiveId, importId, at }: ImportStamp, size?: number) {
    this.#rests = new CopyBuffer(size).rest();
    const [made, common] = [at.toISOString(), new CopyBuffer(256).rest()];
    this.#common = common.put(archiveId).put(importId).put(made).put(made).bytes();
  }

  add(id: string, r: EntryRow): void {
    const row = this.#rests;
    row
      .put(id)
      .put(r.level)
      .put(r.code)
      .put(r.sortKey)
      .put(r.code === null ? null : matchKey(r.sortKey));
    row.put(r.title).put(r.creator).put(r.docNo).put(r.date).put(r.dateFrom).put(r.dateTo);
    row.put(r.category).put(r.year).put(r.retention).put(r.classification).put(r.accessStatus).put(r.pages);
    row.put(r.description).put(r.gapsOwn).put(r.gapsTop).put(r.row).put(r.digest).add(this.#common);
    row.endRest();
  }

  lines(): Lines {
    return this.#rests.lines();
  }
}
