import { recogniseHandover, validateHandover } from '#formats/handover';
import type { PackageKind } from './kind.ts';

export const handover: PackageKind = {
  recognise: async (place) => (await recogniseHandover(await place.tree())) !== undefined,
  async judge(place) {
    const { findings, profile, items, volumes, files } = await validateHandover(await place.tree());
    const layout =
      profile === '2022' ? 'DA/T 93-2022' : profile === '2012' ? 'layout of 2012' : 'neither layout';
    const shelved = volumes > 0 ? `, ${volumes} volumes` : '';
    return { findings, what: `handover folder, ${layout}, ${items} items${shelved}, ${files} files` };
  },
};
