import type { Actor } from '#kernel/actor';
import { type IngestOrder, ingestPackage, type JudgeOrder, judgePackage } from './coming/ingest.ts';
import { type LookOrder, lookAtPackage } from './coming/look.ts';
import type { PackagesDeps } from './deps.ts';
import { type ExportOrder, exportPackage } from './leaving/export.ts';
import { gather } from './leaving/gather.ts';
import { scopeMeant } from './leaving/scope.ts';

export type Packages = ReturnType<typeof createPackages>;

/** Records leave as packages, and come in as packages. */
export function createPackages(deps: PackagesDeps) {
  return {
    export: (actor: Actor, order: ExportOrder) => exportPackage(deps, actor, order),
    /** What a package is, what is wrong with it and what it holds, with nothing entered: for whoever judges it. */
    look: (order: LookOrder) => lookAtPackage(deps, order),
    /** What is held of an archive, a fonds or an entry, as the actor may take it out. @throws Refusal export.notFound */
    async held(actor: Actor, id: string, archiveCode?: string) {
      const scope = await scopeMeant(deps, actor, id, archiveCode);
      return { archiveId: scope.archive.id, consignment: gather(deps, actor, scope) };
    },
    judge: (order: JudgeOrder) => judgePackage(deps, order),
    ingest: (actor: Actor, order: IngestOrder) => ingestPackage(deps, actor, order),
  };
}
