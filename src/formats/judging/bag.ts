import { recogniseBag, validateBag } from '#formats/bagit';
import type { PackageKind } from './kind.ts';

export const bag: PackageKind = {
  recognise: async (place) => recogniseBag(await place.tree()),
  async judge(place) {
    const { findings, version, files, toFetch } = await validateBag(await place.tree());
    const left = toFetch > 0 ? `, ${toFetch} still to be fetched` : '';
    return {
      findings,
      what: `BagIt ${version}, ${files} ${files === 1 ? 'file' : 'files'} in the payload${left}`,
    };
  },
};
