import type { Actor } from '#kernel/actor';
import { applicantShelf } from './applicants.ts';
import { decideCertificate } from './commands/decideCertificate.ts';
import { endApplicants } from './commands/endApplicants.ts';
import { findApplicant } from './commands/findApplicant.ts';
import { issueCertificateJob } from './commands/issueCertificate.ts';
import { type CertificateRequest, requestCertificate } from './commands/requestCertificate.ts';
import { revokeCertificate } from './commands/revokeCertificate.ts';
import { showApplicant, type UnmaskReason } from './commands/showApplicant.ts';
import type { AccessDeps } from './deps.ts';
import {
  certificateFile,
  certificatesWaiting,
  listCertificates,
  maskedApplicants,
  publicCertificate,
  readCertificate,
  revocationsOf,
  trustOf,
  verifyUpload,
} from './queries.ts';
import { type Certificate, numbersOf, unitsBeingCertified } from './store/certificates.ts';

export type Access = ReturnType<typeof createAccess>;

/** Certified copies: asked for, approved by a second person, made, verified, taken back. */
export function createAccess(deps: AccessDeps) {
  return {
    jobs: [issueCertificateJob(deps)],
    unit: deps.unit,
    /** Those of some units of which a certified copy is asked for and not made yet. */
    beingCertified: unitsBeingCertified,
    /** Numbers of the certified copies that were made of some units. */
    certifiedOf: numbersOf,
    verifyUrl: (number: string) => `${deps.publicUrl}/verify/${encodeURIComponent(number)}`,
    request: (actor: Actor, r: CertificateRequest) => requestCertificate(deps, actor, r),
    decide: (actor: Actor, id: string, decision: 'approved' | 'rejected', note: string | null) =>
      decideCertificate(deps, actor, id, decision, note),
    revoke: (actor: Actor, id: string, reason: string) => revokeCertificate(deps, actor, id, reason),
    certificate: (actor: Actor, id: string) => readCertificate(deps, actor, id),
    /** Where personal data lies here. */
    shelves: [applicantShelf(deps.vault, deps.openEarlier)],
    /** The applicant in full, for a reason; leaves an entry in the trail. */
    applicant: (actor: Actor, id: string, reason: UnmaskReason, words: string | null = null) =>
      showApplicant(deps, actor, id, reason, words),
    /** Applicants as lists and papers show them, by certificate. */
    masked: (certificates: readonly Certificate[]) => maskedApplicants(deps, certificates),
    /** Takes applicants' identity away whose time is over. */
    endApplicants: (keepMonths: number) => endApplicants(deps, keepMonths),
    findApplicant: (actor: Actor, o: Parameters<typeof findApplicant>[2]) => findApplicant(deps, actor, o),
    certificatesWaiting: (actor: Actor, limit: number) => certificatesWaiting(deps, actor, limit),
    certificates: (actor: Actor, o: Parameters<typeof listCertificates>[2]) =>
      listCertificates(deps, actor, o),
    file: (actor: Actor, id: string) => certificateFile(deps, actor, id),
    publicCertificate: (number: string) => publicCertificate(deps, number),
    trust: (code: string) => trustOf(deps, code),
    revocations: (code: string) => revocationsOf(deps, code),
    verify: (bytes: Uint8Array) => verifyUpload(deps, bytes),
  };
}
