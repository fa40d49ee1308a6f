import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Login } from './api.ts';
import type { Visitor } from './browser.ts';
import type { House } from './house.ts';
import type { World } from './journey.ts';
import { w } from './words.ts';

export interface Founded {
  code: string;
  name: string;
  level: 'county' | 'city' | 'province';
}

/** Invented throughout. */
export const ARCHIVE: Founded = { code: '990111', name: '石桥县档案馆', level: 'county' };
export const FIRST: Omit<Person, 'roles'> = {
  username: 'guanliyuan',
  password: 'shiqiao-dang-an-1',
  name: '石小兰',
};

export interface Person extends Login {
  name: string;
  roles: readonly string[];
  archive?: string;
}

/** The three administrators of the first start. None of them reads records. */
export const ADMINISTRATORS = {
  administrator: { username: 'sysadmin', name: '罗守机', password: 'ji-fang-yao-shi-1' },
  'security-administrator': { username: 'secadmin', name: '安如山', password: 'quan-xian-bao-mi-2' },
  auditor: { username: 'auditadmin', name: '明察', password: 'shen-ji-ri-zhi-3' },
} as const;
export type AdministratorLinks = Record<keyof typeof ADMINISTRATORS, string>;

/** Fills in the first start up to its button, as the person who installs Lantai does. */
export async function fillSetUp(page: Page, house: House, archive = ARCHIVE): Promise<void> {
  await page.goto(house.setupUrl);
  await page.getByLabel(w('setup.archiveName')).fill(archive.name);
  await page.getByLabel(w('field.archiveCode')).fill(archive.code);
  if (archive.level !== 'county') {
    await page.getByRole('combobox', { name: w('setup.level') }).click();
    await page
      .locator('.ant-select-dropdown')
      .getByTitle(w(`archiveLevel.${archive.level}`))
      .click();
  }
  await page.getByLabel(w('setup.displayName'), { exact: false }).first().fill(FIRST.name);
  await page.getByLabel(w('signIn.username'), { exact: false }).first().fill(FIRST.username);
  await page.getByLabel(w('signIn.password'), { exact: false }).first().fill(FIRST.password);
  await page.getByLabel(w('setup.again')).fill(FIRST.password);
  for (const role of ['administrator', 'security-administrator', 'auditor'] as const) {
    const field = (label: string) => page.getByLabel(`${w(`setup.${role}`)} ${label}`);
    await field(w('setup.displayName')).fill(ADMINISTRATORS[role].name);
    await field(w('signIn.username')).fill(ADMINISTRATORS[role].username);
  }
}

/**
 * Opens the one-time link, founds the first archive with its head and three administrators, and signs the head in.
 *
 * @returns the administrators' one-time links
 */
export async function setUp(page: Page, house: House, archive = ARCHIVE): Promise<AdministratorLinks> {
  await fillSetUp(page, house, archive);
  await page.getByRole('button', { name: w('setup.act') }).click();
  await page.getByRole('heading', { name: w('setup.done') }).waitFor();
  const linkOf = async (role: keyof typeof ADMINISTRATORS) =>
    (await page
      .getByRole('region', { name: w(`setup.${role}`) })
      .locator('.code')
      .textContent()) ?? '';
  const links = {
    administrator: await linkOf('administrator'),
    'security-administrator': await linkOf('security-administrator'),
    auditor: await linkOf('auditor'),
  };
  await page.getByRole('link', { name: w('setup.go') }).click();
  await page.waitForURL('**/console/sign-in**');
  await signIn(page, FIRST);
  await page.goto('/console/holdings');
  return links;
}

/** Signs in through the page, and out again first where somebody is. */
export async function signIn(page: Page, login: Login): Promise<void> {
  await page.goto('/console/sign-in');
  await page.getByLabel(w('signIn.username')).fill(login.username);
  await page.getByLabel(w('signIn.password')).fill(login.password);
  await page.getByRole('button', { name: w('signIn.act') }).click();
  await page.getByRole('navigation', { name: w('shell.rail') }).waitFor();
}

/** A person at a machine of their own, signed in. */
export async function signedIn(world: World, login: Login): Promise<Visitor> {
  const who = await world.visitor();
  await signIn(who.page, login);
  return who;
}

/** Adds an account from the machine the server runs on. */
export async function addPerson(house: House, person: Person): Promise<void> {
  const { username, password, name, roles, archive = ARCHIVE.code } = person;
  const answer = await house.lantai(
    ...['user', 'add', username, '--archive', archive, '--name', name, '--password', password],
    ...['--role', ...roles, '--language', 'zh-CN'],
  );
  expect(answer.document, answer.stderr).toMatchObject({ username });
  expect(answer.code).toBe(0);
}
