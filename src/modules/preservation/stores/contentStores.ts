import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#kernel/errors';
import type { ContentStore } from '../disposal/deps.ts';
import { quarantineName } from '../fixity/replaceCopy.ts';
import type { KeepingDeps } from '../keeping/deps.ts';
import { allStores, type StoreRow } from '../store/stores.ts';
import type { OpenStore } from './openStore.ts';

/**
 * Every store that may hold copies, the main one first, as destroying needs them. What of an object lies in quarantine goes
 * with it. A store that is lost or was removed is not among them: what lies there is for people to destroy.
 */
export async function contentStores(deps: KeepingDeps): Promise<ContentStore[]> {
  const rows = (await allStores(deps.db.owner)).filter((s) => s.state === 'active' || s.state === 'draining');
  return rows.map((row) => {
    // Of a disk that is away nothing is found, which is not that it holds nothing: asked before and after.
    async function whileThere<T>(work: (open: OpenStore) => Promise<T>): Promise<T> {
      await demandThere(deps, row);
      const result = await work(await deps.stores.open(row));
      await demandThere(deps, row);
      return result;
    }
    return {
      id: row.id,
      name: row.name,
      isMain: row.isMain,
      remove: (objectId) =>
        whileThere(async ({ store, repository, quarantine }) => {
          await repository.destroyObject(objectId);
          const kept = quarantineName(objectId);
          if (quarantine) await rm(join(quarantine, kept), { recursive: true, force: true });
          await store.mending?.clear(kept);
        }),
      holds: (objectId) => whileThere(({ repository }) => repository.leavesAnything(objectId)),
    };
  });
}

/** @throws Refusal store.away */
async function demandThere(deps: KeepingDeps, row: StoreRow): Promise<void> {
  const { reach, trouble } = await deps.stores.probe(row);
  if (reach === 'reachable' || reach === 'slow') return;
  deps.stores.forget(row.id);
  throw new Refusal('store.away', `The store ${row.name} is away: ${trouble ?? reach}.`, { name: row.name });
}
