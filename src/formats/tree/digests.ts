import { availableParallelism } from 'node:os';
import { Refusal } from '#kernel/errors';
import { ThreadPool } from '#kernel/threads';
import type { ByteSource } from './source.ts';

/** The runtime's names for the digests of manifests, by the name without its punctuation. */
const ENGINE_NAME: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  sha512256: 'sha512-256',
  sha3224: 'sha3-224',
  sha3256: 'sha3-256',
  sha3384: 'sha3-384',
  sha3512: 'sha3-512',
  blake2b512: 'blake2b512',
  sm3: 'sm3',
};

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The runtime's name of a digest written in any of its usual ways (`SHA-256`, `sha256`, `sha3-512`); null for none. */
export function engineDigest(name: string): string | null {
  const known = plain(name);
  return Object.hasOwn(ENGINE_NAME, known) ? (ENGINE_NAME[known] ?? null) : null;
}

/** Whether trees can count this digest. */
export const canDigestTree = (name: string): boolean => engineDigest(name) !== null;

/** Digests of byte sources, by threads that start when there is enough to do. */
export interface TreeDigests {
  of(source: ByteSource, algorithms: readonly string[]): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

/** Longer than any file of the largest size takes. */
const DAYS = 14 * 24 * 3600 * 1000;

export function createTreeDigests(): TreeDigests {
  let pool: ThreadPool | null = null;
  return {
    async of(source, algorithms) {
      const engine = algorithms.map((name) => {
        const found = engineDigest(name);
        if (!found)
          throw new Refusal('tree.noSuchDigest', `Digests of the kind ${name} can not be counted here.`, {
            name,
          });
        return found;
      });
      let hex: readonly string[];
      if (source.bytes <= SMALL) {
        const { hashSource } = await import('./hashing.ts');
        hex = await hashSource(source, engine);
      } else {
        pool ??= new ThreadPool({
          script: new URL('./digestThread.ts', import.meta.url),
          size: Math.min(4, availableParallelism()),
        });
        hex = await pool.ask<readonly string[]>({ source, engine }, { timeoutMs: DAYS });
      }
      return new Map(algorithms.map((name, i) => [name, hex[i] ?? '']));
    },
    async close() {
      await pool?.close();
      pool = null;
    },
  };
}

/** Up to this size it costs more to hand the work to a thread than to do it. */
const SMALL = 128 * 1024;
