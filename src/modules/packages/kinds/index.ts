import { bag } from './bag/index.ts';
import { dip, eark } from './eark/index.ts';
import { eep } from './eep/index.ts';
import { handover } from './handover/index.ts';
import type { ArrivedPlace, PackageKind } from './kind.ts';

/** Each kind that leaves and comes in, in the order in which a package of no said kind is asked. */
export const PACKAGE_KINDS = { bag, dip, eark, eep, handover } satisfies Record<string, PackageKind>;

export type PackageKindName = keyof typeof PACKAGE_KINDS;
export const PACKAGE_KIND_NAMES = Object.keys(PACKAGE_KINDS) as readonly PackageKindName[];

export async function recogniseKind(place: ArrivedPlace): Promise<PackageKindName | null> {
  for (const name of PACKAGE_KIND_NAMES) if (await PACKAGE_KINDS[name].recognise(place)) return name;
  return null;
}
