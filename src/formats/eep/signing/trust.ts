import { Refusal } from '#kernel/errors';
import { verifyBytes } from '#kernel/signing/algorithms';
import { type Certificate, isValidAt, readCertificate } from '#kernel/signing/certificate';
import { certificatesInPem } from '#kernel/signing/pem';

/** Certificates that somebody has decided to trust: of a signer, or of who issued the signer's. */
export type Trusted = readonly Certificate[];

/** Certificates one signature may bring along. */
const MOST = 20;

/** @param texts PEM texts @throws Refusal `trust.unreadable` when one holds no certificate that can be read */
export function readTrusted(texts: readonly string[]): Trusted {
  return texts.flatMap((text) => {
    try {
      const found = certificatesInPem(text).map((der) => readCertificate(der));
      if (found.length > 0) return found;
    } catch (cause) {
      throw unreadable(cause);
    }
    throw unreadable();
  });
}

function unreadable(cause?: unknown): Refusal {
  return new Refusal(
    'trust.unreadable',
    'The file of trusted certificates holds no certificate that can be read. It should be a PEM file.',
    {},
    { cause },
  );
}

/** Whether a certificate is trusted itself, or leads to a trusted one by certificates that were valid at the time. */
export function isTrusted(
  certificate: Certificate,
  others: readonly Certificate[],
  trusted: Trusted,
  at: Date | undefined,
): boolean {
  const fits = (c: Certificate) => at === undefined || isValidAt(c, at);
  let present = certificate;
  for (let step = 0; step < MOST; step++) {
    const { fingerprint } = present;
    if (trusted.some((t) => t.fingerprint === fingerprint)) return true;
    const issuer =
      trusted.find((t) => issued(t, present) && fits(t)) ?? others.find((t) => issued(t, present) && fits(t));
    if (!issuer || issuer.fingerprint === fingerprint) return false;
    present = issuer;
  }
  return false;
}

/** Whether `issuer` signed `certificate` and may issue. With SM2, P-256 or RSA with SHA-256. */
function issued(issuer: Certificate, certificate: Certificate): boolean {
  if (!issuer.mayIssue || !certificate.issuer.equals(issuer.subject) || issuer.algorithm === undefined)
    return false;
  return verifyBytes(issuer.algorithm, issuer.spki, certificate.signedPart, certificate.signature);
}
