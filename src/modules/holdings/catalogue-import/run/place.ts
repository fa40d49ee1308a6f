import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderDurably, moveDurably } from '#kernel/durably';
import type { CatalogueImportDeps } from '../deps.ts';
import type { ImportRecord } from '../store/imports.ts';

type Places = Pick<CatalogueImportDeps, 'folder' | 'apart'>;
type Of = Pick<ImportRecord, 'id' | 'filePath'>;

/** Beside what is handed over: files with secret rows that are still read. */
const READING = 'reading';

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Where the file of an import lies: with the others, or set apart since a row of it bears a classification. */
export async function fileOf({ folder, apart }: Places, { id, filePath }: Of): Promise<string> {
  const set = apart === undefined ? undefined : join(apart, READING, id);
  return set !== undefined && (await isThere(set)) ? set : join(folder, filePath);
}

/**
 * Sets the file of an import apart as soon as a row of it bears a classification, out of what backups take along; it is read on there.
 *
 * @returns whether it lies elsewhere now
 */
export async function setFileApart(places: Places, imp: Of): Promise<boolean> {
  const { folder, apart } = places;
  const path = await fileOf(places, imp);
  if (apart === undefined || path !== join(folder, imp.filePath)) return false;
  await makeFolderDurably(join(apart, READING));
  await moveDurably(path, join(apart, READING, imp.id));
  return true;
}
