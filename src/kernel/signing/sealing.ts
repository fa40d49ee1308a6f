import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Refusal } from '#kernel/errors';
import type { KeyAlgorithm, PrivateKey } from './algorithms.ts';

/** A private key as it may be stored: AES-256-GCM, random nonce, bound to its key id and algorithm. */
export interface SealedPrivateKey {
  algorithm: KeyAlgorithm;
  keyId: string;
  /** `lk1.<nonce>.<ciphertext>.<tag>`, base64url. */
  sealed: string;
}

const VERSION = 'lk1';

/** A new master key: 32 random bytes, kept outside the database. */
export function newMasterKey(): Buffer {
  return randomBytes(32);
}

/** Closes a private key for storage. @param masterKey 32 bytes */
export function sealPrivate(key: PrivateKey, masterKey: Uint8Array): SealedPrivateKey {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', usable(masterKey), nonce).setAAD(binding(key));
  const closed = Buffer.concat([cipher.update(key.pkcs8), cipher.final()]);
  const sealed = [VERSION, ...[nonce, closed, cipher.getAuthTag()].map((b) => b.toString('base64url'))].join(
    '.',
  );
  return { algorithm: key.algorithm, keyId: key.keyId, sealed };
}

/**
 * Opens a stored private key.
 *
 * @throws Refusal `signing.masterKeyWrong` when the master key is another one, or the stored key was changed or
 *   moved to another key id
 */
export function openPrivate(stored: SealedPrivateKey, masterKey: Uint8Array): PrivateKey {
  const [version, ...parts] = stored.sealed.split('.');
  const [nonce, closed, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  const wrong = (cause?: unknown): Refusal =>
    new Refusal(
      'signing.masterKeyWrong',
      'The archive’s signing key can not be opened: the master key is not the one it was closed with, or the stored key is damaged.',
      { keyId: stored.keyId },
      { cause },
    );
  if (version !== VERSION || parts.length !== 3 || nonce?.length !== 12 || !closed || tag?.length !== 16)
    throw wrong();
  try {
    const decipher = createDecipheriv('aes-256-gcm', usable(masterKey), nonce, { authTagLength: 16 });
    decipher.setAAD(binding(stored)).setAuthTag(tag);
    const pkcs8 = Buffer.concat([decipher.update(closed), decipher.final()]);
    return { algorithm: stored.algorithm, keyId: stored.keyId, pkcs8 };
  } catch (cause) {
    throw wrong(cause);
  }
}

function binding(key: { algorithm: KeyAlgorithm; keyId: string }): Buffer {
  return Buffer.from(`lantai/private-key/${key.algorithm}/${key.keyId}`, 'utf8');
}

function usable(masterKey: Uint8Array): Uint8Array {
  if (masterKey.length !== 32) throw new RangeError('the master key must be 32 bytes');
  return masterKey;
}
