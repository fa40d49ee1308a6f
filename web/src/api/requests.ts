import type { paths } from './schema.generated.ts';

type Paths = paths;
export type UnitQuery = NonNullable<Paths['/archives/{archiveId}/units']['get']['parameters']['query']>;
export type NewUnit = Paths['/units']['post']['requestBody']['content']['application/json'];
export type UnitFields = Omit<
  Paths['/units/{id}']['patch']['requestBody']['content']['application/json'],
  'version'
>;
export type SearchQuery = NonNullable<Paths['/search']['get']['parameters']['query']>;
export type CertificateRequest = Paths['/certificates']['post']['requestBody']['content']['application/json'];
export type Unmasking =
  Paths['/certificates/{id}/applicant']['post']['requestBody']['content']['application/json'];
export type ApplicantSought =
  Paths['/certificates/by-applicant']['post']['requestBody']['content']['application/json'];

/** Filters of a list of units as the address bar holds them: all text. */
export interface UnitFilter {
  parent?: string;
  fonds?: string;
  level?: string;
  category?: string;
  year?: string;
  retention?: string;
  access?: string;
  import?: string;
  held?: string;
  incomplete?: string;
  /** Conditions on any field, as JSON. */
  where?: string;
}

/** A word of the address, if it is one the server knows; anything else is left out. */
export function oneOf<T extends string>(known: readonly T[], word: string | undefined): T | undefined {
  return known.find((one) => one === word);
}

/** Filters as the server takes them. */
export function unitQuery(filter: UnitFilter): UnitQuery {
  const { parent, fonds, category, retention } = filter;
  const year = /^\d{4}$/.test(filter.year ?? '') ? Number(filter.year) : undefined;
  return {
    parent,
    fonds,
    category,
    retention,
    year,
    import: filter.import,
    ...(filter.where && { where: filter.where }),
    level: oneOf(['series', 'file', 'item'], filter.level),
    access: oneOf(['unreviewed', 'open', 'restricted', 'delayed'], filter.access),
    held: oneOf(['yes', 'no'], filter.held),
    incomplete: oneOf(['yes'], filter.incomplete),
  };
}
