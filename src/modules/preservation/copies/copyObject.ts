import type { Draft, Lock } from '#formats/ocfl';
import { Refusal } from '#kernel/errors';
import type { OpenStore } from '../stores/openStore.ts';
import { algorithmOf, digestOf, fileOnDisk, type SourceObject } from './readSource.ts';

/** A copy built aside in the store it goes to. */
export interface BuiltCopy {
  draft: Draft;
  source: SourceObject;
  /** Digests of the files put in, by their path in the draft. */
  digests: Map<string, string>;
  bytes: number;
  /** Files that may be read at once. */
  atOnce: number;
}

/**
 * Objects, and files of each, that are written at once. To a folder few: each call holds one of the threads that read files
 * for the whole process, and a disk that hangs never gives them back.
 */
const atOnce = ({ folder }: Pick<OpenStore, 'folder'>) =>
  folder === null ? { objects: 8, files: 8 } : { objects: 3, files: 2 };

/** Some at once. After a failure nothing more is begun, and what was begun has ended: nobody writes into a draft that goes. */
async function each<T>(most: number, list: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const todo = list[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = todo.next(); !next.done && !failed; next = todo.next())
      try {
        await work(next.value);
      } catch (e) {
        failed = true;
        throw e;
      }
  };
  const ended = await Promise.allSettled(Array.from({ length: most }, worker));
  const first = ended.find((e) => e.status === 'rejected');
  if (first) throw first.reason;
}

const numberOf = (version: string) => Number(version.slice(1));
const isHead = (name: string) => !name.includes('/');

/** What a draft of one version, or of the whole object, is made of: path in the draft to path in the source. */
function filesFor(source: SourceObject, version: string | null): Map<string, string> {
  if (version === null) return new Map(source.files.map((f) => [f, f]));
  const own = source.files.filter((f) => f.startsWith(`${version}/`));
  const sidecar = `inventory.json.${algorithmOf(source)}`;
  return new Map([
    ...own.map((f) => [f, f] as const),
    ...['inventory.json', sidecar].map((name) => [name, `${version}/${name}`] as const),
  ]);
}

async function put(
  draft: Draft,
  source: SourceObject,
  to: string,
  from: string,
): Promise<{ size: number; digest: string }> {
  const algorithm = algorithmOf(source);
  const path = fileOnDisk(source, from);
  const read =
    path === null
      ? await draft.putStream(to, await source.open.store.open(`${source.path}/${from}`), [algorithm])
      : await draft.putFile(to, path, [algorithm]);
  const digest = read.digests[algorithm] ?? '';
  if (digest !== (digestOf(source, from) ?? digest)) throw changed(from);
  return { size: read.size, digest };
}

const changed = (path: string) =>
  new Refusal('copy.sourceDamaged', `${path} is not what the inventory says.`, { path });

/**
 * Builds a copy aside: content first, what describes it last. The caller holds the lock of the object in that store.
 *
 * @param version one version of it, for a store that has the one before; null for the whole object
 * @throws Refusal `copy.sourceDamaged` when the bytes are not those of the inventory; nothing of it stays
 */
export async function buildCopy(
  target: OpenStore,
  source: SourceObject,
  version: string | null,
): Promise<BuiltCopy> {
  const files = filesFor(source, version);
  const draft = await target.store.draft({
    objectPath: target.repository.pathOf(source.objectId),
    version: version ?? source.inventory.head,
    isNew: version === null,
  });
  try {
    let bytes = 0;
    const digests = new Map<string, string>();
    const take = async ([to, from]: [string, string]) => {
      const { size, digest } = await put(draft, source, to, from);
      digests.set(to, digest);
      bytes += size;
    };
    const list = [...files];
    await each(
      atOnce(target).files,
      list.filter(([to]) => !isHead(to)),
      take,
    );
    for (const one of list.filter(([to]) => isHead(to)).sort(([a], [b]) => (a < b ? -1 : 1))) await take(one);
    return { draft, source, digests, bytes, atOnce: atOnce(target).files };
  } catch (e) {
    await draft.discard();
    throw e;
  }
}

/** Reads everything back from the store it was written to. @throws Refusal `copy.notKept` */
export async function verifyCopy({ draft, source, digests, atOnce }: BuiltCopy): Promise<void> {
  const algorithm = algorithmOf(source);
  await each(atOnce, digests, async ([to, digest]) => {
    if ((await draft.digest(to, [algorithm]))?.digests[algorithm] !== digest) throw notKept(to);
  });
}

const notKept = (path: string) =>
  new Refusal('copy.notKept', `The store did not keep ${path} as it was written.`, { path });

export type CopyOutcome = { bytes: number } | { error: unknown };

/** Copies whole objects that a store has nothing of, with one flush for all. One outcome each, in order. */
export async function copyNew(target: OpenStore, sources: readonly SourceObject[]): Promise<CopyOutcome[]> {
  const outcomes = new Array<CopyOutcome>(sources.length);
  const built = new Map<number, BuiltCopy>();
  const locks: Lock[] = [];
  const fail = async (i: number, error: unknown) => {
    outcomes[i] = { error };
    await built
      .get(i)
      ?.draft.discard()
      .catch(() => undefined);
    built.delete(i);
  };
  try {
    await each(atOnce(target).objects, sources.entries(), async ([i, source]) => {
      try {
        locks.push(await target.store.lock(target.repository.pathOf(source.objectId)));
        built.set(i, await buildCopy(target, source, null));
      } catch (e) {
        await fail(i, e);
      }
    });
    await target.store.seal([...built.values()].map((b) => b.draft));
    await each(atOnce(target).objects, [...built], async ([i, b]) =>
      verifyCopy(b).catch((e: unknown) => fail(i, e)),
    );
    const visible = [...built];
    const published = await target.store.publish(visible.map(([, b]) => b.draft));
    for (const [at, [i, b]] of visible.entries()) {
      const outcome = published[at];
      if (outcome?.status === 'rejected') await fail(i, outcome.reason);
      else outcomes[i] = { bytes: b.bytes };
    }
    return outcomes;
  } catch (e) {
    await Promise.all([...built.values()].map((b) => b.draft.discard().catch(() => undefined)));
    throw e;
  } finally {
    await Promise.all(locks.map((lock) => lock.release().catch(() => undefined)));
  }
}

/**
 * Brings a copy on that has an earlier version, one version after another; each is whole before the next begins.
 *
 * @param from the head it has
 */
export async function copyVersions(
  target: OpenStore,
  source: SourceObject,
  from: string,
): Promise<{ bytes: number }> {
  const lock = await target.store.lock(target.repository.pathOf(source.objectId));
  let bytes = 0;
  try {
    const missing = [...source.inventory.versions.keys()]
      .filter((v) => numberOf(v) > numberOf(from))
      .sort((a, b) => numberOf(a) - numberOf(b));
    for (const version of missing) {
      const built = await buildCopy(target, source, version);
      try {
        await target.store.seal([built.draft]);
        await verifyCopy(built);
        const [outcome] = await target.store.publish([built.draft]);
        if (outcome?.status === 'rejected') throw outcome.reason;
        bytes += built.bytes;
      } finally {
        await built.draft.discard().catch(() => undefined);
      }
    }
    return { bytes };
  } finally {
    await lock.release();
  }
}
