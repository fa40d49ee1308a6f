import { Refusal } from '#kernel/errors';
import { type Inventory, sidecarName, versionNumber } from './inventory.ts';
import { readInventory } from './readObject.ts';
import { completeVersion, isOfTheObject } from './recover.ts';
import type { Lease, Pending } from './s3Lease.ts';
import { keyOf, type S3Place, s3Reader } from './s3Reader.ts';
import { ConditionFailed, putChunks } from './s3Upload.ts';
import type { StoreReader } from './storage.ts';

interface SettleDeps {
  readonly place: S3Place;
  readonly root: string;
}

/** All keys below a prefix, and uploads begun there, are removed. */
export async function removeBelow({ bucket }: S3Place, prefix: string, lease: Lease): Promise<void> {
  for (const { key, upload } of await bucket.uploads(prefix)) await bucket.abortParts(key, upload);
  for await (const page of bucket.list(prefix)) {
    lease.guard();
    await bucket.remove(page.keys.map((k) => k.key));
  }
}

/** Removes what lies in a version and its inventory does not name: files that were dropped, and strays of the dead. */
async function removeUnnamed(
  place: S3Place,
  at: string,
  version: string,
  inventory: Inventory,
  lease: Lease,
) {
  const own = new Set(['inventory.json', sidecarName(inventory.digestAlgorithm)]);
  for await (const page of place.bucket.list(`${at}/${version}/`)) {
    const unnamed = page.keys
      .map((k) => k.key)
      .filter((key) => {
        const path = key.slice(at.length + 1);
        return !inventory.manifest.has(path) && !own.has(path.slice(version.length + 1));
      });
    lease.guard();
    if (unnamed.length > 0) await place.bucket.remove(unnamed);
  }
}

async function headNumber(reader: StoreReader, objectPath: string): Promise<number | 'unknown' | null> {
  try {
    const read = await readInventory(reader, objectPath);
    return read ? (versionNumber(read.inventory.head) ?? 'unknown') : null;
  } catch (e) {
    if (isOfTheObject(e)) return 'unknown';
    throw e;
  }
}

/**
 * Copies the inventory of a version, and its sidecar, to the object root: the inventory first, on condition that nobody
 * replaced it meanwhile.
 *
 * @throws Refusal `ocfl.headMoved`
 */
export async function copyHeadInS3(
  { place, root }: SettleDeps,
  lease: Lease,
  objectPath: string,
  version: string,
  sidecar: string,
): Promise<void> {
  const at = keyOf(root, objectPath);
  const reader = s3Reader(place, at);
  const before = await place.bucket.head(`${at}/inventory.json`);
  const condition = before ? { tag: before.tag } : ({ absent: true } as const);
  try {
    await putChunks(
      place.bucket,
      `${at}/inventory.json`,
      await reader.open(`${version}/inventory.json`),
      lease.guard,
      {
        condition,
      },
    );
  } catch (e) {
    if (!(e instanceof ConditionFailed)) throw e;
    throw new Refusal(
      'ocfl.headMoved',
      'Another writer added a version meanwhile.',
      { objectPath },
      { cause: e },
    );
  }
  await putChunks(place.bucket, `${at}/${sidecar}`, await reader.open(`${version}/${sidecar}`), lease.guard);
}

/**
 * Finishes or clears away what a writer that is gone was at, under the lock taken over from it. A version that is
 * complete becomes the head, since its writer may come back and make it so; of any other nothing is left. What was
 * published stays, whatever is wrong with it: that is for recovery and validation to say.
 *
 * @returns whether anything was cleared away
 */
export async function settle(deps: SettleDeps, lease: Lease, pending: Pending): Promise<boolean> {
  const { place, root } = deps;
  const { objectPath } = lease;
  const reader = s3Reader(place, root);
  const head = await headNumber(reader, objectPath);
  const number = versionNumber(pending.version) ?? 0;
  const isHead = head !== null && (head === 'unknown' || head >= number);
  let cleared = false;
  if (!isHead) {
    const complete = (await completeVersion(reader, objectPath, pending.version))?.inventory ?? null;
    const at = keyOf(root, objectPath);
    const declaration = complete ? `ocfl_object_${complete.spec}` : '';
    if (complete && pending.isNew)
      await place.bucket.put(
        `${at}/0=${declaration}`,
        Buffer.from(`${declaration}\n`),
        undefined,
        lease.guard,
      );
    if (complete) {
      await removeUnnamed(place, at, pending.version, complete, lease);
      const sidecar = sidecarName(complete.digestAlgorithm);
      await copyHeadInS3(deps, lease, objectPath, pending.version, sidecar);
    } else {
      cleared = true;
      await removeBelow(place, `${at}/${pending.version}/`, lease);
      if (pending.isNew && head === null)
        await place.bucket.remove(['1.0', '1.1'].map((spec) => `${at}/0=ocfl_object_${spec}`));
    }
  }
  await removeBelow(place, lease.aside, lease);
  await lease.note(null);
  return cleared;
}
