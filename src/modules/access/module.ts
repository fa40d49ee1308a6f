import type { Actor } from '#kernel/actor';
import { decideCertificate } from './commands/decideCertificate.ts';
import { issueCertificateJob } from './commands/issueCertificate.ts';
import { type CertificateRequest, requestCertificate } from './commands/requestCertificate.ts';
import { revokeCertificate } from './commands/revokeCertificate.ts';
import { showApplicant } from './commands/showApplicant.ts';
import type { AccessDeps } from './deps.ts';
import {
  certificateFile,
  listCertificates,
  publicCertificate,
  readCertificate,
  revocationsOf,
  trustOf,
  verifyUpload,
} from './queries.ts';

export type Access = ReturnType<typeof createAccess>;

/** Certified copies: asked for, approved by a second person, made, verified, taken back. */
export function createAccess(deps: AccessDeps) {
  return {
    jobs: [issueCertificateJob(deps)],
    unit: deps.unit,
    verifyUrl: (number: string) => `${deps.publicUrl}/verify/${encodeURIComponent(number)}`,
    request: (actor: Actor, r: CertificateRequest) => requestCertificate(deps, actor, r),
    decide: (actor: Actor, id: string, decision: 'approved' | 'rejected', note: string | null) =>
      decideCertificate(deps, actor, id, decision, note),
    revoke: (actor: Actor, id: string, reason: string) => revokeCertificate(deps, actor, id, reason),
    certificate: (actor: Actor, id: string) => readCertificate(deps, actor, id),
    /** The applicant in full, for who approves; leaves an entry in the trail. */
    applicant: (actor: Actor, id: string) => showApplicant(deps, actor, id),
    certificates: (actor: Actor, o: Parameters<typeof listCertificates>[2]) =>
      listCertificates(deps, actor, o),
    file: (actor: Actor, id: string) => certificateFile(deps, actor, id),
    publicCertificate: (number: string) => publicCertificate(deps, number),
    trust: (code: string) => trustOf(deps, code),
    revocations: (code: string) => revocationsOf(deps, code),
    verify: (bytes: Uint8Array) => verifyUpload(deps, bytes),
  };
}
