/** Certified copies 档案证明: made, signed, and verified. Pure: no database, no HTTP. */

export { buildCertifiedCopy, type CertifiedCopy } from './build.ts';
export { drawable, type Face, loadFace } from './fonts.ts';
export { type CertifiedCopyInput, LIMITS, type PageImage, type Passage } from './input.ts';
export { drawQr } from './qr.ts';
export { REVOCATIONS, type RevokedEntry, signRevocationList } from './revocation.ts';
export {
  CERTIFIED_COPY,
  type CertifiedCopyStatement,
  type CertifiedPage,
  contentDigest,
} from './statement.ts';
export { type FileVerdict, type VerifyOptions, verifyFile } from './verify.ts';
export type { Language } from './wording.ts';
