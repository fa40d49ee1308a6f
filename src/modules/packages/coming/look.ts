import { basename, resolve } from 'node:path';
import { type FileTree, packageRoot, type TreeLimits } from '#formats/tree';
import { type Finding, isRefusal, messageOf } from '#kernel/errors';
import type { Consignment } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import { PACKAGE_KINDS, type PackageKindName, recogniseKind } from '../kinds/index.ts';
import type { Arrived } from '../kinds/kind.ts';
import { openArrived } from './openArrived.ts';

export interface LookOrder {
  path: string;
  kind?: PackageKindName | undefined;
  /** The fonds of records whose package names none. */
  fonds?: string | undefined;
  limits?: Partial<TreeLimits> | undefined;
  /** PEM texts of certificates that are trusted. */
  trust?: readonly string[] | undefined;
}

/** A package as it lies there: what it is, what its format finds wrong, and what it holds. */
export interface LookedPackage {
  kind: PackageKindName | 'unknown';
  /** Of its wrapper and its format. */
  findings: readonly Finding[];
  /** Null where it can not be opened; the findings say why. */
  consignment: Consignment | null;
  close(): Promise<void>;
}

/** Records of a package that names no fonds are looked at all the same. */
const NO_FONDS = 'X000';
const isOfTheSystem = (e: unknown) => e instanceof Error && 'syscall' in e;

function findingOf(e: unknown): Finding {
  if (!isRefusal(e) && !isOfTheSystem(e)) throw e;
  const path = isRefusal(e) && typeof e.detail.path === 'string' ? e.detail.path : '';
  return { code: isRefusal(e) ? e.code : 'unreadable', severity: 'error', path, message: messageOf(e) };
}

/** Opens a package to be looked at, sound or not, with nothing entered anywhere. What is wrong with it is findings. */
export async function lookAtPackage(
  { scratch }: Pick<PackagesDeps, 'scratch'>,
  order: LookOrder,
): Promise<LookedPackage> {
  const path = resolve(order.path);
  const nothing = { kind: order.kind ?? 'unknown', consignment: null, close: async () => {} } as const;
  const tree = await openArrived(path, order.limits, scratch).catch(findingOf);
  if ('severity' in tree) return { ...nothing, findings: [tree] };
  try {
    return await looked(tree, basename(path), scratch, order);
  } catch (e) {
    await tree.close();
    return { ...nothing, findings: [...tree.findings, findingOf(e)] };
  }
}

async function looked(
  tree: FileTree,
  name: string,
  scratch: string,
  { kind: given, fonds = NO_FONDS, trust }: LookOrder,
): Promise<LookedPackage> {
  const place = { root: await packageRoot(tree), whole: tree, name, scratch, trust };
  const kind = given ?? (await recogniseKind(place));
  const message = 'Nothing here makes it a package of a kind that is taken in.';
  const unknown: Finding = { code: 'check.notRecognised', severity: 'error', path: '', message };
  if (kind === null)
    return { kind: 'unknown', findings: [...tree.findings, unknown], consignment: null, close: tree.close };
  const found = [...(await PACKAGE_KINDS[kind].validate(place))];
  let arrived: Arrived | null = null;
  try {
    arrived = await PACKAGE_KINDS[kind].open({ ...place, fonds });
  } catch (e) {
    // Its format's own findings say more; this is why nothing of it can be listed.
    found.push(findingOf(e));
  }
  return {
    kind,
    // Reading it added to what the wrapper found.
    findings: [...tree.findings, ...found],
    consignment: arrived?.consignment ?? null,
    async close() {
      await arrived?.close?.();
      await tree.close();
    },
  };
}
