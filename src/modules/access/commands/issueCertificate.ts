import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCertifiedCopy } from '#formats/certificate';
import { auditActor, systemActor } from '#kernel/actor';
import { endOfDay } from '#kernel/calendar';
import { writeDurably } from '#kernel/durably';
import type { JobKind } from '#kernel/jobs';
import { openApplicant } from '../applicants.ts';
import type { AccessDeps } from '../deps.ts';
import { maskedApplicant } from '../domain/applicant.ts';
import { inWords } from '../domain/inWords.ts';
import { type Certificate, certificateById, issueCertificateRow } from '../store/certificates.ts';
import { ISSUE_JOB } from './decideCertificate.ts';

/** The job that makes an approved certified copy. May run twice: the number and the file's name are fixed before. */
export function issueCertificateJob(deps: AccessDeps): JobKind<{ id: string }> {
  return {
    name: ISSUE_JOB,
    async run(job) {
      const c = await certificateById(deps.db.owner, job.data.id);
      if (!c?.number || c.state !== 'approved') return undefined;
      const at = deps.clock.now();
      const pdf = await build(deps, c, c.number, at);
      const file = join(c.archiveId, `${c.number}.pdf`);
      await mkdir(join(deps.folder, c.archiveId), { recursive: true, mode: 0o700 });
      await writeDurably(join(deps.folder, file), pdf);
      const sha256 = createHash('sha256').update(pdf).digest('hex');
      await deps.db.system(async (tx) => {
        if (!(await issueCertificateRow(tx, { id: c.id, at, sha256, file }))) return;
        const record = {
          actor: auditActor(systemActor('lantai')),
          archiveId: c.archiveId,
          act: 'certificate.issued',
        };
        await deps.audit.append(tx, {
          ...record,
          target: { type: 'certificate', id: c.id },
          detail: { number: c.number, sha256, unit: c.unitId },
        });
        await deps.audit.append(tx, {
          ...record,
          target: { type: 'unit', id: c.unitId },
          detail: { number: c.number, pages: c.pages, approvedBy: c.decidedByName },
        });
      });
      return { number: c.number, sha256 };
    },
  };
}

async function build(deps: AccessDeps, c: Certificate, number: string, at: Date): Promise<Buffer> {
  const view = await deps.unit(systemActor('lantai'), c.unitId);
  const keys = await deps.db.system((tx) => deps.keyring.signing(tx, view.archive));
  const applicant = maskedApplicant(await deps.db.system((tx) => openApplicant(deps.vault, tx, c)));
  const passages =
    c.include === 'images'
      ? []
      : await Promise.all(
          c.pages.map(async (n) => ({ label: String(n), text: (await deps.pageText(c.unitId, n)) ?? '' })),
        );
  const { unit, fonds } = view;
  const copy = await buildCertifiedCopy(
    {
      language: c.language,
      number,
      unitId: c.unitId,
      record: {
        referenceCode: unit.referenceCode ?? '',
        title: unit.title,
        fonds: { code: fonds.number, name: fonds.name },
        date: unit.date ?? '',
        responsible: unit.creator ?? undefined,
        pageCount: unit.pageCount,
      },
      applicant:
        `${applicant.name} ${inWords(c.language, 'idType', c.applicantIdType)} ${applicant.idNumber}`.trim(),
      purpose: inWords(c.language, 'purpose', c.purpose),
      matter: c.matter,
      officer: c.requestedByName,
      approver: c.decidedByName ?? '',
      issuedAt: at,
      validUntil: c.validUntil ? endOfDay(c.validUntil, deps.timeZone) : undefined,
      timeZone: deps.timeZone,
      verifyUrl: `${deps.publicUrl}/verify/${encodeURIComponent(number)}`,
      passages: passages.filter((p) => p.text !== ''),
      pages:
        c.include === 'text'
          ? []
          : c.pages.map((n) => ({ label: String(n), read: () => deps.pagePicture(c.unitId, n) })),
    },
    keys,
  );
  return copy.pdf;
}
