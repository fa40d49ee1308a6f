import type { Entry, StoreReader } from '../storage.ts';
import type { Say } from './say.ts';

/** Names registered in the OCFL extensions repository. */
const REGISTERED = new Set([
  '0001-digest-algorithms',
  '0002-flat-direct-storage-layout',
  '0003-hash-and-id-n-tuple-storage-layout',
  '0004-hashed-n-tuple-storage-layout',
  '0005-mutable-head',
  '0006-flat-omit-prefix-storage-layout',
  '0007-n-tuple-omit-prefix-storage-layout',
  '0008-schema-registry',
  '0009-digest-algorithms',
  '0010-differential-n-tuple-omit-prefix-storage-layout',
  '0011-direct-clean-path-layout',
  '0012-hash-and-no-prefix-id-n-tuple-storage-layout',
  'initial',
]);

/** An `extensions` folder holds folders only, named as registered. */
export async function checkExtensions(
  reader: StoreReader,
  folder: string,
  entries: readonly Entry[],
  fileCodes: readonly string[],
  nameCode: string,
  say: Say,
): Promise<void> {
  if (!entries.some((e) => e.name === 'extensions' && e.kind === 'folder')) return;
  for (const { name, kind } of (await reader.list(folder === '' ? 'extensions' : `${folder}/extensions`)) ??
    []) {
    const path = `extensions/${name}`;
    if (kind === 'other') say.error('E090', path, `"${path}" is a link or no regular file.`);
    else if (kind === 'file')
      for (const code of fileCodes) say.error(code, path, 'The extensions folder holds a file.');
    else if (!REGISTERED.has(name))
      say.warning(nameCode, path, `The extension ${name} is not a registered one.`);
  }
}
