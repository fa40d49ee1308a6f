/** Catalogue export: what is described of a fonds or an entry, as EAD3, a workbook or delimited text, to be taken in again. */

export { describedRow } from './described-row.ts';
export { eadEntries } from './ead/entry.ts';
export {
  type CatalogueExportDeps,
  type CatalogueOrder,
  type ExportedCatalogue,
  exportCatalogue,
} from './export.ts';
export { CATALOGUE_FORMATS, type CatalogueFormat } from './formats.ts';
export { registerCatalogueExport } from './http.ts';
export { CATALOGUE_EXPORT_JOB, type CatalogueExport, createCatalogueExport } from './job.ts';
export { type LeavingScope, scopeMeant } from './scope.ts';
export type { DescribedFonds, DescribedUnit } from './types.ts';
