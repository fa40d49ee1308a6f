import { fetchMissing, recogniseBag, validateBag } from '#formats/bagit';
import type { PackageKind } from './kind.ts';

const count = (n: number) => `${n} ${n === 1 ? 'file' : 'files'}`;

export const bag: PackageKind = {
  recognise: async (place) => recogniseBag(await place.tree()),
  async judge(place) {
    const tree = await place.tree();
    if (!place.leave) return judged(await validateBag(tree));
    const fetched = await fetchMissing(tree, place.leave);
    try {
      const { findings, what } = judged(await validateBag(fetched.tree));
      return {
        findings: [...fetched.findings, ...findings],
        what: `${what}, ${count(fetched.files)} (${fetched.bytes} bytes) fetched for this check`,
      };
    } finally {
      await fetched.tree.close();
    }
  },
};

function judged({ findings, version, files, toFetch }: Awaited<ReturnType<typeof validateBag>>) {
  const left = toFetch > 0 ? `, ${toFetch} still to be fetched` : '';
  return { findings, what: `BagIt ${version}, ${count(files)} in the payload${left}` };
}
