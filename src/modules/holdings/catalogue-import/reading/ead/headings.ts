/** Headings of what a finding aid says and an entry has no field for; export reads them to write it again. */
export const EAD_HEADING = {
  code: 'Reference code (unitid)',
  id: 'Source id (id)',
  container: 'Container (container)',
  dates: 'Dates in the source (unitdate)',
  containers: 'Containers in the source (container)',
  level: 'Level in the source (level)',
  otherIds: 'Other identifiers (unitid)',
  otherTitles: 'Other titles (unittitle)',
  objects: 'Digital objects (dao)',
} as const;

/** Where a value stands in EAD3. */
export type EadPlace =
  | { kind: 'block' | 'did' | 'access'; element: string }
  | {
      kind:
        | 'code'
        | 'origination'
        | 'container'
        | 'dates'
        | 'containers'
        | 'level'
        | 'otherIds'
        | 'otherTitles'
        | 'dao';
    };
