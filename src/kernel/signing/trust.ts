import { Refusal } from '#kernel/errors';
import { type Certificate, isIssuedBy, readCertificate } from './certificate.ts';
import type { PublicKeySet } from './keyset.ts';
import { certificatePem, certificatesInPem } from './pem.ts';

const MAX_TEXT = 4 * 1024 * 1024;

/** A certificate somebody has decided to trust: the self-signed one of an archive's key set. */
export type Anchor = Certificate;

/**
 * The public certificates of one or several key sets as one PEM text: what is published, kept in the storage root,
 * and given to `verify --trust`. A line of text above each certificate tells people what it is.
 */
export function trustBundlePem(...keySets: PublicKeySet[]): string {
  return keySets
    .flatMap((set) => [set.pdf.certificatePem, set.statement.certificatePem])
    .map((pem) => {
      const certificate = readCertificate(certificatesInPem(pem)[0]!);
      const dates = [certificate.notBefore, certificate.notAfter].map((d) => d.toISOString().slice(0, 10));
      const use = certificate.mayIssue ? 'documents' : 'statements';
      const name = certificate.archiveName.replace(/[\r\n-]+/g, ' ');
      return `${name}; ${use}; ${dates.join(' to ')}\nSHA-256 ${certificate.fingerprint}\n${certificatePem(certificate.der)}`;
    })
    .join('\n');
}

/**
 * The trust anchors in PEM texts: their self-signed certificates, each once. Certificates issued under them come along
 * in bundles and are not needed.
 *
 * @throws Refusal `trust.unreadable` when a text holds no certificate, or one that can not be read
 */
export function parseTrust(texts: readonly string[]): Anchor[] {
  const anchors = new Map<string, Anchor>();
  for (const text of texts) {
    const ders = text.length > MAX_TEXT ? [] : certificatesInPem(text);
    if (ders.length === 0) throw unreadable();
    for (const der of ders) {
      const certificate = readable(der);
      if (isIssuedBy(certificate, certificate)) anchors.set(certificate.fingerprint, certificate);
    }
  }
  return [...anchors.values()];
}

function readable(der: Buffer): Certificate {
  try {
    return readCertificate(der);
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): Refusal {
  return new Refusal(
    'trust.unreadable',
    'The file of trusted certificates holds no certificate that can be read. It should be a PEM file as the archive publishes it.',
    {},
    { cause },
  );
}
