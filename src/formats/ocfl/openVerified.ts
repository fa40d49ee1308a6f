import { multiDigest } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import type { ContentDigest } from './inventory.ts';

/**
 * Passes bytes on while digesting them.
 *
 * @throws Refusal `ocfl.contentDamaged` after the last chunk when they are not those the digest stands for.
 */
export async function* openVerified(
  bytes: AsyncIterable<Uint8Array>,
  algorithm: ContentDigest,
  digest: string,
  path: string,
): AsyncGenerator<Uint8Array> {
  const all = multiDigest([algorithm]);
  for await (const chunk of bytes) {
    all.update(chunk);
    yield chunk;
  }
  if (all.done().digests[algorithm] !== digest)
    throw new Refusal('ocfl.contentDamaged', 'The stored file is not what it was when it was taken in.', {
      path,
    });
}
