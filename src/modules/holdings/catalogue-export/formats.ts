/** What the catalogue leaves as. */
export const CATALOGUE_FORMATS = ['ead3', 'xlsx', 'atom-csv', 'dc-csv'] as const;
export type CatalogueFormat = (typeof CATALOGUE_FORMATS)[number];

export const FILE_OF: Readonly<Record<CatalogueFormat, { ending: string; mime: string }>> = {
  ead3: { ending: 'xml', mime: 'application/xml' },
  xlsx: { ending: 'xlsx', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  'atom-csv': { ending: 'csv', mime: 'text/csv; charset=utf-8' },
  'dc-csv': { ending: 'csv', mime: 'text/csv; charset=utf-8' },
};
