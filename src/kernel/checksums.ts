/** Checksums: several digests in one pass over bytes, streams and files, files on threads of their own. */
export {
  canDigest,
  type Digested,
  type DigestName,
  type Digests,
  digestBytes,
  digestNames,
  digestStream,
  type MultiDigest,
  multiDigest,
} from './checksums/digests.ts';
export { createDigestPool, type DigestPool } from './checksums/pool.ts';
