import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemActor } from '#kernel/actor';
import { isId } from '#kernel/ids';
import type { CatalogueImportDeps } from '../deps.ts';
import { holdHandOver, importById } from '../store/imports.ts';

const isGone = (e: unknown) => e instanceof Error && 'code' in e && e.code === 'ENOENT';

/**
 * Hands files with secret rows over to who deals with them, after an import and by the clock of the house: what is handed over has
 * left its place, so it is done once, however many do it at the same time.
 */
export async function handOver(deps: CatalogueImportDeps): Promise<void> {
  const { apart } = deps;
  if (apart === undefined) return;
  const names = await readdir(apart).catch((e: unknown) => {
    if (isGone(e)) return [];
    throw e;
  });
  for (const id of names.filter(isId)) await handOverOne(deps, id, join(apart, id));
}

async function handOverOne({ db, turnedAway }: CatalogueImportDeps, id: string, path: string): Promise<void> {
  const imp = await importById(db.owner, id);
  if (!imp || !turnedAway) return;
  await db.system(async (tx) => {
    await holdHandOver(tx, id);
    if (!(await isThere(path))) return;
    await turnedAway(systemActor(imp.createdByName, imp.createdBy), {
      archiveId: imp.archiveId,
      path,
      name: imp.fileName,
      what: 'classification',
    });
  });
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    (e: unknown) => {
      if (isGone(e)) return false;
      throw e;
    },
  );
