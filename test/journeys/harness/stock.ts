import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { writeCatalogue } from '../material/catalogue.ts';
import { writeFewScans } from '../material/scans.ts';
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
export async function furnish(world: World, archive = ARCHIVE): Promise<Api> {
  const { house } = world;
  const installer = await world.visitor();
  await setUp(installer.page, house, archive);
  await installer.close();
  await addPerson(house, { ...CLERK, archive: archive.code });
  await addPerson(house, { ...HEAD, archive: archive.code });
  const workbook = join(house.folder, 'catalogue.xlsx');
  const { accepted } = await writeCatalogue(workbook, 40);
  const catalogue = await house.lantai('import', 'catalogue', workbook, '--archive', archive.code);
  expect(catalogue.document, catalogue.stderr).toMatchObject({ accepted });
  const folder = join(house.folder, 'scans');
  await writeFewScans(folder);
  const scans = await house.lantai('import', 'scans', folder, '--archive', archive.code, '--no-text');
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
export async function unitId(api: Api, code: string, archive = ARCHIVE): Promise<string> {
  const query = new URLSearchParams({ archive: await archiveId(api, archive.code), code });
  const { id } = await api.read<{ id: string }>(`/api/v1/units/by-code?${query}`);
  return id;
}

/** Waits until the text of a unit's pages has been read in the background. */
export async function textRead(api: Api, unit: string): Promise<void> {
  const till = Date.now() + 120_000;
  for (;;) {
    const { items } = await api.read<{ items: { text: { state: string } }[] }>(`/api/v1/units/${unit}/pages`);
    if (items.every(({ text }) => text.state === 'ready')) return;
    if (Date.now() > till) throw new Error(`the text of ${unit} was not read: ${JSON.stringify(items)}`);
    await pause(500);
  }
}
