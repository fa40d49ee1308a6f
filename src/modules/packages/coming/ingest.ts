import { basename, resolve } from 'node:path';
import type { Fetched } from '#formats/bagit';
import { type FileTree, packageRoot } from '#formats/tree';
import { type Actor, auditActor } from '#kernel/actor';
import { type Finding, isRefusal, messageOf } from '#kernel/errors';
import type { Archive } from '#modules/holdings';
import type { ConsignedUnit } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import { PACKAGE_KINDS, type PackageKindName, recogniseKind } from '../kinds/index.ts';
import type { Arrived } from '../kinds/kind.ts';
import { enterArrived } from './enter.ts';
import { type FetchOrder, withLeftOut } from './fetching.ts';
import { openArrived } from './openArrived.ts';
import type { Known } from './order.ts';
import { judgeArrived } from './plan.ts';

export interface IngestOrder extends FetchOrder {
  path: string;
  /** The archive's code. */
  archive: string;
  kind?: PackageKindName | undefined;
  /** The fonds of records whose package names none. */
  fonds?: string | undefined;
  /** Reference codes of entries that are left out, with all below them. */
  leftOut?: ReadonlySet<string> | undefined;
  known?: Known | undefined;
}

/** What became of one package. */
export interface Ingested {
  path: string;
  kind: PackageKindName | 'unknown';
  accepted: boolean;
  /** What the package holds. */
  entries: number;
  files: number;
  /** What of it is new here: nothing the second time. */
  newEntries: number;
  newFiles: number;
  /** Files that the package left out and that were fetched for it. */
  fetched: number;
  findings: readonly Finding[];
}

const isOfTheSystem = (e: unknown) => e instanceof Error && 'syscall' in e;
const errorsOf = (findings: readonly Finding[]) => findings.filter((f) => f.severity === 'error').length;

/**
 * Takes a package into an archive, or refuses it whole: a package with an error in it, by its wrapper, by its format or by
 * what it says of its entries, enters nothing.
 *
 * @throws Refusal archive.notFound, actor.forbidden
 */
export async function ingestPackage(deps: PackagesDeps, actor: Actor, order: IngestOrder): Promise<Ingested> {
  const archive = await deps.holdings.archiveByCode(order.archive);
  deps.holdings.demandTakingIn(actor, archive.id);
  const none = {
    path: order.path,
    accepted: false,
    entries: 0,
    files: 0,
    newEntries: 0,
    newFiles: 0,
    fetched: 0,
  };
  const tree = await openArrived(resolve(order.path), order.limits, deps.scratch).catch(findingOf);
  if ('severity' in tree) return { ...none, kind: order.kind ?? 'unknown', findings: [tree] };
  try {
    const name = basename(resolve(order.path));
    const { arrived, close, ...said } = await judgeTree(deps, actor, tree, { ...order, name, archive });
    if (!arrived) return { ...none, ...said };
    await using _reading = { [Symbol.asyncDispose]: close };
    // From here on what goes wrong is told by what is thrown: entries are there, and the same call goes on.
    const { created, known, newFiles } = await enterArrived(deps, actor, arrived, {
      archive,
      name,
      kind: said.kind,
      leftOut: order.leftOut,
      known: order.known,
      signal: order.signal,
    });
    await deps.db.system((tx) =>
      deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: archive.id,
        act: 'package.ingested',
        target: { type: 'archive', id: archive.id },
        detail: {
          package: name,
          kind: said.kind,
          digest: arrived.digest,
          entries: said.entries,
          files: said.files,
          created,
          known,
          newFiles,
          fetched: said.fetched,
        },
      }),
    );
    return { ...none, ...said, accepted: true, newEntries: created, newFiles };
  } finally {
    await tree.close();
  }
}

interface Verdict extends Pick<Ingested, 'kind' | 'entries' | 'files' | 'fetched' | 'findings'> {
  /** The package, where nothing is wrong with it. */
  arrived?: Arrived;
  /** Takes away what reading it needed; done already where it is refused. */
  close(): Promise<void>;
}

type TreeOrder = Pick<IngestOrder, 'kind' | 'fonds' | keyof FetchOrder> & {
  look?: ((unit: ConsignedUnit) => void) | undefined;
  name: string;
  archive: Archive;
};

/** Everything that is wrong with a package; enters nothing. */
export async function judgeTree(
  deps: PackagesDeps,
  actor: Actor,
  tree: FileTree,
  order: TreeOrder,
): Promise<Verdict> {
  let opened: Arrived | undefined;
  let fetched: Fetched | null = null;
  const close = async () => {
    await opened?.close?.();
    await fetched?.tree.close();
  };
  const verdict: Verdict = {
    kind: order.kind ?? 'unknown',
    entries: 0,
    files: 0,
    fetched: 0,
    findings: [],
    close,
  };
  let found: readonly Finding[] = [];
  let isRefused = true;
  try {
    if (errorsOf(tree.findings) > 0) return { ...verdict, findings: [...tree.findings] };
    const { name, fonds = null } = order;
    const trust = await deps.trust(order.archive.id);
    let place = { root: await packageRoot(tree), whole: tree, name, trust, scratch: deps.scratch };
    const kind = order.kind ?? (await recogniseKind(place));
    if (kind === null) return { ...verdict, findings: [...tree.findings, NOT_RECOGNISED] };
    verdict.kind = kind;
    if (kind === 'bag') fetched = await withLeftOut(place.root, order, deps.scratch);
    if (fetched) {
      place = { ...place, root: fetched.tree };
      verdict.fetched = fetched.files;
      found = fetched.findings;
    }
    found = [...found, ...(await PACKAGE_KINDS[kind].validate(place))];
    // Reading the bytes adds to what the wrapper found.
    if (errorsOf([...tree.findings, ...found]) > 0)
      return { ...verdict, findings: [...tree.findings, ...found] };
    opened = await PACKAGE_KINDS[kind].open({ ...place, fonds });
    const { findings, errors, ...counts } = await judgeArrived(
      deps,
      actor,
      opened,
      order.archive,
      order.look,
    );
    Object.assign(verdict, counts);
    const all = [...tree.findings, ...found, ...findings];
    isRefused = errors > 0;
    return isRefused ? { ...verdict, findings: all } : { ...verdict, findings: all, arrived: opened };
  } catch (e) {
    isRefused = true;
    return { ...verdict, findings: [...tree.findings, ...found, findingOf(e)] };
  } finally {
    if (isRefused) await close();
  }
}

const NOT_RECOGNISED: Finding = {
  code: 'ingest.notRecognised',
  severity: 'error',
  path: '',
  message: `Nothing here makes it a package of a kind that is taken in: ${Object.keys(PACKAGE_KINDS).join(', ')}.`,
};

/** What is wrong with the package and not with us, as a finding. @throws anything else */
export function findingOf(e: unknown): Finding {
  if (!isRefusal(e) && !isOfTheSystem(e)) throw e;
  const path = isRefusal(e) && typeof e.detail.path === 'string' ? e.detail.path : '';
  const code = isRefusal(e) ? e.code : 'unreadable';
  return { code, severity: 'error', path, message: messageOf(e) };
}
