import { parseReferenceCode } from '#formats/reference-codes';
import type { ConsignedFile, ConsignedUnit, Consignment } from '#modules/packages';
import type { CheckFile, CheckSubject, CheckUnit } from '../domain/subject.ts';
import { processEventsOf } from './events.ts';
import { recordOfRow } from './record.ts';

export type SubjectParts = Pick<CheckSubject, 'kind' | 'title'> &
  Partial<CheckSubject> & {
    /** The package was judged and nothing is wrong with it: what it lists of its files was compared with their bytes. */
    isListProved?: boolean | undefined;
  };

/**
 * What a consignment holds, as a subject: a package that arrived, or what is held. The model every kind of package is mapped to
 * says what a record is; so all kinds are judged the same.
 */
export function consignmentSubject(consignment: Consignment | null, parts: SubjectParts): CheckSubject {
  return {
    carrier: 'online',
    package: null,
    transmission: null,
    total: null,
    async *units() {
      if (!consignment) return;
      for await (const unit of consignment.units()) {
        // What is held has its past in the trail and in PREMIS of its own: not asked for again.
        const events = parts.kind === 'package' ? await processEventsOf(unit) : null;
        yield unitOf(unit, { ...parts, events });
      }
    },
    ...parts,
    declared: [...(parts.declared ?? []), ...(consignment?.declared ?? [])],
  };
}

const PAPERS = / (?:papers|rest)$/;
/** What lies in a package beside its records becomes an entry of its own when it is taken in: it is no record. */
export const isPapers = ({ key, row }: Pick<ConsignedUnit, 'key' | 'row'>): boolean =>
  (row.reference_code ?? '') === '' && PAPERS.test(key);

/** As the entry says it, or its reference code. */
export function categoryOf({ row }: Pick<ConsignedUnit, 'row'>): string | null {
  const { category, reference_code: code } = row;
  if (typeof category === 'string' && category !== '') return category;
  return typeof code === 'string' ? (parseReferenceCode(code).parsed?.slots.category ?? null) : null;
}

function unitOf(
  unit: ConsignedUnit,
  { kind, title, isListProved = false, events }: SubjectParts & Pick<CheckUnit, 'events'>,
): CheckUnit {
  const metadata = recordOfRow(unit.row, unit.fonds);
  const level = unit.row.level === 'series' || unit.row.level === 'item' ? unit.row.level : 'file';
  const code = typeof metadata.referenceCode === 'string' ? metadata.referenceCode : '';
  return {
    key: unit.key,
    level,
    category: categoryOf(unit),
    metadata,
    events,
    declaredFiles: null,
    isPapers: isPapers(unit),
    // What is held of a record on paper is its description.
    expectsFiles: kind === 'package' || unit.hasFiles,
    async *files() {
      if (!unit.hasFiles) return;
      let n = 0;
      for await (const file of unit.files())
        yield fileOf(file, `${code || title}/${++n}-${file.name}`, isListProved);
    },
  };
}

function fileOf(file: ConsignedFile, path: string, isProved: boolean): CheckFile {
  const digests = [
    ...(file.sha512 === null ? [] : [{ algorithm: 'sha512', digest: file.sha512 }]),
    ...(file.listed ? [{ algorithm: file.listed.algorithm, digest: file.listed.digest, isProved }] : []),
  ];
  const { name, bytes, open, said } = file;
  return {
    name,
    path,
    bytes,
    said: { bytes: said?.bytes ?? bytes, digests, ...(said?.format ? { format: said.format } : {}) },
    source: { open: async () => open() },
  };
}
