/** Catalogue import: .xlsx, .xls, delimited text and EAD into entries of the holdings. */

export { applyMapping, type MappingInput, mergeOptions } from './commands/mapping.ts';
export { CATALOGUE_IMPORT } from './commands/start.ts';
export type { CatalogueImportDeps, CatalogueIndexer, IndexedUnit } from './deps.ts';
export { IMPORT_FIELDS, type ImportField, isImportField } from './headings/fields.ts';
export { registerImportRoutes } from './http.ts';
export { type CatalogueImport, createCatalogueImport } from './module.ts';
export { type Problem, presentNoted } from './present.ts';
export { type Inspection, inspectCatalogue } from './reading/inspect.ts';
export { validateInThread } from './reading/thread.ts';
export { writeRejects } from './rejects.ts';
export { type NamedRow, rowOfNamed } from './rows/named.ts';
export { serveImportWork } from './run/work.ts';
export type { Counts, ImportRecord, ImportState } from './store/imports.ts';
export type { ImportOptions, Mapping, NotedRow, RowFinding, Sheet } from './types.ts';
export { sentence } from './wording.ts';
