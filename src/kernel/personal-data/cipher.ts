import {
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * How personal data is closed. The SM cipher is SM4 in CBC with HMAC-SM3 over everything (encrypt, then authenticate):
 * OpenSSL has both natively, and no SM4-GCM.
 */
export const PERSONAL_CIPHERS = ['aes-256-gcm', 'sm4-cbc-hmac-sm3'] as const;
export type PersonalCipher = (typeof PERSONAL_CIPHERS)[number];

/** Raised when a value does not open: another key, changed, or moved to another place. */
export class ValueBroken extends Error {
  override readonly name = 'ValueBroken';
}

/** What a data key's 32 secret bytes become: one key to close with, one to authenticate with, one to match by. */
export interface OpenKey {
  id: string;
  cipher: PersonalCipher;
  closing: Buffer;
  authenticating: Buffer;
  matching: Buffer;
}

const VERSION = 'pd1';
const KEY_BYTES = { 'aes-256-gcm': 32, 'sm4-cbc-hmac-sm3': 16 } as const;

/** @param secret 32 bytes */
export function openKey(id: string, cipher: PersonalCipher, secret: Uint8Array): OpenKey {
  if (secret.length !== 32) throw new RangeError('a data key has 32 bytes');
  const derive = (use: string, bytes: number) =>
    Buffer.from(hkdfSync(digestOf(cipher), secret, Buffer.alloc(0), `lantai/personal/${use}`, bytes));
  return {
    id,
    cipher,
    closing: derive('close', KEY_BYTES[cipher]),
    authenticating: derive('authenticate', 32),
    matching: derive('match', 32),
  };
}

/**
 * Closes a value.
 *
 * @param place what it belongs to; it opens for the same place alone
 * @returns `pd1.<cipher>.<id of the key>.<nonce>.<closed>.<tag>`, the last three base64url
 */
export function closeValue(key: OpenKey, place: string, value: string): string {
  const nonce = randomBytes(key.cipher === 'aes-256-gcm' ? 12 : 16);
  const head = `${VERSION}.${key.cipher}.${key.id}`;
  const cipher = createCipheriv(nameOf(key.cipher), key.closing, nonce);
  if (key.cipher === 'aes-256-gcm') (cipher as CipherGCM).setAAD(Buffer.from(`${head}\n${place}`));
  const closed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  const tag =
    key.cipher === 'aes-256-gcm'
      ? (cipher as CipherGCM).getAuthTag()
      : authenticate(key, head, place, nonce, closed);
  return [head, ...[nonce, closed, tag].map((part) => part.toString('base64url'))].join('.');
}

/** Id of the key a closed value lies under. @throws ValueBroken */
export function keyIdOf(closed: string): string {
  const [version, , id] = closed.split('.');
  if (version !== VERSION || !id) throw new ValueBroken('not a closed value');
  return id;
}

/** Opens what {@link closeValue} closed. @throws ValueBroken */
export function openValue(key: OpenKey, place: string, text: string): string {
  const [version, cipher, id, ...rest] = text.split('.');
  const [nonce, closed, tag] = rest.map((part) => Buffer.from(part, 'base64url'));
  if (version !== VERSION || rest.length !== 3 || cipher !== key.cipher || id !== key.id)
    throw new ValueBroken('not a value under this key');
  const head = `${version}.${cipher}.${id}`;
  try {
    return cipher === 'aes-256-gcm'
      ? openGcm(key, `${head}\n${place}`, nonce!, closed!, tag!)
      : openSm4(key, head, place, nonce!, closed!, tag!);
  } catch (cause) {
    throw cause instanceof ValueBroken ? cause : new ValueBroken('the value does not open', { cause });
  }
}

/** What equal values of a field share and nobody without the key can make: for finding by exact match. */
export function matchOf(key: OpenKey, field: string, normal: string): Buffer {
  return createHmac(digestOf(key.cipher), key.matching).update(`${field}\0${normal}`, 'utf8').digest();
}

const digestOf = (cipher: PersonalCipher) => (cipher === 'aes-256-gcm' ? 'sha256' : 'sm3');
const nameOf = (cipher: PersonalCipher) => (cipher === 'aes-256-gcm' ? 'aes-256-gcm' : 'sm4-cbc');

function openGcm(key: OpenKey, associated: string, nonce: Buffer, closed: Buffer, tag: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key.closing, nonce, { authTagLength: 16 });
  decipher.setAAD(Buffer.from(associated)).setAuthTag(tag);
  return Buffer.concat([decipher.update(closed), decipher.final()]).toString('utf8');
}

function openSm4(
  key: OpenKey,
  head: string,
  place: string,
  nonce: Buffer,
  closed: Buffer,
  tag: Buffer,
): string {
  const expected = authenticate(key, head, place, nonce, closed);
  // Authenticity first: what is not ours is never decrypted, so padding tells nothing.
  if (tag.length !== expected.length || !timingSafeEqual(tag, expected))
    throw new ValueBroken('the value does not open');
  const decipher = createDecipheriv('sm4-cbc', key.closing, nonce);
  return Buffer.concat([decipher.update(closed), decipher.final()]).toString('utf8');
}

/** Lengths go in before the parts, so that no two ways of cutting give the same bytes. */
function authenticate(key: OpenKey, head: string, place: string, nonce: Buffer, closed: Buffer): Buffer {
  const mac = createHmac('sm3', key.authenticating);
  for (const part of [Buffer.from(head), Buffer.from(place), nonce, closed]) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(part.length));
    mac.update(length).update(part);
  }
  return mac.digest();
}
