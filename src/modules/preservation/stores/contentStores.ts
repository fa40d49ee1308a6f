import { rm } from 'node:fs/promises';
import type { ContentStore } from '../disposal/deps.ts';
import { quarantineFor } from '../fixity/replaceCopy.ts';
import type { KeepingDeps } from '../keeping/deps.ts';
import { allStores } from '../store/stores.ts';

/**
 * Every store that may hold copies, the main one first, as destroying needs them. What of an object lies in quarantine goes
 * with it. A store that is lost or was removed is not among them: what lies there is for people to destroy.
 */
export async function contentStores(deps: KeepingDeps): Promise<ContentStore[]> {
  const rows = (await allStores(deps.db.owner)).filter((s) => s.state === 'active' || s.state === 'draining');
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, isMain: row.isMain },
    async remove(objectId) {
      const { repository, quarantine } = await deps.stores.open(row);
      await repository.destroyObject(objectId);
      if (quarantine) await rm(quarantineFor(quarantine, objectId), { recursive: true, force: true });
    },
    holds: async (objectId) => (await deps.stores.open(row)).repository.leavesAnything(objectId),
  }));
}
