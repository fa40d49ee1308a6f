import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '#kernel/errors';
import {
  algorithmOf,
  type KeyAlgorithm,
  keyIdOf,
  type PrivateKey,
  signBytes,
  verifyBytes,
} from './algorithms.ts';
import {
  bits,
  contextTag,
  DerError,
  type Element,
  encode,
  integer,
  octets,
  oid,
  readAll,
  readInteger,
  readOne,
  readTime,
  sequence,
  setOf,
  smallInteger,
  TAG,
  time,
} from './der.ts';
import { OID } from './oids.ts';

/** What a certificate of ours says (X.509 v3, RFC 5280). */
export interface Certificate {
  der: Buffer;
  /** SHA-256 of the whole certificate, hex: what people compare when they decide whom to trust. */
  fingerprint: string;
  keyId: string;
  algorithm: KeyAlgorithm | undefined;
  spki: Buffer;
  /** DER of issuer and serial number together: how a CMS signature names its signer. */
  issuerAndSerial: Buffer;
  /** The serial number, hex. */
  serial: string;
  issuer: Buffer;
  subject: Buffer;
  archiveName: string;
  archiveCode: string;
  notBefore: Date;
  notAfter: Date;
  mayIssue: boolean;
  /** The part that is signed, and the signature. */
  signedPart: Buffer;
  signature: Buffer;
}

export interface CertificateRequest {
  archiveName: string;
  archiveCode: string;
  spki: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  /** Who signs: the issuing certificate, or undefined for a self-signed one that may issue others. */
  issuer?: Certificate;
  issuerKey: PrivateKey;
}

/** Issues a certificate. Serial numbers are 16 random bytes. */
export function issueCertificate(request: CertificateRequest): Buffer {
  const subject = distinguishedName(request.archiveName, request.archiveCode, request.issuer !== undefined);
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const algorithm = signatureAlgorithm(request.issuerKey.algorithm);
  const issuerSpki = request.issuer?.spki ?? request.spki;
  const signedPart = sequence(
    encode(contextTag(0), smallInteger(2)),
    integer(serial),
    algorithm,
    request.issuer?.subject ?? subject,
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    request.spki,
    encode(contextTag(3), sequence(...extensions(request.spki, issuerSpki, request.issuer === undefined))),
  );
  return sequence(signedPart, algorithm, bits(signBytes(request.issuerKey, signedPart)));
}

/** CN and O are limited to 64 characters by X.520; the statement certificate is told apart from its issuer by name. */
function distinguishedName(name: string, code: string, forStatements: boolean): Buffer {
  const common = forStatements ? `${name} (statements)` : name;
  if (name === '' || code === '' || [...common].length > 64 || [...code].length > 64) {
    throw new Refusal(
      'signing.nameTooLong',
      'An archive’s name and code stand in its certificate: neither may be empty, the name has room for 51 characters, the code for 64.',
      { name, code },
    );
  }
  const attribute = (type: string, value: string): Buffer =>
    setOf(sequence(oid(type), encode(TAG.utf8String, Buffer.from(value, 'utf8'))));
  return sequence(
    attribute(OID.organization, name),
    attribute(OID.organizationIdentifier, code),
    attribute(OID.commonName, common),
  );
}

function signatureAlgorithm(algorithm: KeyAlgorithm): Buffer {
  if (algorithm === 'p256') return sequence(oid(OID.ecdsaSha256));
  if (algorithm === 'rsa') return sequence(oid(OID.rsaSha256), encode(TAG.null));
  throw new RangeError(`a key for ${algorithm} does not issue certificates`);
}

function extensions(spki: Uint8Array, issuerSpki: Uint8Array, mayIssue: boolean): Buffer[] {
  const critical = encode(TAG.boolean, Buffer.of(0xff));
  const extension = (type: string, value: Buffer, ...flags: Buffer[]): Buffer =>
    sequence(oid(type), ...flags, octets(value));
  const shortId = (key: Uint8Array): Buffer => Buffer.from(keyIdOf(key), 'hex');
  // digitalSignature, nonRepudiation, and keyCertSign where it issues the statement key's certificate
  const usage = mayIssue ? bits(Buffer.of(0xc4), 2) : bits(Buffer.of(0xc0), 6);
  const constraints = mayIssue ? sequence(critical, smallInteger(0)) : sequence();
  return [
    extension(OID.basicConstraints, constraints, critical),
    extension(OID.keyUsage, usage, critical),
    extension(OID.subjectKeyId, octets(shortId(spki))),
    extension(OID.authorityKeyId, sequence(encode(contextTag(0, false), shortId(issuerSpki)))),
  ];
}

/**
 * Reads a certificate. Nothing about it is believed by reading it: compare and verify afterwards.
 *
 * @throws DerError when it is no X.509 v3 certificate in strict DER
 */
export function readCertificate(der: Uint8Array): Certificate {
  const [signed, , signature] = readAll(readOne(der, TAG.sequence).body);
  if (!signed || signature?.tag !== TAG.bitString) throw new DerError('no certificate');
  const [version, serial, , issuer, validity, subject, spki, ...rest] = readAll(signed.body);
  if (version?.tag !== contextTag(0) || !serial || !issuer || !validity || !subject || !spki) {
    throw new DerError('no X.509 v3 certificate');
  }
  const [notBefore, notAfter] = readAll(validity.body);
  if (!notBefore || !notAfter) throw new DerError('no validity');
  return {
    der: Buffer.from(der),
    fingerprint: createHash('sha256').update(der).digest('hex'),
    keyId: keyIdOf(spki.whole),
    algorithm: algorithmOf(spki.whole),
    spki: spki.whole,
    issuerAndSerial: sequence(issuer.whole, serial.whole),
    serial: readInteger(serial).toString('hex'),
    issuer: issuer.whole,
    subject: subject.whole,
    archiveName: nameAttribute(subject, OID.organization),
    archiveCode: nameAttribute(subject, OID.organizationIdentifier),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    mayIssue: saysMayIssue(rest.find((e) => e.tag === contextTag(3))),
    signedPart: signed.whole,
    signature: signature.body.subarray(1),
  };
}

function nameAttribute(name: Element, type: string): string {
  const wanted = oid(type);
  for (const set of readAll(name.body)) {
    const [id, value] = readAll(readOne(set.body, TAG.sequence).body);
    if (id?.whole.equals(wanted) && value) return value.body.toString('utf8');
  }
  return '';
}

function saysMayIssue(wrapper: Element | undefined): boolean {
  if (!wrapper) return false;
  const wanted = oid(OID.basicConstraints);
  for (const extension of readAll(readOne(wrapper.body, TAG.sequence).body)) {
    const parts = readAll(extension.body);
    if (!parts[0]?.whole.equals(wanted)) continue;
    const [authority] = readAll(readOne(parts.at(-1)!.body, TAG.sequence).body);
    return authority?.tag === TAG.boolean && authority.body[0] === 0xff;
  }
  return false;
}

/** Whether `issuer` (a P-256 or RSA certificate that may issue) signed `certificate`. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!issuer.mayIssue || !certificate.issuer.equals(issuer.subject)) return false;
  if (issuer.algorithm !== 'p256' && issuer.algorithm !== 'rsa') return false;
  return verifyBytes(issuer.algorithm, issuer.spki, certificate.signedPart, certificate.signature);
}

export function isValidAt(certificate: Certificate, at: Date): boolean {
  return certificate.notBefore <= at && at <= certificate.notAfter;
}
