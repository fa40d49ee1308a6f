import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
  scrypt,
} from 'node:crypto';
import { Refusal } from '#kernel/errors';

/** The first thing at a place of backups: how what lies there is to be read. */
export interface Header {
  format: 'lantai-backup';
  version: 1;
  made: string;
  /** Absent: nothing is encrypted. */
  encryption?: {
    cipher: 'aes-256-gcm';
    /** How the passphrase becomes a key: scrypt (RFC 7914). */
    kdf: { name: 'scrypt'; n: number; r: number; p: number; salt: string };
    /** The key of everything, closed with the passphrase's: base64 of nonce, text and tag. */
    key: string;
  };
}

/** How bytes become what lies at the place, and back. */
export interface Seal {
  readonly encrypted: boolean;
  /** The name of a chunk: a digest of its bytes, keyed where it is encrypted so that a name tells nothing. */
  idOf(plain: Uint8Array): string;
  /** @param name what it is called there, which is bound in */
  close(plain: Uint8Array, name: string): Uint8Array;
  /** @throws Refusal backup.altered */
  open(closed: Uint8Array, name: string): Uint8Array;
}

const KDF = { n: 2 ** 16, r: 8, p: 1 } as const;
/** More than this nobody's header may ask for: a gigabyte of memory. */
const KDF_MOST = 2 ** 20;

export const PLAIN: Seal = {
  encrypted: false,
  idOf: (plain) => hash('sha256', plain),
  close: (plain) => plain,
  open: (closed) => closed,
};

/** A header for a place nothing lies in yet. */
export async function newHeader(
  passphrase: string | undefined,
  now: Date,
): Promise<{ header: Header; seal: Seal }> {
  const header: Header = { format: 'lantai-backup', version: 1, made: now.toISOString() };
  if (passphrase === undefined) return { header, seal: PLAIN };
  const salt = randomBytes(16);
  const kdf = { name: 'scrypt' as const, ...KDF, salt: salt.toString('base64') };
  const key = randomBytes(32);
  const closed = encrypt(await keyOf(passphrase, kdf), key, 'key');
  header.encryption = { cipher: 'aes-256-gcm', kdf, key: Buffer.from(closed).toString('base64') };
  return { header, seal: sealed(key) };
}

/**
 * @throws Refusal backup.wrongPassphrase, backup.passphraseNeeded, backup.notEncrypted, backup.otherFormat
 */
export async function openHeader(
  bytes: Uint8Array,
  passphrase: string | undefined,
  place: string,
): Promise<Seal> {
  const header = parse(bytes, place);
  const { encryption } = header;
  if (!encryption) {
    if (passphrase === undefined) return PLAIN;
    throw new Refusal(
      'backup.notEncrypted',
      `The backups in ${place} are not encrypted, and a passphrase was given. Encrypted ones need a place of their own.`,
      { place },
    );
  }
  if (passphrase === undefined)
    throw new Refusal(
      'backup.passphraseNeeded',
      `The backups in ${place} are encrypted. Give the passphrase by --passphrase-file or LANTAI_BACKUP_PASSPHRASE.`,
      { place },
    );
  const { kdf } = encryption;
  if (kdf.name !== 'scrypt' || kdf.n * kdf.r > KDF_MOST || kdf.p > 4) throw otherFormat(place);
  const derived = await keyOf(passphrase, kdf);
  try {
    return sealed(decrypt(derived, Buffer.from(encryption.key, 'base64'), 'key'));
  } catch (cause) {
    throw new Refusal(
      'backup.wrongPassphrase',
      `This is not the passphrase of the backups in ${place}.`,
      { place },
      { cause },
    );
  }
}

function parse(bytes: Uint8Array, place: string): Header {
  try {
    const header = JSON.parse(Buffer.from(bytes).toString('utf8')) as Header;
    if (header.format === 'lantai-backup' && header.version === 1) return header;
  } catch {
    // Said below.
  }
  throw otherFormat(place);
}

const otherFormat = (place: string) =>
  new Refusal('backup.otherFormat', `What lies in ${place} is no backup this version can read.`, { place });

function keyOf(passphrase: string, kdf: { n: number; r: number; p: number; salt: string }): Promise<Buffer> {
  const options = { N: kdf.n, r: kdf.r, p: kdf.p, maxmem: 256 * kdf.n * kdf.r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(kdf.salt, 'base64'), 32, options, (e, key) =>
      e ? reject(e) : resolve(key),
    );
  });
}

function sealed(key: Uint8Array): Seal {
  const part = (use: string) =>
    Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `lantai backup ${use}`, 32));
  const cipherKey = part('content');
  const nameKey = part('names');
  return {
    encrypted: true,
    idOf: (plain) => createHmac('sha256', nameKey).update(plain).digest('hex'),
    close: (plain, name) => encrypt(cipherKey, plain, name),
    open(closed, name) {
      try {
        return decrypt(cipherKey, closed, name);
      } catch (cause) {
        throw altered(name, cause);
      }
    },
  };
}

export function altered(name: string, cause?: unknown): Refusal {
  return new Refusal(
    'backup.altered',
    `${name} is not as it was written: it was altered or is damaged.`,
    { name },
    { cause },
  );
}

function encrypt(key: Uint8Array, plain: Uint8Array, name: string): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(name, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, closed: Uint8Array, name: string): Uint8Array {
  if (closed.length < 28) throw new Error('too short');
  const end = closed.length - 16;
  const decipher = createDecipheriv('aes-256-gcm', key, closed.subarray(0, 12));
  decipher.setAAD(Buffer.from(name, 'utf8'));
  decipher.setAuthTag(closed.subarray(end));
  return Buffer.concat([decipher.update(closed.subarray(12, end)), decipher.final()]);
}
