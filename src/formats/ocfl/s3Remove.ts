import type { Lease } from './s3Lease.ts';
import { keyOf, type S3Place } from './s3Reader.ts';

/**
 * Takes an object out of a bucket. The inventory goes first, so that nobody reads it as whole any more, and the
 * declaration last, so that what a broken-off removal leaves is known for what it is: an object without an inventory. Where
 * the bucket keeps versions of its own, those go too.
 */
export async function removeObjectFromS3(
  { bucket }: S3Place,
  root: string,
  objectPath: string,
  lease: Lease,
): Promise<void> {
  const at = keyOf(root, objectPath);
  const isDeclaration = (key: string) => key.startsWith(`${at}/0=`);
  await bucket.remove([`${at}/inventory.json`]);
  for (const { key, upload } of await bucket.uploads(`${at}/`)) await bucket.abortParts(key, upload);
  const last: string[] = [];
  for await (const page of bucket.list(`${at}/`)) {
    lease.guard();
    const keys = page.keys.map((k) => k.key);
    last.push(...keys.filter(isDeclaration));
    await bucket.remove(keys.filter((key) => !isDeclaration(key)));
  }
  await bucket.remove(last);
  for await (const versions of bucket.history(`${at}/`)) {
    lease.guard();
    await bucket.removeVersions(versions);
  }
}
