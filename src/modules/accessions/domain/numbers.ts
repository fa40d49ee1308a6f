/** What is numbered by year: accessions 征集, agreements 协议, leads 线索, certificates of gift 证书. */
const MARKS = { accession: 'ZJ', deed: 'XY', lead: 'XS', honour: 'ZS' } as const;
export type Series = keyof typeof MARKS;

/** Archive, kind, year, running number: 990111-ZJ-2026-0001. Behind 9999 it grows a digit, and stays in order by its parts. */
export const numberOf = (
  archiveCode: string,
  series: Series,
  { year, no }: { year: number; no: number },
): string => `${archiveCode}-${MARKS[series]}-${year}-${String(no).padStart(4, '0')}`;
