import { openBucket, S3_LIMITS, type S3Location } from '#formats/ocfl';
import { Refusal } from '#kernel/errors';
import type { Place } from './place.ts';
import { missing } from './trouble.ts';

/** Things at a place of backups are chunks and lists of them: nothing there is longer. */
const MOST = 1024 * 1024 * 1024;

/** Backups in a bucket. A thing is there whole or not at all, and stays when the server has said so. */
export async function s3Place(location: S3Location, shown: string): Promise<Place> {
  const bucket = await openBucket(location, S3_LIMITS);
  const keyOf = (name: string) => `${location.prefix}/${name}`;
  const place: Place = {
    shown,
    async read(name) {
      const found = await bucket.get(keyOf(name));
      if (found === null || typeof found === 'string') throw missing(name, shown);
      if (found.length > MOST) {
        found.bytes.destroy();
        throw new Refusal('backup.altered', `${name} in ${shown} is longer than anything a backup writes.`, {
          name,
        });
      }
      const pieces: Buffer[] = [];
      for await (const piece of found.bytes) pieces.push(piece as Buffer);
      const bytes = Buffer.concat(pieces);
      // A connection that ended early.
      if (bytes.length !== found.length)
        throw new Error(`${name} in ${shown} came ${bytes.length} of ${found.length} bytes long`);
      return bytes;
    },
    async write(name, bytes) {
      await bucket.put(keyOf(name), bytes);
    },
    claim: async (name, bytes) => (await bucket.put(keyOf(name), bytes, { absent: true })) !== null,
    async *list(prefix) {
      const whole = keyOf(prefix);
      for await (const { keys } of bucket.list(whole))
        for (const { key, size } of keys) yield { name: key.slice(location.prefix.length + 1), bytes: size };
    },
    remove: (name) => bucket.remove([keyOf(name)]),
    async move(from, to) {
      await place.write(to, await place.read(from));
      await place.remove(from);
    },
    async settle() {},
    async sweep() {},
    close: () => bucket.close(),
  };
  return place;
}
