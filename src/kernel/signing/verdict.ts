import type { KeyAlgorithm } from './algorithms.ts';

/** What verifying says, in the order of weight: an altered file is altered, whoever signed it. */
export type Verdict = 'genuine' | 'altered' | 'revoked' | 'expired' | 'unknown';

/** Who signed, taken from a certificate that the caller trusts. */
export interface Signer {
  archiveCode: string;
  archiveName: string;
  /** SHA-256 of the archive's certificate, hex. */
  certificate: string;
  algorithm: KeyAlgorithm;
}

const SENTENCES = {
  'file.tooLarge': 'The file is too large to be one of ours.',
  'file.notOurs': 'The file is neither a signed PDF nor a signed statement of an archive.',
  'statement.none': 'The file is not a signed statement of an archive.',
  'statement.broken': 'The signed statement is damaged or was changed: its form is not as it was written.',
  'statement.signatureWrong': 'The signed statement was changed: its signature does not fit its words.',
  'statement.otherType': 'The signed statement inside is not one for a certified copy.',
  'statement.otherSigner':
    'The signed statement inside was not made by the archive that signed the document.',
  'statement.otherNumber': 'The signed statement inside speaks of another number than the document.',
  'certificate.notIssued': 'The statement key’s certificate was not issued by the archive’s own certificate.',
  'certificate.notValidThen': 'It was signed at a time for which the archive’s certificate is not valid.',
  'certificate.validityOver': 'The certified copy was issued for a limited time, which is over.',
  'signer.notTrusted': 'The signature fits, but its certificate is not among those you trust.',
  'signature.inFuture': 'It claims to be signed in the future. Check the clock of this machine.',
  'pdf.notSigned': 'The PDF carries no signature.',
  'pdf.foreignSignature': 'The PDF is signed, but not as a certified copy of an archive.',
  'pdf.signatureRemoved': 'The certified copy’s signature was removed or damaged.',
  'pdf.severalSignatures': 'Something was added to the document after it was signed.',
  'pdf.notWholeFile': 'The signature does not cover the whole file: bytes were added or removed.',
  'pdf.hiddenBytes': 'Something is hidden in the space kept for the signature.',
  'pdf.signatureBroken': 'The document’s signature is damaged or was changed.',
  'pdf.contentChanged': 'The document was changed after it was signed.',
  'pdf.signatureWrong': 'The document’s signature does not fit its certificate.',
  'revocation.listed': 'The archive has revoked this certified copy.',
  'revocation.listNotGenuine':
    'The revocation list is damaged or forged, or signed by nobody you trust; it was not used.',
  'revocation.otherArchive': 'The revocation list is another archive’s; it was not used.',
  'revocation.listOlder': 'The revocation list is older than this certified copy and can not speak of it.',
  'revocation.listStale': 'The revocation list is past the date by which a newer one was promised.',
} as const;

export type ReasonCode = keyof typeof SENTENCES;

/** Why a verdict came out as it did. `code` is stable, for translation; `detail` names the thing. */
export interface Reason {
  code: ReasonCode;
  message: string;
  detail?: string;
}

export function reason(code: ReasonCode, detail?: string): Reason {
  return detail === undefined
    ? { code, message: SENTENCES[code] }
    : { code, message: SENTENCES[code], detail };
}
