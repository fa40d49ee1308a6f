import { sm2 } from 'sm-crypto-v2';
import {
  DerError,
  encode,
  integer,
  octets,
  oid,
  readAll,
  readInteger,
  readOne,
  sequence,
  smallInteger,
  TAG,
} from './der.ts';
import { OID } from './oids.ts';

/**
 * SM2 signatures with SM3 (GB/T 32918.2, GB/T 35276): identifier 1234567812345678, signature as DER SEQUENCE(r, s).
 * Done by sm-crypto-v2 because Node's own SM2 takes no identifier and signs other bytes than the standard says.
 */
const IDENTIFIER = '1234567812345678';

/** A new key pair: PKCS#8 private key and SubjectPublicKeyInfo, as OpenSSL reads them. */
export function generateSm2(): { pkcs8: Buffer; spki: Buffer } {
  const pair = sm2.generateKeyPairHex();
  const scalar = Buffer.from(pair.privateKey.padStart(64, '0'), 'hex');
  const algorithm = sequence(oid(OID.ecPublicKey), oid(OID.sm2Curve));
  const ecPrivateKey = sequence(smallInteger(1), octets(scalar));
  const point = Buffer.from(pair.publicKey, 'hex');
  return {
    pkcs8: sequence(smallInteger(0), algorithm, octets(ecPrivateKey)),
    spki: sequence(algorithm, encode(TAG.bitString, Buffer.of(0), point)),
  };
}

export function signSm2(pkcs8: Uint8Array, data: Uint8Array): Buffer {
  const ecPrivateKey = readAll(readOne(pkcs8, TAG.sequence).body)[2];
  if (!ecPrivateKey) throw new DerError('no private key');
  const scalar = readAll(readOne(ecPrivateKey.body, TAG.sequence).body)[1];
  if (!scalar || scalar.tag !== TAG.octetString) throw new DerError('no private key');
  const der = sm2.doSignature(data, scalar.body.toString('hex'), {
    hash: true,
    der: true,
    userId: IDENTIFIER,
  });
  return Buffer.from(der, 'hex');
}

/** False for anything that is not a valid signature in strict DER; never throws. */
export function verifySm2(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    const [r, s, ...more] = readAll(readOne(signature, TAG.sequence).body);
    if (!r || !s || more.length > 0) return false;
    const strict = sequence(integer(readInteger(r)), integer(readInteger(s)));
    const key = readAll(readOne(spki, TAG.sequence).body)[1];
    if (!key || key.tag !== TAG.bitString || key.body.length !== 66 || key.body[1] !== 4) return false;
    const point = key.body.subarray(1).toString('hex');
    return sm2.doVerifySignature(data, strict.toString('hex'), point, {
      hash: true,
      der: true,
      userId: IDENTIFIER,
    });
  } catch {
    return false;
  }
}
