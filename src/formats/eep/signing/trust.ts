import { Refusal } from '#kernel/errors';
import { type Certificate, readCertificate } from '#kernel/signing/certificate';
import { certificatesInPem } from '#kernel/signing/pem';

/** Certificates that somebody has decided to trust: of a signer, or of who issued the signer's. */
export type Trusted = readonly Certificate[];

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
