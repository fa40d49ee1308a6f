import type { WrittenWrapper } from '#formats/tree';
import type { Archive } from '#modules/holdings';
import type { Consignment } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import { PACKAGE_KINDS, type PackageKindName } from '../kinds/index.ts';
import type { HandoverLayout, HandoverPapers } from '../kinds/kind.ts';

export interface WriteConsignmentOrder {
  kind: PackageKindName;
  /** What nothing lies at yet. */
  target: string;
  wrapper: WrittenWrapper;
  /** Of the package, and of the top folder inside a ZIP or TAR. */
  name: string;
  layout?: HandoverLayout | undefined;
  papers?: HandoverPapers | undefined;
  /** With whose key it is signed, where its kind carries signatures. */
  archive: Archive;
}

/** Writes any consignment as a package of a kind; what it holds is read once, and nothing stands there when it fails. */
export async function writeConsignment(
  deps: PackagesDeps,
  consignment: Consignment,
  order: WriteConsignmentOrder,
): Promise<void> {
  const { archive, kind, ...rest } = order;
  await PACKAGE_KINDS[kind].write(consignment, {
    ...rest,
    date: deps.clock.now(),
    scratch: deps.scratch,
    signer: () => deps.signer(archive),
    whole: async () => {},
  });
}
