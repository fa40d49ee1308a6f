import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { Refusal } from '#kernel/errors';
import type { Language } from '#kernel/wording';
import { closeApplicant } from '../applicants.ts';
import type { AccessDeps } from '../deps.ts';
import { insertCertificate } from '../store/certificates.ts';

export interface CertificateRequest {
  unitId: string;
  pages: readonly number[];
  include: 'images' | 'text' | 'both';
  matter: string;
  applicant: {
    name: string;
    idType: string;
    idNumber: string;
    telephone?: string | null;
    address?: string | null;
    /** Who acts for the applicant, by a proxy. */
    agent?: { name: string; idNumber: string } | null;
  };
  purpose: string;
  language: Language;
  /** YYYY-MM-DD; the copy counts as expired after this day. */
  validUntil?: string | null;
}

const MOST_PAGES = 300;

/**
 * Asks for a certified copy. Only on application, for a purpose, of pages that are held (standards 7.3 [S:DICT]).
 *
 * What the paper is to hold must be there when it is asked for: a text that was never read is not left out in silence.
 *
 * @returns the request's id
 * @throws Refusal unit.notFound, certificate.*
 */
export async function requestCertificate(
  deps: AccessDeps,
  actor: Actor,
  r: CertificateRequest,
): Promise<string> {
  const view = await deps.unit(actor, r.unitId);
  const archiveId = view.unit.archiveId;
  demand(actor, 'certificate.request', archiveId, undefined, view.unit);
  await deps.demandPrint(actor, r.unitId);
  const by = actor.id;
  if (!by)
    throw new Refusal('certificate.person', 'A certified copy is asked for by a person with an account.');
  const pages = [...new Set(r.pages)].sort((a, b) => a - b);
  if (pages.length === 0) throw new Refusal('certificate.pages', 'Choose the pages to be certified.');
  if (pages.length > MOST_PAGES) {
    throw new Refusal('certificate.pages', `One certified copy has at most ${MOST_PAGES} pages.`, {
      most: MOST_PAGES,
    });
  }
  if (pages[0]! < 1 || pages.at(-1)! > view.unit.pageCount) {
    throw new Refusal('certificate.pages', `The record has ${view.unit.pageCount} pages.`, {
      pages: view.unit.pageCount,
    });
  }
  if (r.include !== 'images') {
    for (const page of pages) {
      if ((await deps.pageText(r.unitId, page))?.trim()) continue;
      throw new Refusal('certificate.noText', `The text of page ${page} has not been read.`, { page });
    }
  }
  const matter = filled('matter', r.matter);
  const purpose = filled('purpose', r.purpose);
  const applicant = {
    name: filled('applicant', r.applicant.name),
    idType: r.applicant.idType,
    idNumber: r.applicant.idNumber.trim(),
    telephone: r.applicant.telephone?.trim() || null,
    address: r.applicant.address?.trim() || null,
    agent: r.applicant.agent
      ? { name: filled('agent', r.applicant.agent.name), idNumber: r.applicant.agent.idNumber.trim() }
      : null,
  };
  const now = deps.clock.now();
  if (r.validUntil && r.validUntil < dayIn(now, deps.timeZone)) {
    throw new Refusal('certificate.validUntil', 'The last day of validity lies in the past.');
  }
  const id = deps.newId();
  await deps.db.as(scopeOf(actor), async (tx) => {
    await insertCertificate(tx, {
      id,
      archiveId,
      unitId: r.unitId,
      pages,
      include: r.include,
      matter,
      purpose,
      language: r.language,
      applicantIdType: applicant.idType,
      applicant: await closeApplicant(deps.vault, tx, { id, archiveId }, applicant),
      validUntil: r.validUntil ?? null,
      requestedBy: by,
      requestedByName: actor.name,
      requestedAt: now,
    });
    const record = { actor: auditActor(actor), archiveId, act: 'certificate.requested' };
    await deps.audit.append(tx, {
      ...record,
      target: { type: 'certificate', id },
      detail: { unit: r.unitId, pages, purpose },
    });
    await deps.audit.append(tx, {
      ...record,
      target: { type: 'unit', id: r.unitId },
      detail: { certificate: id, pages },
    });
  });
  return id;
}

function filled(field: string, value: string): string {
  const t = value.trim();
  if (t === '') throw new Refusal(`certificate.${field}`, `A certified copy needs ${field}.`, { field });
  return t;
}
