import type { Tx } from '#kernel/db';
import { type CatalogueIndex, type CatalogueIndexer, indexEntries } from '#modules/holdings';
import {
  indexArchives,
  indexFonds,
  indexNewUnits,
  indexUnits,
  newUnits,
  removeUnits,
  settle,
  updateAccess,
} from '#modules/search';

/** How holdings tell search what changed, in the transaction of the change. */
export function catalogueIndex(): CatalogueIndex {
  return {
    async changed(tx: Tx, unitIds) {
      await indexUnits(tx, await indexEntries(tx, unitIds));
    },
    async accessChanged(tx, unitIds, status) {
      await updateAccess(tx, unitIds, status);
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
  return { newUnits, indexNewUnits, indexUnits, indexFonds, removeUnits, settle };
}
