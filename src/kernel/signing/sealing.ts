import { randomBytes } from 'node:crypto';
import { Refusal } from '#kernel/errors';
import { openSealed, SealBroken, seal } from '../sealing.ts';
import type { KeyAlgorithm, PrivateKey } from './algorithms.ts';

/** A private key as it may be stored, bound to its key id and algorithm. */
export interface SealedPrivateKey {
  algorithm: KeyAlgorithm;
  keyId: string;
  /** As `seal` writes it. */
  sealed: string;
}

/** A new master key: 32 random bytes, kept outside the database. */
export function newMasterKey(): Buffer {
  return randomBytes(32);
}

/** Closes a private key for storage. @param masterKey 32 bytes */
export function sealPrivate(key: PrivateKey, masterKey: Uint8Array): SealedPrivateKey {
  return { algorithm: key.algorithm, keyId: key.keyId, sealed: seal(key.pkcs8, placeOf(key), masterKey) };
}

/**
 * Opens a stored private key.
 *
 * @throws Refusal `signing.masterKeyWrong` when the master key is another one, or the stored key was changed or
 *   moved to another key id
 */
export function openPrivate(stored: SealedPrivateKey, masterKey: Uint8Array): PrivateKey {
  try {
    const pkcs8 = openSealed(stored.sealed, placeOf(stored), masterKey);
    return { algorithm: stored.algorithm, keyId: stored.keyId, pkcs8 };
  } catch (cause) {
    if (!(cause instanceof SealBroken)) throw cause;
    throw new Refusal(
      'signing.masterKeyWrong',
      'The archive’s signing key can not be opened: the master key is not the one it was closed with, or the stored key is damaged.',
      { keyId: stored.keyId },
      { cause },
    );
  }
}

const placeOf = (key: { algorithm: KeyAlgorithm; keyId: string }): string =>
  `lantai/private-key/${key.algorithm}/${key.keyId}`;
