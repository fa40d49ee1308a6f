import { basename, dirname } from 'node:path';
import type { Finding } from '#kernel/errors';
import type { CheckPlace, PackageKind } from './kind.ts';

/** Of a folder that nothing makes an object or a root; what it lacks as an object is said beside this. */
const neither: Finding = {
  code: 'E069',
  severity: 'error',
  path: '',
  message: 'Nothing here makes the folder an OCFL storage root.',
};

/** Much code, and most things that are asked about are no OCFL. */
const loaded = () => import('#formats/ocfl');

export const ocfl: PackageKind = {
  async recognise({ path, isFolder, pool }) {
    if (!isFolder) return false;
    const { filesystemReader, recognise } = await loaded();
    return (await recognise(filesystemReader(path, pool))) !== null;
  },
  async judge(place) {
    if (!place.isFolder) return { findings: await ofFile(place), what: 'no folder' };
    const { filesystemReader, recognise, validateObject, validateRoot } = await loaded();
    const reader = filesystemReader(place.path, place.pool);
    const found = await recognise(reader);
    if (found === 'object') return { findings: (await validateObject(reader)).findings, what: 'OCFL object' };
    if (found === null) {
      const { findings } = await validateObject(reader);
      return { findings: [neither, ...findings], what: 'neither OCFL object nor root' };
    }
    const { findings, objects } = await validateRoot(reader);
    return { findings, what: `OCFL storage root, ${objects} ${objects === 1 ? 'object' : 'objects'}` };
  },
};

/** A file is no package. One that is named as an inventory is judged as one besides, for whoever is mending it. */
async function ofFile({ path, pool }: CheckPlace): Promise<Finding[]> {
  const message = 'This is no folder; an OCFL object or storage root is one.';
  const name = basename(path);
  const { filesystemReader, validateInventory } = await loaded();
  const said = /inventory.*\.json$/i.test(name)
    ? await validateInventory(filesystemReader(dirname(path), pool), name)
    : [];
  return [{ code: 'E003', severity: 'error', path: '', message }, ...said];
}
