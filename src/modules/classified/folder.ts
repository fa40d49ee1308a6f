import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderDurably, moveDurably, syncFolder, writeDurably } from '#kernel/durably';
import type { Door, Mark } from './domain/marks.ts';

/** A file that was set apart, as its sender named it. It lies under a number. */
export interface SetApart {
  name: string;
  bytes: number;
}

/** What is kept beside the files: all that was found, and by whom it came. */
export interface Found {
  id: string;
  archiveId: string;
  agencyId: string | null;
  door: Door;
  source: string;
  same: string;
  marks: Mark[];
  files: SetApart[];
  /** What was written into the form, the row or the call, as it came. */
  written: unknown;
  by: { id: string | null; name: string };
  at: string;
}

const FOUND = 'found.json';
const isGone = (e: unknown) => e instanceof Error && 'code' in e && e.code === 'ENOENT';

/**
 * Sets something apart: all of it is there under its own name, or nothing is.
 *
 * @param files of this machine; they are moved
 */
export async function setApart(
  folder: string,
  found: Omit<Found, 'files'>,
  files: readonly { path: string; name: string }[],
): Promise<Found> {
  const making = join(folder, `.${found.id}`);
  await makeFolderDurably(making);
  const named: SetApart[] = [];
  for (const { path, name } of files) named.push({ name, bytes: (await stat(path)).size });
  const whole: Found = { ...found, files: named };
  // Written first: broken off after it, what was moved is still known for what it is.
  await writeDurably(join(making, FOUND), JSON.stringify(whole));
  for (const [i, { path }] of files.entries()) await moveDurably(path, join(making, String(i + 1)));
  await finish(folder, found.id);
  return whole;
}

async function finish(folder: string, id: string): Promise<void> {
  await rename(join(folder, `.${id}`), join(folder, id));
  await syncFolder(folder);
}

/** Finishes what was broken off while it was set apart. What was broken off before anything was said of it goes. */
export async function finishSettingApart(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!name.startsWith('.')) continue;
    const id = name.slice(1);
    if (await readFound(folder, name)) await finish(folder, id);
    else await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** What was found; undefined where nothing is kept any more. */
export async function readFound(folder: string, id: string): Promise<Found | undefined> {
  const text = await readFile(join(folder, id, FOUND), 'utf8').catch((e: unknown) => {
    if (isGone(e)) return undefined;
    throw e;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Found);
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((e: unknown) => {
    if (isGone(e)) return [];
    throw e;
  });

/** Ids of all that is set apart. */
export const setApartIds = async (folder: string): Promise<string[]> =>
  (await namesIn(folder)).filter((n) => !n.startsWith('.'));

export const removeSetApart = (folder: string, id: string): Promise<void> =>
  rm(join(folder, id), { recursive: true, force: true });
