import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Actor } from '#kernel/actor';
import type { CliHouse } from '../../house.ts';
import { catalogueOf } from '../catalogue/catalogue.ts';
import type { SampleSheet } from '../catalogue/entry.ts';
import { writeCatalogue } from '../catalogue/write.ts';
import type { SampleArchive } from '../network/archives.ts';

export interface CatalogueFile {
  archive: SampleArchive;
  path: string;
  sheets: readonly SampleSheet[];
}

/** Who brings the catalogues of an archive in. */
export function archivistOf(house: CliHouse, archive: SampleArchive): Promise<Actor> {
  const name = { '970121': 'archivist', '970100': 'city' }[archive.code] ?? 'province';
  return house.identity.actorNamed(name);
}

/** Writes the catalogue of an archive as a workbook and imports it, as a person would. */
export async function importCatalogue(
  house: CliHouse,
  folder: string,
  archive: SampleArchive,
  signal: AbortSignal,
) {
  const path = join(folder, 'catalogues', `${archive.place}档案目录.xlsx`);
  await importSheets(house, { archive, path, sheets: catalogueOf(archive) }, signal);
}

/** Imports sheets through the file they are written to. An import of the file that was killed goes on. */
export async function importSheets(house: CliHouse, file: CatalogueFile, signal: AbortSignal): Promise<void> {
  const { imports } = house;
  const { path } = file;
  const actor = await archivistOf(house, file.archive);
  const { id: archiveId } = await house.holdings.archiveByCode(file.archive.code);
  await mkdir(join(path, '..'), { recursive: true });
  if (!(await stat(path).catch(() => undefined))) await writeCatalogue(path, file.sheets);
  const unfinished = await imports.unfinished(actor, { archiveId, path });
  if (unfinished) {
    await imports.goOn(actor, unfinished.id, { signal });
    return;
  }
  const fileName = basename(path);
  const { items } = await imports.list(actor, { archiveId, limit: 100 });
  if (items.some((i) => i.fileName === fileName && i.state === 'done')) return;
  const draft = items.find((i) => i.fileName === fileName && i.state === 'draft');
  const id = draft?.id ?? (await imports.createFromFile(actor, { archiveId, path, fileName }));
  await imports.workNow(actor, id, 'run', { signal });
}
