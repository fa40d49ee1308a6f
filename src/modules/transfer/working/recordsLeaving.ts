import { type MetadataRecord, schemeFor } from '#formats/metadata-schemes';
import { t } from '#kernel/wording';
import type { FiledDocument, FiledFile, FiledRecord, Filing } from '#modules/filing';
import { type Archive, DESCRIPTION_FIELDS } from '#modules/holdings';
import type { ConsignedDocument, ConsignedFile, ConsignedUnit, Consignment } from '#modules/packages';
import type { Batch } from '../store/batches.ts';
import { eventsDocument, filingDocument } from './recordPapers.ts';

/** Under which heading the documents within an item stand in its description. */
export const WITHIN = '件内文件';

/**
 * The records of a batch as a consignment: an entry an item, by the id it has at the agency, so that both sides' are one record;
 * its description in the columns of the catalogue, its files as they were, in their order, and beside them what was done with it.
 */
export function handoverConsignment(
  filing: Pick<Filing, 'recordsInHandover'>,
  { batch, archive }: { batch: Batch; archive: Archive },
  read: (done: number) => void = () => {},
): Consignment {
  const fonds = new Set<string>();
  return {
    archive: { code: archive.code, name: archive.name },
    title: batch.title,
    // Asked for behind the entries: which there are is known then.
    async *fonds() {
      const agency = { code: batch.agencyCode, name: batch.agencyName };
      for (const number of fonds)
        yield {
          number,
          name: batch.agencyName,
          dates: null,
          history: null,
          custody: null,
          scope: null,
          agency,
        };
    },
    async *units() {
      let done = 0;
      for await (const record of filing.recordsInHandover({
        agencyId: batch.agencyId,
        handoverId: batch.id,
      })) {
        fonds.add(record.fondsNumber);
        yield unitOf(record);
        read(++done);
      }
    },
  };
}

function unitOf(record: FiledRecord): ConsignedUnit {
  return {
    key: record.id,
    parentKey: null,
    fonds: record.fondsNumber,
    row: rowOf(record),
    formerCodes: [],
    hasFiles: record.files.length > 0,
    async *files() {
      for (const file of record.files) yield fileOf(file);
    },
    async *documents(): AsyncGenerator<ConsignedDocument> {
      yield eventsDocument(record);
      yield filingDocument(record);
    },
  };
}

function fileOf({ name, mediaType, bytes, sha512, open }: FiledFile): ConsignedFile {
  return {
    name,
    nameBytes: Buffer.from(name, 'utf8'),
    mediaType,
    bytes,
    sha512,
    ending: /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '',
    open: async () => open(),
  };
}

/** Elements that have a column of their own in the catalogue, or that it gives of itself. */
const COLUMNS = new Set([
  'title',
  'creator',
  'docNo',
  'date',
  'category',
  'year',
  'retention',
  'pages',
  'classification',
  'referenceCode',
  'fondsNo',
]);

/** The record's row of the catalogue. */
function rowOf(r: FiledRecord): Record<string, unknown> {
  const m = r.metadata;
  return {
    level: 'item',
    title: m.title,
    reference_code: r.referenceCode,
    creator: m.creator,
    doc_no: m.docNo,
    date_text: m.date,
    date_from: r.dateFrom,
    date_to: r.dateTo,
    category: r.category,
    year: r.year,
    retention: m.retention,
    classification: m.classification,
    pages: m.pages,
    access_status: 'unreviewed',
    description: descriptionOf(r),
  };
}

/** What has no column: under its field where the catalogue has one, else under the name of its element. */
function descriptionOf({ category, metadata, documents }: FiledRecord): Record<string, unknown> {
  const fields: Record<string, string> = {};
  const extra: Record<string, string> = {};
  const { fields: known } = schemeFor(category, 'item');
  for (const [key, value] of Object.entries(metadata)) {
    if (COLUMNS.has(key) || value === null || value === undefined || value === '') continue;
    if (Object.hasOwn(DESCRIPTION_FIELDS, key)) fields[key] = String(value);
    else extra[known.find((f) => f.key === key)?.elements[0] ?? key] = String(value);
  }
  if (documents.length > 0) extra[WITHIN] = documents.map(lineOf).join('\n');
  return { ...fields, ...(Object.keys(extra).length > 0 ? { extra } : {}) };
}

/** `附件：关于……的通知（石民〔2019〕2号，2019-03-05）`. */
function lineOf({ part, metadata }: FiledDocument): string {
  const said = (['docNo', 'date', 'creator'] as const satisfies readonly (keyof MetadataRecord)[]).flatMap(
    (key) => metadata[key] ?? [],
  );
  const more = said.length > 0 ? `（${said.join('，')}）` : '';
  return `${t('zh-CN', `filingRecord.part.${part}`)}：${metadata.title ?? ''}${more}`;
}
