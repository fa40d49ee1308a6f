import { basename, resolve } from 'node:path';
import { type FileTree, packageRoot } from '#formats/tree';
import { systemActor } from '#kernel/actor';
import type { ConsignedUnit, Consignment } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import { PACKAGE_KINDS, type PackageKindName } from '../kinds/index.ts';
import { findingOf, type Ingested, type IngestOrder, judgeTree } from './ingest.ts';
import { openArrived } from './openArrived.ts';

/** A package that is judged and not taken in. */
export interface JudgeOrder extends Omit<IngestOrder, 'leftOut' | 'known'> {
  /** Sees every entry of a package whose format is sound, in the order of its tree. */
  look?: ((unit: ConsignedUnit) => void) | undefined;
  /** Whoever asks has every file looked at by the scanner itself. */
  isScanned?: boolean | undefined;
}

/** What becomes of a package if nobody changes it: as `ingest` would find it now. */
export type JudgedPackage = Pick<Ingested, 'path' | 'kind' | 'entries' | 'files' | 'findings'> & {
  valid: boolean;
};

/** A package that was judged and stays open, so that whoever goes on with it need not read it again. */
export interface OpenPackage {
  judged: JudgedPackage;
  /** What it holds; null where it can not be opened, and the findings say why. */
  consignment: Consignment | null;
  close(): Promise<void>;
}

/** Records of a package that names no fonds are looked at all the same. */
const NO_FONDS = 'X000';

/**
 * Everything that is wrong with a package, as `ingest` finds it before it enters anything, and the package open: of an unsound one,
 * what can be opened of it. For the system, which asks on behalf of people who may not take in themselves.
 *
 * @throws Refusal archive.notFound
 */
export async function judgePackage(deps: PackagesDeps, order: JudgeOrder): Promise<OpenPackage> {
  const archive = await deps.holdings.archiveByCode(order.archive);
  const path = resolve(order.path);
  const kind: Ingested['kind'] = order.kind ?? 'unknown';
  const none = { path: order.path, kind, entries: 0, files: 0, valid: false };
  const tree = await openArrived(path, order.limits, deps.scratch).catch(findingOf);
  if ('severity' in tree)
    return { judged: { ...none, findings: [tree] }, consignment: null, close: async () => {} };
  try {
    const name = basename(path);
    const by = order.isScanned ? { ...deps, scan: undefined } : deps;
    const { arrived, close, ...said } = await judgeTree(by, systemActor('lantai'), tree, {
      ...order,
      name,
      archive,
    });
    const judged = { ...none, ...said, valid: arrived !== undefined };
    const opened = arrived
      ? { arrived, close }
      : await openUnsound(deps, tree, { ...order, name, kind: said.kind });
    return {
      judged,
      consignment: opened?.arrived.consignment ?? null,
      async close() {
        await opened?.close();
        await tree.close();
      },
    };
  } catch (e) {
    await tree.close();
    throw e;
  }
}

/** As far as it can be; why it can not be opened stands among the findings already. */
async function openUnsound(
  { scratch }: PackagesDeps,
  tree: FileTree,
  {
    kind,
    name,
    fonds = NO_FONDS,
  }: { kind: PackageKindName | 'unknown'; name: string; fonds?: string | undefined },
) {
  if (kind === 'unknown') return null;
  try {
    const place = { root: await packageRoot(tree), whole: tree, name, scratch };
    const arrived = await PACKAGE_KINDS[kind].open({ ...place, fonds });
    return { arrived, close: async () => arrived.close?.() };
  } catch (e) {
    findingOf(e);
    return null;
  }
}
