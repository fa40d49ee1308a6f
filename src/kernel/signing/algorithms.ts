import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { DerError, integer, oid, readAll, readInteger, readOne, sequence, TAG } from './der.ts';
import { OID } from './oids.ts';
import { generateSm2, signSm2, verifySm2 } from './sm2.ts';

/** What signs statements: receipts, registers, certificates, checkpoints. */
export type StatementAlgorithm = 'ed25519' | 'sm2';
/** What signs PDF documents, where common readers know only these. */
export type PdfAlgorithm = 'p256' | 'rsa';
export type KeyAlgorithm = StatementAlgorithm | PdfAlgorithm;

/** A private key in the clear: only ever in memory (`sealing.ts` closes it for storage). */
export interface PrivateKey {
  algorithm: KeyAlgorithm;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), the first 20 bytes in hex. */
  keyId: string;
  pkcs8: Uint8Array;
}

export interface KeyPair {
  privateKey: PrivateKey;
  /** SubjectPublicKeyInfo, DER. */
  spki: Buffer;
}

export function keyIdOf(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('hex').slice(0, 40);
}

const generate = promisify(generateKeyPair);

/** A new key pair. RSA is 3072 bits and takes up to some seconds; the others are immediate. */
export async function generateKey(algorithm: KeyAlgorithm): Promise<KeyPair> {
  const { pkcs8, spki } = await generateDer(algorithm);
  return { privateKey: { algorithm, keyId: keyIdOf(spki), pkcs8 }, spki };
}

async function generateDer(algorithm: KeyAlgorithm): Promise<{ pkcs8: Buffer; spki: Buffer }> {
  if (algorithm === 'sm2') return generateSm2();
  const pair =
    algorithm === 'ed25519'
      ? await generate('ed25519')
      : algorithm === 'rsa'
        ? await generate('rsa', { modulusLength: 3072 })
        : await generate('ec', { namedCurve: 'P-256' });
  return {
    pkcs8: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    spki: pair.publicKey.export({ format: 'der', type: 'spki' }),
  };
}

/** Which of our algorithms a SubjectPublicKeyInfo is for; undefined for others. */
export function algorithmOf(spki: Uint8Array): KeyAlgorithm | undefined {
  const algorithm = readAll(readOne(spki, TAG.sequence).body)[0];
  if (!algorithm) throw new DerError('no key algorithm');
  const [id, parameter] = readAll(algorithm.body);
  const is = (name: keyof typeof OID, element = id): boolean =>
    element?.whole.equals(oid(OID[name])) ?? false;
  if (is('ed25519')) return 'ed25519';
  if (is('rsaEncryption')) return 'rsa';
  if (is('ecPublicKey'))
    return is('p256Curve', parameter) ? 'p256' : is('sm2Curve', parameter) ? 'sm2' : undefined;
  return undefined;
}

/** Signs bytes: P-256 and RSA (PKCS #1 v1.5) with SHA-256, Ed25519, SM2 with SM3. ECDSA and SM2 answer in DER. */
export function signBytes(key: PrivateKey, data: Uint8Array): Buffer {
  if (key.algorithm === 'sm2') return signSm2(key.pkcs8, data);
  const keyObject = createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' });
  if (key.algorithm === 'p256') return lowS(sign('sha256', data, { key: keyObject, dsaEncoding: 'der' }));
  return sign(key.algorithm === 'ed25519' ? null : 'sha256', data, keyObject);
}

/** Whether the signature is right, and the only encoding of itself. Never throws on hostile input. */
export function verifyBytes(
  algorithm: KeyAlgorithm,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    if (algorithm === 'sm2') return verifySm2(spki, data, signature);
    if (algorithm === 'p256' && !lowS(signature).equals(signature)) return false;
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    if (algorithm === 'p256') return verify('sha256', data, { key, dsaEncoding: 'der' }, signature);
    return verify(algorithm === 'ed25519' ? null : 'sha256', data, key, signature);
  } catch {
    return false;
  }
}

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * The ECDSA signature with the smaller of its two possible values of s. Both verify; allowing one only means that
 * nobody can change a signed file into another that still holds.
 */
function lowS(signature: Uint8Array): Buffer {
  const [r, s] = readAll(readOne(signature, TAG.sequence).body);
  if (!r || !s) throw new DerError('no ECDSA signature');
  const value = BigInt(`0x${readInteger(s).toString('hex')}`);
  const low = value > P256_ORDER / 2n ? P256_ORDER - value : value;
  const hex = low.toString(16);
  return sequence(
    integer(readInteger(r)),
    integer(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')),
  );
}
