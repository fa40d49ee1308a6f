import { createPathTable } from '#formats/tree';
import { canDigest, type DigestName } from '#kernel/checksums';

/** What a list in a package says a file's digest is. */
export interface Listed {
  readonly algorithm: DigestName;
  /** Lower-case hexadecimal. */
  readonly digest: string;
}

/** Digests by path, some hundred bytes a file. */
export interface ListedDigests {
  /** Digests of kinds that are not counted here are passed over; the first of a path is kept. */
  add(path: string, algorithm: string, digest: string): void;
  of(path: string): Listed | undefined;
}

/** Bytes of the longest digest. */
const WIDTH = 64;

export function createListedDigests(): ListedDigests {
  const table = createPathTable();
  const algorithms: DigestName[] = [];
  let digests = Buffer.alloc(WIDTH * 256);
  let kinds = Buffer.alloc(256);
  return {
    add(path, said, digest) {
      const algorithm = said.toLowerCase().replace(/^(sha|sm)-/, '$1');
      if (!canDigest(algorithm) || !/^(?:[0-9a-f]{2}){16,64}$/i.test(digest) || table.find(path) >= 0) return;
      const row = table.add(path);
      if (row >= kinds.length) {
        digests = Buffer.concat([digests, Buffer.alloc(digests.length)]);
        kinds = Buffer.concat([kinds, Buffer.alloc(kinds.length)]);
      }
      if (!algorithms.includes(algorithm)) algorithms.push(algorithm);
      kinds[row] = algorithms.indexOf(algorithm);
      digests.write(digest, row * WIDTH, WIDTH, 'hex');
    },
    of(path) {
      const row = table.find(path);
      const algorithm = row < 0 ? undefined : algorithms[kinds[row] ?? 0];
      if (algorithm === undefined) return undefined;
      return { algorithm, digest: digests.toString('hex', row * WIDTH, row * WIDTH + LENGTH[algorithm]) };
    },
  };
}

const LENGTH: Readonly<Record<DigestName, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha512/256': 32,
  'blake2b-512': 64,
  sm3: 32,
};
