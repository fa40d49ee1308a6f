/** Where something that is expected is looked at. */
export function expectedPlace(kind: string, id: string): string {
  if (kind === 'lead') return `/accession-leads/${id}`;
  if (kind === 'accrual') return `/accessions?view=accruals&row=${id}`;
  return `/accessions/${id}`;
}
