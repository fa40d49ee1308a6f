import type { Actor } from '#kernel/actor';
import { scopeMeant } from '#modules/holdings';
import { type IngestOrder, ingestPackage } from './coming/ingest.ts';
import { type JudgeOrder, judgePackage } from './coming/judge.ts';
import { type LookOrder, lookAtPackage } from './coming/look.ts';
import type { Consignment } from './consignment.ts';
import type { PackagesDeps } from './deps.ts';
import { type ExportOrder, exportPackage } from './leaving/export.ts';
import { gather } from './leaving/gather.ts';
import { type WriteConsignmentOrder, writeConsignment } from './leaving/write.ts';

export type Packages = ReturnType<typeof createPackages>;

/** Records leave as packages, and come in as packages. */
export function createPackages(deps: PackagesDeps) {
  return {
    export: (actor: Actor, order: ExportOrder) => exportPackage(deps, actor, order),
    /** Any consignment, as a package of a kind. */
    write: (consignment: Consignment, order: WriteConsignmentOrder) =>
      writeConsignment(deps, consignment, order),
    /** What a package is, what is wrong with it and what it holds, with nothing entered: for whoever judges it. */
    look: (order: LookOrder) => lookAtPackage(deps, order),
    /** What is held of an archive, a fonds or an entry, as the actor may take it out. @throws Refusal export.notFound */
    async held(actor: Actor, id: string, archiveCode?: string) {
      const scope = await scopeMeant(deps.holdings, actor, id, archiveCode);
      return { archiveId: scope.archive.id, consignment: gather(deps, actor, scope) };
    },
    /** What is wrong with a package, as `ingest` would find it, and the package open for whoever goes on with it. Close it. */
    judge: (order: JudgeOrder) => judgePackage(deps, order),
    ingest: (actor: Actor, order: IngestOrder) => ingestPackage(deps, actor, order),
  };
}
