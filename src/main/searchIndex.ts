import type { Database, Tx } from '#kernel/db';
import type { JobKind, Jobs } from '#kernel/jobs';
import { type Log, silentLog } from '#kernel/log';
import {
  type CatalogueIndex,
  type CatalogueIndexer,
  indexEntries,
  indexEntriesAfter,
} from '#modules/holdings';
import {
  ENTRY_LINES,
  fold,
  indexAdded,
  indexArchives,
  indexFonds,
  indexIsCurrent,
  indexLater,
  indexNewUnits,
  indexPending,
  indexUnits,
  removeUnits,
  renewIndex,
  settle,
  titlesLike,
  updateAccess,
} from '#modules/search';

/** How holdings tell search what changed, in the transaction of the change. */
export function catalogueIndex(log: Pick<Log, 'error'> = silentLog): CatalogueIndex {
  return {
    async changed(tx: Tx, unitIds) {
      await indexUnits(tx, await indexEntries(tx, unitIds));
    },
    added: (tx, unitIds) =>
      indexAdded(tx, unitIds, indexEntries, (err) =>
        log.error({ err, entries: unitIds.length }, 'entries came in and are not in the index yet'),
      ),
    later: indexLater,
    catchUp: (db) => indexPending(db, indexEntries),
    async accessChanged(tx, unitIds, setting) {
      await updateAccess(tx, unitIds, setting);
    },
    async archivesChanged(tx, archives) {
      await indexArchives(tx, archives);
    },
    async fondsChanged(tx, fonds) {
      await indexFonds(tx, fonds);
    },
  };
}

/** How a catalogue import tells search, in the transaction of each chunk. */
export function catalogueIndexer(): CatalogueIndexer {
  return { lines: ENTRY_LINES, indexNewUnits, indexUnits, indexFonds, removeUnits, settle, titlesLike, fold };
}

export const RENEW_INDEX_JOB = 'renew-search-index';

/** Writes the search index anew after an update that changed its rule, while searches go on. */
export function indexRenewal(db: Database): JobKind & {
  noteEmpty(): Promise<void>;
  startWhereNeeded(jobs: Jobs): Promise<void>;
  catchUp(): Promise<number>;
} {
  return {
    name: RENEW_INDEX_JOB,
    run: ({ signal, progress }) =>
      renewIndex(db, indexEntriesAfter, { signal, progress: (done) => progress({ step: 'indexing', done }) }),
    async noteEmpty() {
      await indexIsCurrent(db);
    },
    /** What came in while the index could not be written. */
    catchUp: () => indexPending(db, indexEntries),
    async startWhereNeeded(jobs) {
      if (await indexIsCurrent(db)) return;
      await db.system((tx) => jobs.enqueue(tx, RENEW_INDEX_JOB, {}, { followed: false }));
    },
  };
}
