import type { StoreReader } from './storage.ts';
import { isObjectRoot } from './validate/root.ts';

/**
 * Paths of all objects of a storage root, one after another, for rebuilding a catalogue. Lists folder by folder; its
 * memory grows with the depth and one folder's names.
 */
export async function* walkObjects(reader: StoreReader, path = ''): AsyncGenerator<string> {
  const entries = (await reader.list(path)) ?? [];
  if (path !== '' && isObjectRoot(entries)) {
    yield path;
    return;
  }
  for (const { name, kind } of entries)
    if (kind === 'folder' && !(path === '' && name === 'extensions'))
      yield* walkObjects(reader, path === '' ? name : `${path}/${name}`);
}
