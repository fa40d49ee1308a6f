import {
  generateKey,
  type KeyAlgorithm,
  type PdfAlgorithm,
  type PrivateKey,
  type StatementAlgorithm,
} from './algorithms.ts';
import { issueCertificate, readCertificate } from './certificate.ts';
import { certificatePem } from './pem.ts';
import { openPrivate, type SealedPrivateKey, sealPrivate } from './sealing.ts';

/** The public half of one key. */
export interface PublicKeyEntry<A extends KeyAlgorithm = KeyAlgorithm> {
  algorithm: A;
  keyId: string;
  certificatePem: string;
}

/**
 * The public half of an archive's key set. It is never deleted: what was signed must stay verifiable after the keys
 * have been replaced.
 */
export interface PublicKeySet {
  /** The key id of the document key: names the whole set. */
  id: string;
  archiveCode: string;
  archiveName: string;
  /** ISO 8601. A set may sign between these two moments. */
  notBefore: string;
  notAfter: string;
  /** Signs PDF documents and certifies the statement key. Its certificate is self-signed: the archive's anchor. */
  pdf: PublicKeyEntry<PdfAlgorithm>;
  /** Signs statements. */
  statement: PublicKeyEntry<StatementAlgorithm>;
}

/** A key set that can sign; only ever in memory. */
export interface KeySet extends PublicKeySet {
  pdf: PublicKeyEntry<PdfAlgorithm> & { privateKey: PrivateKey };
  statement: PublicKeyEntry<StatementAlgorithm> & { privateKey: PrivateKey };
}

/** A key set as it is stored: plain JSON, private keys closed with the master key. */
export interface SealedKeySet {
  public: PublicKeySet;
  pdfKey: SealedPrivateKey;
  statementKey: SealedPrivateKey;
}

export interface KeySetRequest {
  archiveCode: string;
  archiveName: string;
  statementAlgorithm: StatementAlgorithm;
  pdfAlgorithm: PdfAlgorithm;
  now: Date;
  /** How long it may sign, in years. */
  years: number;
}

/**
 * Makes a new key set. Replacing keys (rotation) is making a new set for the same archive and keeping `publicPart` of
 * the old one in the trust bundle.
 *
 * @throws Refusal `signing.nameTooLong` when the archive's name does not fit into a certificate (51 characters)
 */
export async function createKeySet(request: KeySetRequest): Promise<KeySet> {
  const { archiveCode, archiveName } = request;
  const [pdf, statement] = await Promise.all([
    generateKey(request.pdfAlgorithm),
    generateKey(request.statementAlgorithm),
  ]);
  const notBefore = new Date(Math.floor(request.now.getTime() / 1000) * 1000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + request.years);
  const common = { archiveCode, archiveName, notBefore, notAfter, issuerKey: pdf.privateKey };
  const anchor = issueCertificate({ ...common, spki: pdf.spki });
  const issued = issueCertificate({ ...common, spki: statement.spki, issuer: readCertificate(anchor) });
  return {
    id: pdf.privateKey.keyId,
    archiveCode,
    archiveName,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    pdf: {
      algorithm: request.pdfAlgorithm,
      keyId: pdf.privateKey.keyId,
      certificatePem: certificatePem(anchor),
      privateKey: pdf.privateKey,
    },
    statement: {
      algorithm: request.statementAlgorithm,
      keyId: statement.privateKey.keyId,
      certificatePem: certificatePem(issued),
      privateKey: statement.privateKey,
    },
  };
}

/** The set without its private keys. */
export function publicPart(set: PublicKeySet): PublicKeySet {
  const entry = <A extends KeyAlgorithm>(e: PublicKeyEntry<A>): PublicKeyEntry<A> => ({
    algorithm: e.algorithm,
    keyId: e.keyId,
    certificatePem: e.certificatePem,
  });
  const { id, archiveCode, archiveName, notBefore, notAfter } = set;
  return {
    id,
    archiveCode,
    archiveName,
    notBefore,
    notAfter,
    pdf: entry(set.pdf),
    statement: entry(set.statement),
  };
}

/** Closes a key set for storage. @param masterKey 32 bytes */
export function sealKeySet(set: KeySet, masterKey: Uint8Array): SealedKeySet {
  return {
    public: publicPart(set),
    pdfKey: sealPrivate(set.pdf.privateKey, masterKey),
    statementKey: sealPrivate(set.statement.privateKey, masterKey),
  };
}

/** Opens a stored key set. @throws Refusal `signing.masterKeyWrong` */
export function openKeySet(stored: SealedKeySet, masterKey: Uint8Array): KeySet {
  const pdfKey = openPrivate({ ...stored.pdfKey, keyId: stored.public.pdf.keyId }, masterKey);
  const statementKey = openPrivate(
    { ...stored.statementKey, keyId: stored.public.statement.keyId },
    masterKey,
  );
  return {
    ...stored.public,
    pdf: { ...stored.public.pdf, privateKey: pdfKey },
    statement: { ...stored.public.statement, privateKey: statementKey },
  };
}

/** Whether a set may sign at a moment. */
export function maySign(set: PublicKeySet, at: Date): boolean {
  return new Date(set.notBefore) <= at && at <= new Date(set.notAfter);
}
