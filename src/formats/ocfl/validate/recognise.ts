import { versionNumber } from '../inventory.ts';
import type { Entry, StoreReader } from '../storage.ts';
import { isObjectRoot, isStorageRoot } from './root.ts';

/** How many folders are looked into, and how deep, for an object that makes a folder without a declaration a storage root. */
const LOOK_INTO = 2000;
const LOOK_DEEP = 40;

const looksLikeObject = (entries: readonly Entry[]): boolean =>
  entries.some(({ name, kind }) =>
    kind === 'file'
      ? name === 'inventory.json' ||
        /^inventory\.json\.[a-z0-9]+$/.test(name) ||
        name.includes('ocfl_object_')
      : versionNumber(name) !== null,
  );

async function holdsObjects(reader: StoreReader): Promise<boolean> {
  let looked = 0;
  const waiting: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  for (let at = waiting.pop(); at && looked < LOOK_INTO; at = waiting.pop()) {
    looked++;
    const { path, depth } = at;
    const entries = (await reader.list(path)) ?? [];
    if (path !== '' && isObjectRoot(entries)) return true;
    if (depth < LOOK_DEEP)
      for (const { name, kind } of entries)
        if (kind === 'folder')
          waiting.push({ path: path === '' ? name : `${path}/${name}`, depth: depth + 1 });
  }
  return false;
}

/**
 * Tells an object from a storage root by what lies in the folder, also where the declaration is missing or wrong;
 * null when nothing in it speaks of OCFL.
 */
export async function recognise(reader: StoreReader): Promise<'object' | 'root' | null> {
  const entries = (await reader.list('')) ?? [];
  if (isObjectRoot(entries)) return 'object';
  if (isStorageRoot(entries)) return 'root';
  if (looksLikeObject(entries)) return 'object';
  if (entries.some(({ name, kind }) => kind === 'file' && /^\d*=?ocfl_/.test(name))) return 'root';
  return (await holdsObjects(reader)) ? 'root' : null;
}
