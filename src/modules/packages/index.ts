/** Records leave as packages and come in as packages, through one model in between (docs/decisions/0013-packages.md). */
export type { Ingested, IngestOrder } from './coming/ingest.ts';
export type { JudgedPackage, JudgeOrder, OpenPackage } from './coming/judge.ts';
export type { LookedPackage, LookOrder } from './coming/look.ts';
export type { Known } from './coming/order.ts';
export type {
  ConsignedDocument,
  ConsignedFile,
  ConsignedTotals,
  ConsignedUnit,
  Consignment,
} from './consignment.ts';
export type { PackagesDeps } from './deps.ts';
export { PACKAGE_KIND_NAMES, type PackageKindName } from './kinds/index.ts';
export type { Beside, HandoverLayout, HandoverPapers } from './kinds/kind.ts';
export type { Exported, ExportOrder } from './leaving/export.ts';
export type { WriteConsignmentOrder } from './leaving/write.ts';
export { createPackages, type Packages } from './module.ts';
