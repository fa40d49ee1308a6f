import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a deposit lies, and where it is being sealed: it has its name when all of it is there. */
export const placeOf = (folder: string, id: string): string => join(folder, id);
export const makingOf = (folder: string, id: string): string => join(folder, `.${id}`);

/** What is bound into each sealed file. */
export const boundTo = (id: string, seq: number): string => `${id} ${seq}`;

export async function removePlaces(folder: string, id: string): Promise<void> {
  await rm(placeOf(folder, id), { recursive: true, force: true });
  await rm(makingOf(folder, id), { recursive: true, force: true });
}

/** Ids of all that lies there, whole or being made. */
export async function placesThere(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((e: unknown) => {
    if (e instanceof Error && 'code' in e && e.code === 'ENOENT') return [];
    throw e;
  });
  return [...new Set(names.map((n) => n.replace(/^\./, '')))];
}
