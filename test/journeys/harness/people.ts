import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Login } from './api.ts';
import type { House } from './house.ts';
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

/** Opens the one-time link and fills in the first archive and account, as the person who installs Lantai does. */
export async function setUp(page: Page, house: House, archive = ARCHIVE): Promise<void> {
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
  await page.getByLabel(w('setup.displayName')).fill(FIRST.name);
  await page.getByLabel(w('signIn.username')).fill(FIRST.username);
  await page.getByLabel(w('signIn.password'), { exact: false }).first().fill(FIRST.password);
  await page.getByLabel(w('setup.again')).fill(FIRST.password);
  await page.getByRole('button', { name: w('setup.act') }).click();
  await page.waitForURL('**/console/holdings**');
}

/** Signs in through the page, and out again first where somebody is. */
export async function signIn(page: Page, login: Login): Promise<void> {
  await page.goto('/console/sign-in');
  await page.getByLabel(w('signIn.username')).fill(login.username);
  await page.getByLabel(w('signIn.password')).fill(login.password);
  await page.getByRole('button', { name: w('signIn.act') }).click();
  await page.getByRole('navigation', { name: w('shell.rail') }).waitFor();
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
