import { createHash, getHashes, type Hash, hash } from 'node:crypto';

/** Digest algorithms by the names preservation metadata uses (OCFL, BagIt, PREMIS). */
export type DigestName =
  | 'md5'
  | 'sha1'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512/256'
  | 'blake2b-512'
  | 'sm3';

const ENGINE_NAME: Readonly<Record<DigestName, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha512/256': 'sha512-256',
  'blake2b-512': 'blake2b512',
  sm3: 'sm3',
};

export const digestNames = Object.keys(ENGINE_NAME) as readonly DigestName[];

const available = new Set(getHashes().map((name) => name.toLowerCase()));

/** Whether a name is a digest this machine's runtime can compute. */
export function canDigest(name: string): name is DigestName {
  return Object.hasOwn(ENGINE_NAME, name) && available.has(ENGINE_NAME[name as DigestName].toLowerCase());
}

/** Lower-case hexadecimal digests, by algorithm. */
export type Digests = Partial<Record<DigestName, string>>;

export interface Digested {
  /** Bytes read. */
  readonly size: number;
  readonly digests: Digests;
}

/** Several digests over one pass of bytes. */
export interface MultiDigest {
  update(chunk: Uint8Array): void;
  done(): Digested;
}

export function multiDigest(names: readonly DigestName[]): MultiDigest {
  const hashes = names.map((name): [DigestName, Hash] => [name, createHash(ENGINE_NAME[name])]);
  let size = 0;
  return {
    update(chunk) {
      size += chunk.byteLength;
      for (const [, hash] of hashes) hash.update(chunk);
    },
    done() {
      const digests: Digests = {};
      for (const [name, hash] of hashes) digests[name] = hash.digest('hex');
      return { size, digests };
    },
  };
}

export function digestBytes(bytes: Uint8Array, names: readonly DigestName[]): Digested {
  const digests: Digests = {};
  for (const name of names) digests[name] = hash(ENGINE_NAME[name], bytes, 'hex');
  return { size: bytes.byteLength, digests };
}

/** Digests of a stream, on the calling thread: for streams that come from elsewhere. Files go through the pool. */
export async function digestStream(
  chunks: AsyncIterable<Uint8Array>,
  names: readonly DigestName[],
): Promise<Digested> {
  const all = multiDigest(names);
  for await (const chunk of chunks) all.update(chunk);
  return all.done();
}
