import { join } from 'node:path';
import { expect } from 'vitest';
import { writeCatalogue } from '../material/catalogue.ts';
import { writeScans } from '../material/scans.ts';
import { type Api, apiOf } from './api.ts';
import type { World } from './journey.ts';
import { ARCHIVE, addPerson, FIRST, type Person, setUp } from './people.ts';

/** Catalogues and presents; may not approve what she asks for herself, though she holds the right. */
export const CLERK: Person = {
  username: 'wangmou',
  password: 'chuang-kou-2026',
  name: '王满仓',
  roles: ['archivist', 'approver'],
};
/** The second person. */
export const HEAD: Person = {
  username: 'zhaomou',
  password: 'guan-zhang-2026',
  name: '赵青山',
  roles: ['approver'],
};

/**
 * Sets the install up, adds two people, and takes in the small catalogue and its scans from the command line: what a
 * journey stands on that is about something else.
 */
export async function furnish(world: World, rows = 40): Promise<Api> {
  const { house } = world;
  const installer = await world.visitor();
  await setUp(installer.page, house);
  await installer.close();
  await addPerson(house, CLERK);
  await addPerson(house, HEAD);
  const workbook = join(house.folder, 'catalogue.xlsx');
  const { accepted } = await writeCatalogue(workbook, rows);
  const catalogue = await house.lantai('import', 'catalogue', workbook, '--archive', ARCHIVE.code);
  expect(catalogue.document, catalogue.stderr).toMatchObject({ accepted });
  const folder = join(house.folder, 'scans');
  await writeScans(folder);
  const scans = await house.lantai('import', 'scans', folder, '--archive', ARCHIVE.code, '--no-text');
  expect(scans.document, scans.stderr).toHaveProperty('counts.held');
  return apiOf(house.url, FIRST);
}

/** The archive's id. */
export async function archiveId(api: Api, code = ARCHIVE.code): Promise<string> {
  const { items } = await api.read<{ items: { id: string; code: string }[] }>('/api/v1/archives');
  const found = items.find((one) => one.code === code);
  if (!found) throw new Error(`no archive ${code}`);
  return found.id;
}

/** The id of the entry with a reference code. */
export async function unitId(api: Api, code: string): Promise<string> {
  const query = new URLSearchParams({ archive: await archiveId(api), code });
  const { id } = await api.read<{ id: string }>(`/api/v1/units/by-code?${query}`);
  return id;
}
