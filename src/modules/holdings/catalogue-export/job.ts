import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actor, demand, scopeOf } from '#kernel/actor';
import { arrived, type CarriedActor, carried } from '#kernel/carried';
import { Refusal } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { JobKind, Jobs } from '#kernel/jobs';
import { type CatalogueExportDeps, type ExportedCatalogue, exportCatalogue } from './export.ts';
import { type CatalogueFormat, FILE_OF } from './formats.ts';
import { nothingSuch, scopeMeant } from './scope.ts';

export const CATALOGUE_EXPORT_JOB = 'catalogue-export';

/** What was written waits so long for the person who asked for it. */
const KEPT_MS = 7 * 24 * 3_600_000;
const ATTEMPTS = 3;

interface ExportJob {
  of: string;
  format: CatalogueFormat;
  actor: CarriedActor;
}

export interface CatalogueExportJobDeps extends CatalogueExportDeps {
  jobs: Pick<Jobs, 'enqueue' | 'find'>;
  /** Where what was written waits, apart for each person. */
  folder: string;
}

const noExport = () => new Refusal('export.gone', 'There is no such export any longer. Ask for it again.');

/** Exports of the catalogue: at once to a file, or as a job whose file waits for who asked. */
export function createCatalogueExport(deps: CatalogueExportJobDeps) {
  /** Only who asked finds it: what a person may take out is not what another may. */
  const placeOf = (personId: string, jobId: string, format: CatalogueFormat) =>
    join(deps.folder, personId, `${jobId}.${format}.${FILE_OF[format].ending}`);

  async function forget(personId: string): Promise<void> {
    const folder = join(deps.folder, personId);
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const found = await lstat(path).catch(() => null);
      if (found && deps.clock.now().getTime() - found.mtimeMs > KEPT_MS) await rm(path, { force: true });
    }
  }

  const kind: JobKind<ExportJob> = {
    name: CATALOGUE_EXPORT_JOB,
    attempts: ATTEMPTS,
    async run({ id, data: { of, format, actor: given }, signal, progress }) {
      const actor = arrived(given);
      const personId = actor.id ?? 'system';
      await mkdir(join(deps.folder, personId), { recursive: true, mode: 0o700 });
      await forget(personId);
      const target = placeOf(personId, id, format);
      // A process that was killed may have written it, or a part.
      await rm(target, { force: true });
      const { path: _, ...done } = await exportCatalogue(deps, actor, {
        id: of,
        format,
        target,
        signal,
        progress,
      });
      return done;
    },
  };

  return {
    kind,
    export: (actor: Actor, order: Parameters<typeof exportCatalogue>[2]): Promise<ExportedCatalogue> =>
      exportCatalogue(deps, actor, order),
    /** Begins an export as a job. @throws Refusal export.notFound, export.oneFonds, actor.forbidden */
    async begin(actor: Actor, o: { id: string; format: CatalogueFormat }): Promise<string> {
      const scope = await scopeMeant(deps.holdings, actor, o.id, undefined);
      demand(actor, 'content.export', scope.archive.id, nothingSuch(o.id));
      if (o.format === 'ead3' && scope.fonds === null)
        throw new Refusal('export.oneFonds', 'A finding aid describes one fonds.');
      const archiveId = scope.archive.id;
      const data: ExportJob = { of: o.id, format: o.format, actor: carried(actor, archiveId) };
      return deps.db.as(scopeOf(actor), (tx) =>
        deps.jobs.enqueue(tx, CATALOGUE_EXPORT_JOB, data, {
          archiveId,
          title: scope.title,
          createdBy: actor.id,
          attempts: ATTEMPTS,
        }),
      );
    },
    /** Where the file of an export lies, and what it is called. @throws Refusal export.gone, also for all but who asked */
    async file(
      actor: Actor,
      jobId: string,
    ): Promise<{ path: string; name: string; type: string; bytes: number }> {
      if (!isId(jobId) || actor.id === null) throw noExport();
      const folder = join(deps.folder, actor.id);
      const found = (await readdir(folder).catch(() => [])).find(
        (n) => n.startsWith(`${jobId}.`) && !n.endsWith('.part'),
      );
      const format = found?.split('.')[1];
      const known = Object.entries(FILE_OF).find(([name]) => name === format)?.[1];
      if (!found || !known) throw noExport();
      const job = await deps.db.as(scopeOf(actor), (tx) => deps.jobs.find(tx, jobId));
      const title = (job?.title ?? 'catalogue').replace(/[\\/:*?"<>|\u0000-\u001f]/g, ' ');
      const path = join(folder, found);
      const { size } = await lstat(path);
      return { path, name: `${title}.${known.ending}`, type: known.mime, bytes: size };
    },
  };
}

export type CatalogueExport = ReturnType<typeof createCatalogueExport>;
