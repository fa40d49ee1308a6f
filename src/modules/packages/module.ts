import type { Actor } from '#kernel/actor';
import { type IngestOrder, ingestPackage, type JudgeOrder, judgePackage } from './coming/ingest.ts';
import type { PackagesDeps } from './deps.ts';
import { type ExportOrder, exportPackage } from './leaving/export.ts';

export type Packages = ReturnType<typeof createPackages>;

/** Records leave as packages, and come in as packages. */
export function createPackages(deps: PackagesDeps) {
  return {
    export: (actor: Actor, order: ExportOrder) => exportPackage(deps, actor, order),
    judge: (order: JudgeOrder) => judgePackage(deps, order),
    ingest: (actor: Actor, order: IngestOrder) => ingestPackage(deps, actor, order),
  };
}
