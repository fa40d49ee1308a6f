import type { Tx } from '#kernel/db';
import { type CatalogueIndex, indexEntries } from '#modules/holdings';
import { indexArchives, indexFonds, indexUnits, updateAccess } from '#modules/search';

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
