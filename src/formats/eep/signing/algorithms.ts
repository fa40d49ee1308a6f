import { constants, createHash, createPublicKey, createSign, createVerify } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import type { KeyAlgorithm, PrivateKey } from '#kernel/signing/algorithms';
import type { Certificate } from '#kernel/signing/certificate';
import { DerError, integer, readAll, readInteger, readOne, sequence, TAG } from '#kernel/signing/der';

/** Identifiers written into 签名算法标识. */
export const WRITTEN: Readonly<Record<'sm2' | 'p256' | 'rsa', string>> = {
  sm2: 'SM3withSM2',
  p256: 'SHA256withECDSA',
  rsa: 'SHA256withRSA',
};

/** How a signature was made; `weak` digests can be forged. */
export interface Algorithm {
  readonly key: 'sm2' | 'ec' | 'rsa';
  readonly digest: 'sm3' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'md5';
  readonly weak: boolean;
}

const OIDS: Readonly<Record<string, string>> = {
  '1.2.156.10197.1.501': 'sm3withsm2',
  '1.2.840.113549.1.1.4': 'md5withrsa',
  '1.2.840.113549.1.1.5': 'sha1withrsa',
  '1.2.840.113549.1.1.11': 'sha256withrsa',
  '1.2.840.113549.1.1.12': 'sha384withrsa',
  '1.2.840.113549.1.1.13': 'sha512withrsa',
  '1.2.840.10045.4.1': 'sha1withecdsa',
  '1.2.840.10045.4.3.2': 'sha256withecdsa',
  '1.2.840.10045.4.3.3': 'sha384withecdsa',
  '1.2.840.10045.4.3.4': 'sha512withecdsa',
};

/**
 * The algorithm an identifier names: `SM3withSM2`, `SHA256withRSA`, `RSA-SHA256`, `ECDSA with SHA-256`, an object identifier.
 * Undefined for anything that does not name a kind of key.
 */
export function algorithmNamed(identifier: string): Algorithm | undefined {
  const id = identifier.trim().replace(/^urn:oid:/i, '');
  const text = (OIDS[id] ?? id).toLowerCase().replace(/[\s_/-]/g, '');
  const key = text.includes('sm2')
    ? 'sm2'
    : text.includes('ecdsa')
      ? 'ec'
      : text.includes('rsa')
        ? 'rsa'
        : undefined;
  if (key === undefined) return undefined;
  const found = /sm3|sha(?:1|224|256|384|512)|md5/.exec(text)?.[0] as Algorithm['digest'] | undefined;
  const digest = found ?? (key === 'sm2' ? 'sm3' : 'sha256');
  return { key, digest, weak: digest === 'md5' || digest === 'sha1' };
}

/** Takes the bytes that were signed piece by piece. */
export interface Check {
  update(bytes: Buffer): void;
  /** Whether the signature is one of these bytes by this key; false for anything malformed. */
  fits(): boolean;
}

const NEVER: Check = { update() {}, fits: () => false };

/** A check of one signature against a certificate's key; undefined where key and algorithm do not go together. */
export function checkOf(
  algorithm: Algorithm,
  certificate: Certificate,
  signature: Buffer,
): Check | undefined {
  if (algorithm.key === 'sm2') {
    if (certificate.algorithm !== 'sm2' || algorithm.digest !== 'sm3') return undefined;
    return sm2Check(certificate.spki, signature);
  }
  if (certificate.algorithm === 'sm2' || certificate.algorithm === 'ed25519') return undefined;
  try {
    const key = createPublicKey({ key: certificate.spki, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== algorithm.key) return undefined;
    const verify = createVerify(algorithm.digest);
    return {
      update: (bytes) => void verify.update(bytes),
      fits() {
        try {
          const padding = algorithm.key === 'rsa' ? { padding: constants.RSA_PKCS1_PADDING } : {};
          return verify.verify({ key, dsaEncoding: 'der', ...padding }, signature);
        } catch {
          return false;
        }
      },
    };
  } catch {
    return NEVER;
  }
}

/** The public point of an SM2 key, hexadecimal, uncompressed. */
function pointOf(spki: Uint8Array): string {
  const key = readAll(readOne(spki, TAG.sequence).body)[1];
  if (!key || key.tag !== TAG.bitString || key.body.length !== 66 || key.body[1] !== 4)
    throw new DerError('no SM2 point');
  return key.body.subarray(1).toString('hex');
}

/** SM3 over what GB/T 32918.2 puts before the message (identifier 1234567812345678), then the message. */
function sm2Hash(point: string) {
  return createHash('sm3').update(sm2.getZ(point));
}

function sm2Check(spki: Uint8Array, signature: Buffer): Check {
  try {
    const point = pointOf(spki);
    const hash = sm2Hash(point);
    const raw = rawSm2(signature);
    return {
      update: (bytes) => void hash.update(bytes),
      fits() {
        try {
          return sm2.doVerifySignature(hash.digest(), raw, point, { hash: false, der: false });
        } catch {
          return false;
        }
      },
    };
  } catch {
    return NEVER;
  }
}

/** r and s, 64 bytes in hexadecimal, of a signature in DER or already so. */
function rawSm2(signature: Buffer): string {
  if (signature.length === 64) return signature.toString('hex');
  const [r, s, ...more] = readAll(readOne(signature, TAG.sequence).body);
  if (!r || !s || more.length > 0) throw new DerError('no SM2 signature');
  return [r, s].map((n) => readInteger(n).toString('hex').padStart(64, '0')).join('');
}

/** Takes the bytes to be signed piece by piece. */
export interface Signing {
  update(bytes: Buffer): void;
  sign(): Buffer;
}

/** Signs without holding the bytes. ECDSA and SM2 answer in DER. @throws RangeError for kinds of key EEPs are not signed with */
export function signingWith(key: PrivateKey, spki: Uint8Array): Signing {
  if (key.algorithm === 'sm2') {
    const hash = sm2Hash(pointOf(spki));
    const scalar = sm2Scalar(key.pkcs8);
    return {
      update: (bytes) => void hash.update(bytes),
      sign() {
        const raw = Buffer.from(sm2.doSignature(hash.digest(), scalar, { hash: false, der: false }), 'hex');
        return sequence(integer(raw.subarray(0, 32)), integer(raw.subarray(32)));
      },
    };
  }
  if (!canSign(key.algorithm)) throw new RangeError(`an EEP is not signed with ${key.algorithm}`);
  const sign = createSign('sha256');
  const pem = { key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8', dsaEncoding: 'der' } as const;
  return { update: (bytes) => void sign.update(bytes), sign: () => sign.sign(pem) };
}

export function canSign(algorithm: KeyAlgorithm): algorithm is 'sm2' | 'p256' | 'rsa' {
  return algorithm !== 'ed25519';
}

function sm2Scalar(pkcs8: Uint8Array): string {
  const ecPrivateKey = readAll(readOne(pkcs8, TAG.sequence).body)[2];
  const scalar = ecPrivateKey && readAll(readOne(ecPrivateKey.body, TAG.sequence).body)[1];
  if (!scalar || scalar.tag !== TAG.octetString) throw new DerError('no private key');
  return scalar.body.toString('hex');
}
