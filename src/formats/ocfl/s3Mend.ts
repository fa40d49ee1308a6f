import { type DigestName, digestStream } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import type { Condition } from './s3Bucket.ts';
import type { Lease } from './s3Lease.ts';
import { keyOf, type S3Place, s3Reader } from './s3Reader.ts';
import { removeBelow } from './s3Settle.ts';
import { ConditionFailed, putChunks } from './s3Upload.ts';
import type { GoodFile, Mending } from './storage.ts';

/** Mends single files of objects in a bucket. What is taken out is kept below `<root>.quarantine/`. */
export function s3Mending(place: S3Place, root: string, leaseOf: (objectPath: string) => Lease): Mending {
  const { bucket } = place;
  const reader = s3Reader(place, '');
  const asideOf = (folder: string) => `${root}.quarantine/${folder}`;
  const copy = async (from: string, to: string, lease: Lease, condition?: Condition) =>
    putChunks(bucket, to, await reader.open(from), lease.guard, condition ? { condition } : {});

  /** @throws Refusal `ocfl.notWritten` */
  async function demand(key: string, path: string, algorithm: DigestName, digest: string): Promise<void> {
    const found = await digestStream(await reader.open(key), [algorithm]);
    if (found.digests[algorithm] !== digest)
      throw new Refusal('ocfl.notWritten', `The store did not keep ${path} as it was written.`, { path });
  }

  return {
    async setAside(objectPath, path, folder) {
      await copy(`${keyOf(root, objectPath)}/${path}`, `${asideOf(folder)}/${path}`, leaseOf(objectPath));
    },
    async note(objectPath, folder, text) {
      await putChunks(bucket, `${asideOf(folder)}/why.json`, [Buffer.from(text)], leaseOf(objectPath).guard);
    },
    async replace(objectPath, path, { open, algorithm, digest }: GoodFile) {
      const lease = leaseOf(objectPath);
      const key = `${keyOf(root, objectPath)}/${path}`;
      const ready = `${lease.aside}mending/${path}`;
      const before = await bucket.head(key);
      try {
        await putChunks(bucket, ready, await open(), lease.guard);
        // Only what was read back and found good is put over anything.
        await demand(ready, path, algorithm, digest);
        await lease.confirm();
        await copy(ready, key, lease, before ? { tag: before.tag } : { absent: true });
      } catch (e) {
        if (!(e instanceof ConditionFailed)) throw e;
        const why = 'Another writer changed this file meanwhile.';
        throw new Refusal('ocfl.headMoved', why, { objectPath, path }, { cause: e });
      } finally {
        await removeBelow(place, `${lease.aside}mending/`, lease);
      }
      await demand(key, path, algorithm, digest);
    },
    async takeOut(objectPath, path) {
      const lease = leaseOf(objectPath);
      await lease.confirm();
      await bucket.remove([`${keyOf(root, objectPath)}/${path}`]);
    },
    async clear(folder) {
      for await (const page of bucket.list(`${asideOf(folder)}/`))
        await bucket.remove(page.keys.map((k) => k.key));
      for await (const versions of bucket.history(`${asideOf(folder)}/`))
        await bucket.removeVersions(versions);
    },
  };
}
