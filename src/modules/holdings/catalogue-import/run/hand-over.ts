import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemActor } from '#kernel/actor';
import { isId } from '#kernel/ids';
import type { CatalogueImportDeps } from '../deps.ts';
import { importById } from '../store/imports.ts';

/**
 * Hands files with secret rows over to who deals with them, after an import and by the clock of the house: what is handed over has
 * left its place, so it is done once.
 */
export async function handOver(deps: CatalogueImportDeps): Promise<void> {
  const { apart, turnedAway } = deps;
  if (apart === undefined || !turnedAway) return;
  const names = await readdir(apart).catch((e: unknown) => {
    if (e instanceof Error && 'code' in e && e.code === 'ENOENT') return [];
    throw e;
  });
  for (const id of names.filter(isId)) {
    const imp = await importById(deps.db.owner, id);
    if (!imp) continue;
    await turnedAway(systemActor(imp.createdByName, imp.createdBy), {
      archiveId: imp.archiveId,
      path: join(apart, id),
      name: imp.fileName,
      what: 'classification',
    });
  }
}
