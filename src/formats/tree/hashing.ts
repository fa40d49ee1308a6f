import { createHash } from 'node:crypto';
import { type ByteSource, contentOf } from './source.ts';

/** Digests of one source in one pass, in the order of the names. */
export async function hashSource(source: ByteSource, engine: readonly string[]): Promise<string[]> {
  const hashes = engine.map((name) => createHash(name));
  for await (const piece of contentOf(source)) for (const hash of hashes) hash.update(piece);
  return hashes.map((hash) => hash.digest('hex'));
}
