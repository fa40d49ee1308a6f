import { parseReferenceCode } from '#formats/reference-codes';
import type { ConsignedFile, ConsignedUnit, Consignment } from '#modules/packages';
import type { CheckFile, CheckSubject, CheckUnit } from '../domain/subject.ts';
import { recordOfRow } from './record.ts';

export type SubjectParts = Pick<CheckSubject, 'kind' | 'title'> & Partial<CheckSubject>;

/**
 * What a consignment holds, as a subject: a package that arrived, or what is held. The model every kind of package is mapped to
 * says what a record is; so all kinds are judged the same.
 */
export function consignmentSubject(consignment: Consignment | null, parts: SubjectParts): CheckSubject {
  return {
    carrier: 'online',
    declared: null,
    package: null,
    transmission: null,
    total: null,
    async *units() {
      if (!consignment) return;
      for await (const unit of consignment.units()) yield unitOf(unit, parts);
    },
    ...parts,
  };
}

/** What lies in a package beside its records becomes an entry of its own when it is taken in. */
const PAPERS = / (?:papers|rest)$/;

function unitOf(unit: ConsignedUnit, { kind, title }: SubjectParts): CheckUnit {
  const metadata = recordOfRow(unit.row, unit.fonds);
  const level = unit.row.level === 'series' || unit.row.level === 'item' ? unit.row.level : 'file';
  const code = typeof metadata.referenceCode === 'string' ? metadata.referenceCode : '';
  const said = typeof metadata.category === 'string' ? metadata.category : undefined;
  return {
    key: unit.key,
    level,
    category: said ?? parseReferenceCode(code).parsed?.slots.category ?? null,
    metadata,
    events: null,
    declaredFiles: null,
    isPapers: code === '' && PAPERS.test(unit.key),
    // What is held of a record on paper is its description.
    expectsFiles: kind === 'package' || unit.hasFiles,
    async *files() {
      if (!unit.hasFiles) return;
      let n = 0;
      for await (const file of unit.files()) yield fileOf(file, `${code || title}/${++n}-${file.name}`);
    },
  };
}

function fileOf(file: ConsignedFile, path: string): CheckFile {
  const digests = [
    ...(file.sha512 === null ? [] : [{ algorithm: 'sha512', digest: file.sha512 }]),
    ...(file.listed ? [file.listed] : []),
  ];
  const { name, bytes, open } = file;
  return { name, path, bytes, said: { bytes, digests }, source: { open: async () => open() } };
}
