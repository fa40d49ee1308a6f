import { createHash } from 'node:crypto';
import { type PdfAlgorithm, type PrivateKey, signBytes, verifyBytes } from './algorithms.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import {
  contextTag,
  DerError,
  type Element,
  encode,
  octets,
  oid,
  readAll,
  readOne,
  sequence,
  setOf,
  smallInteger,
  TAG,
} from './der.ts';
import { OID } from './oids.ts';

/**
 * Detached CMS signatures (RFC 5652) as PDF wants them for ETSI.CAdES.detached (ETSI EN 319 142-1): SHA-256, one signer,
 * the signer's certificate inside and bound by signing-certificate-v2 (RFC 5035).
 *
 * There is exactly one way to write such a signature from its parts. Verifying writes it again and compares, so that no
 * byte of it can be other than it was made.
 */
export function signDetached(certificate: Certificate, key: PrivateKey, contentSha256: Uint8Array): Buffer {
  const attributes = signedAttributes(certificate, contentSha256);
  return assemble(certificate, attributes, signBytes(key, encode(TAG.set, attributes)));
}

export type DetachedVerdict =
  | { holds: true; certificate: Certificate }
  | { holds: false; why: 'malformed' | 'otherContent' | 'wrongSignature' };

/** Whether `cms` is a signature over content with this SHA-256, made with the certificate inside. Trust is not judged. */
export function verifyDetached(cms: Uint8Array, contentSha256: Uint8Array): DetachedVerdict {
  try {
    const { certificate, signature, messageDigest } = takeApart(cms);
    const algorithm = certificate.algorithm;
    if (algorithm !== 'p256' && algorithm !== 'rsa') return { holds: false, why: 'malformed' };
    const attributes = signedAttributes(certificate, messageDigest);
    if (!assemble(certificate, attributes, signature).equals(cms)) return { holds: false, why: 'malformed' };
    if (!messageDigest.equals(contentSha256)) return { holds: false, why: 'otherContent' };
    return verifyBytes(algorithm, certificate.spki, encode(TAG.set, attributes), signature)
      ? { holds: true, certificate }
      : { holds: false, why: 'wrongSignature' };
  } catch (error) {
    if (error instanceof DerError) return { holds: false, why: 'malformed' };
    throw error;
  }
}

const digestAlgorithm = (): Buffer => sequence(oid(OID.sha256));

function signatureAlgorithm(algorithm: PdfAlgorithm): Buffer {
  return algorithm === 'p256'
    ? sequence(oid(OID.ecdsaSha256))
    : sequence(oid(OID.rsaEncryption), encode(TAG.null));
}

/** The members of the SET of signed attributes, in DER order. */
function signedAttributes(certificate: Certificate, contentSha256: Uint8Array): Buffer {
  const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), setOf(value));
  const certificateHash = octets(createHash('sha256').update(certificate.der).digest());
  const set = setOf(
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octets(contentSha256)),
    attribute(OID.signingCertificateV2, sequence(sequence(sequence(certificateHash)))),
  );
  return readOne(set, TAG.set).body;
}

function assemble(certificate: Certificate, attributes: Uint8Array, signature: Uint8Array): Buffer {
  if (certificate.algorithm !== 'p256' && certificate.algorithm !== 'rsa') {
    throw new RangeError('documents are signed with P-256 or RSA');
  }
  const signerInfo = sequence(
    smallInteger(1),
    certificate.issuerAndSerial,
    digestAlgorithm(),
    encode(contextTag(0), attributes),
    signatureAlgorithm(certificate.algorithm),
    octets(signature),
  );
  const signedData = sequence(
    smallInteger(1),
    setOf(digestAlgorithm()),
    sequence(oid(OID.data)),
    encode(contextTag(0), certificate.der),
    setOf(signerInfo),
  );
  return sequence(oid(OID.signedData), encode(contextTag(0), signedData));
}

/** Finds the parts by position; `assemble` then proves that nothing else was there. */
function takeApart(cms: Uint8Array): { certificate: Certificate; signature: Buffer; messageDigest: Buffer } {
  const [, explicit] = children(readOne(cms, TAG.sequence));
  const [, , , certificates, signerInfos] = children(readOne(present(explicit).body, TAG.sequence));
  const certificate = readCertificate(present(certificates).body);
  const [, , , attributes, , signature] = children(readOne(present(signerInfos).body, TAG.sequence));
  for (const attribute of children(present(attributes))) {
    const [type, values] = children(attribute);
    if (!type?.whole.equals(oid(OID.messageDigest))) continue;
    const messageDigest = readOne(present(values).body, TAG.octetString).body;
    return { certificate, signature: present(signature).body, messageDigest };
  }
  throw new DerError('no message digest');
}

const children = (element: Element): Element[] => readAll(element.body);

function present(element: Element | undefined): Element {
  if (!element) throw new DerError('ends too early');
  return element;
}
