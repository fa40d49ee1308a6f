import { basename } from 'node:path';
import { recogniseEark, validateEark } from '#formats/eark';
import type { PackageKind } from './kind.ts';

export const eark: PackageKind = {
  recognise: async (place) => recogniseEark(await place.whole()),
  async judge(place) {
    const report = await validateEark(await place.whole(), {
      name: place.isFolder ? basename(place.path) : undefined,
      // What the wrapper itself did wrong is told by who opened it.
      wrapperFindings: false,
    });
    const { kind, version, representations: n, findings } = report;
    const of = kind === null ? 'E-ARK package' : `E-ARK ${kind} ${version}`;
    return { findings, what: `${of}, ${n} ${n === 1 ? 'representation' : 'representations'}` };
  },
};
