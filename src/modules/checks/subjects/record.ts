import type { MetadataRecord } from '#formats/metadata-schemes';

/** Columns of an entry's row by the fields of the API they are. */
const COLUMNS: Readonly<Record<string, string>> = {
  reference_code: 'referenceCode',
  title: 'title',
  creator: 'creator',
  doc_no: 'docNo',
  date_text: 'date',
  category: 'category',
  year: 'year',
  retention: 'retention',
  classification: 'classification',
  pages: 'pages',
  access_status: 'accessStatus',
};

type Value = string | number | null | undefined;
const isValue = (v: unknown): v is Value => v === null || typeof v === 'string' || typeof v === 'number';

/**
 * A row of the catalogue, or what a package says of an entry under its columns, as a record of metadata. What no field of the
 * catalogue could take stands under its own name.
 */
export function recordOfRow(row: Readonly<Record<string, unknown>>, fonds: string): MetadataRecord {
  const record: Record<string, Value> = { fondsNo: fonds };
  for (const [column, key] of Object.entries(COLUMNS)) {
    const value = row[column];
    if (isValue(value)) record[key] = value;
  }
  const { description } = row;
  if (typeof description !== 'object' || description === null) return record;
  for (const [key, value] of Object.entries(description)) {
    if (key === 'extra' && typeof value === 'object' && value !== null) {
      for (const [name, said] of Object.entries(value)) if (isValue(said)) record[name] ??= said;
    } else if (isValue(value)) record[key] = value;
  }
  return record;
}
