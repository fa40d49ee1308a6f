/** Records leave as packages and come in as packages, through one model in between (docs/decisions/0013-packages.md). */
export type { Ingested, IngestOrder, JudgedPackage, JudgeOrder } from './coming/ingest.ts';
export type { LookedPackage, LookOrder } from './coming/look.ts';
export type { ConsignedFile, ConsignedUnit, Consignment } from './consignment.ts';
export type { PackagesDeps } from './deps.ts';
export { PACKAGE_KIND_NAMES, type PackageKindName } from './kinds/index.ts';
export type { Beside, HandoverLayout } from './kinds/kind.ts';
export type { Exported, ExportOrder } from './leaving/export.ts';
export { createPackages, type Packages } from './module.ts';
