import { createHash } from 'node:crypto';
import type { StatementAlgorithm } from '#kernel/signing/algorithms';
import type { CertifiedCopyInput } from './input.ts';

export const CERTIFIED_COPY = 'lantai/certified-copy';

/** One certified page: an image (SHA-256 of the held file) or a passage of text (of its UTF-8 bytes). */
export type CertifiedPage = {
  label: string;
  kind: 'image' | 'text';
  sha256: string;
};

/** What the archive states and signs. Written as `statement.json` into the PDF. */
export type CertifiedCopyStatement = {
  number: string;
  archiveCode: string;
  archiveName: string;
  unitId: string;
  referenceCode: string;
  title: string;
  fonds: { code: string; name: string };
  date: string;
  pages: CertifiedPage[];
  contentDigest: { algorithm: 'sha256'; value: string };
  applicant: string;
  purpose: string;
  matter: string | undefined;
  passages: { label: string; text: string }[];
  officer: string;
  approver: string;
  issuedAt: string;
  validUntil: string | undefined;
  verifyUrl: string;
  algorithm: StatementAlgorithm;
};

/**
 * The digest printed on the copy: SHA-256 over the pages' digests in hex, each followed by a newline. Anyone can repeat
 * it: `sha256sum page-1.jpg page-2.jpg | cut -d' ' -f1 | sha256sum`.
 */
export function contentDigest(pages: readonly CertifiedPage[]): string {
  return createHash('sha256')
    .update(pages.map((page) => `${page.sha256}\n`).join(''))
    .digest('hex');
}

export function textPages(input: CertifiedCopyInput): CertifiedPage[] {
  return input.passages.map(({ label, text }) => ({
    label,
    kind: 'text' as const,
    sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
  }));
}

export function statementOf(
  input: CertifiedCopyInput,
  archive: { archiveCode: string; archiveName: string; statement: { algorithm: StatementAlgorithm } },
  pages: CertifiedPage[],
): CertifiedCopyStatement {
  const { record } = input;
  return {
    number: input.number,
    archiveCode: archive.archiveCode,
    archiveName: archive.archiveName,
    unitId: input.unitId,
    referenceCode: record.referenceCode,
    title: record.title,
    fonds: { code: record.fonds.code, name: record.fonds.name },
    date: record.date,
    pages,
    contentDigest: { algorithm: 'sha256', value: contentDigest(pages) },
    applicant: input.applicant,
    purpose: input.purpose,
    matter: input.matter,
    passages: input.passages.map(({ label, text }) => ({ label, text })),
    officer: input.officer,
    approver: input.approver,
    issuedAt: input.issuedAt.toISOString(),
    validUntil: input.validUntil?.toISOString(),
    verifyUrl: input.verifyUrl,
    algorithm: archive.statement.algorithm,
  };
}
