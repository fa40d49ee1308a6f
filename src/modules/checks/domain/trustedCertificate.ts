import { Refusal } from '#kernel/errors';
import type { KeyAlgorithm } from '#kernel/signing/algorithms';
import { readCertificate } from '#kernel/signing/certificate';
import { nameInWords } from '#kernel/signing/names';
import { certificatesInPem } from '#kernel/signing/pem';

/** What a certificate says of itself, for the people who decide whether to trust it. */
export interface CertificateFacts {
  der: Buffer;
  /** SHA-256, hex: what is compared with what the signer says by another way. */
  fingerprint: string;
  subject: string;
  issuer: string;
  /** Hex. */
  serial: string;
  /** Null: of a kind whose name is not known here. */
  algorithm: KeyAlgorithm | null;
  /** Whether it issues to others. */
  mayIssue: boolean;
  notBefore: Date;
  notAfter: Date;
}

/** A file of one certificate is some kilobytes. */
export const MOST_BYTES = 64 * 1024;

/**
 * Reads the one certificate of a file, PEM or DER.
 *
 * @throws Refusal `trustedCertificate.unreadable`, `trustedCertificate.several`, `trustedCertificate.privateKey`
 */
export function readOneCertificate(bytes: Buffer): CertificateFacts {
  const text = bytes.toString('latin1');
  // Whoever sends a key away by mistake is to know it at once; nothing of it is kept.
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw new Refusal(
      'trustedCertificate.privateKey',
      'The file holds a private key. Nothing of it was kept; send the certificate alone, and think of the key as given away.',
    );
  const isPem = text.includes('-----BEGIN CERTIFICATE-----');
  const found = isPem ? certificatesInPem(text) : [bytes];
  const [only, more] = found;
  if (more)
    throw new Refusal(
      'trustedCertificate.several',
      'The file holds several certificates. Each is decided on by itself: send them one by one.',
    );
  try {
    const certificate = readCertificate(only ?? Buffer.alloc(0));
    const { der, fingerprint, serial, algorithm = null, mayIssue, notBefore, notAfter } = certificate;
    const subject = nameInWords(certificate.subject);
    const issuer = nameInWords(certificate.issuer);
    return { der, fingerprint, subject, issuer, serial, algorithm, mayIssue, notBefore, notAfter };
  } catch (cause) {
    throw new Refusal(
      'trustedCertificate.unreadable',
      'This is no X.509 certificate (version 3) that can be read, in PEM or DER.',
      {},
      { cause },
    );
  }
}
