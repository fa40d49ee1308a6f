import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { CatalogueImportDeps } from '../deps.ts';
import { START } from '../reading/validate.ts';
import { NO_PREVIEW } from '../run/preview.ts';
import { dropFindings } from '../store/findings.ts';
import { enterState, type ImportState, importById, NO_COUNTS, saveProgressOf } from '../store/imports.ts';
import { demandImport, noImport } from './intake.ts';

export const CATALOGUE_IMPORT = 'catalogue-import';

export interface ImportJob {
  importId: string;
  act: 'check' | 'run' | 'takeBack';
  actor: { id: string | null; name: string };
  reason?: string;
}

const FROM: Record<ImportJob['act'], readonly ImportState[]> = {
  check: ['draft', 'checked'],
  run: ['draft', 'checked', 'failed'],
  takeBack: ['done', 'failed'],
};
const DURING: Record<ImportJob['act'], ImportState> = {
  check: 'checking',
  run: 'running',
  takeBack: 'takingBack',
};

/**
 * Begins a check, an import or its taking back, as a job. A failed import goes on where it stopped.
 *
 * @param enqueue false when the caller runs the work itself
 * @returns the job's id, null without one
 * @throws Refusal import.notFound, import.wrongState, import.nothing
 */
export async function start(
  deps: CatalogueImportDeps,
  actor: Actor,
  id: string,
  act: ImportJob['act'],
  o: { reason?: string; enqueue?: boolean } = {},
): Promise<string | null> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const imp = await importById(tx, id);
    if (!imp) throw noImport();
    demandImport(actor, imp.archiveId);
    if (act !== 'takeBack' && !imp.sheets.some((s) => s.use)) {
      throw new Refusal('import.nothing', 'No sheet of this file is chosen for import.');
    }
    const data: ImportJob = {
      importId: id,
      act,
      actor: auditActor(actor),
      ...(o.reason ? { reason: o.reason } : {}),
    };
    const jobId =
      o.enqueue === false
        ? null
        : await deps.jobs.enqueue(tx, CATALOGUE_IMPORT, data, {
            archiveId: imp.archiveId,
            title: imp.fileName,
            createdBy: actor.id,
          });
    const goesOn = act === 'run' && imp.state === 'failed';
    if (!(await enterState(tx, id, FROM[act], DURING[act], jobId ? { jobId } : {}))) {
      throw new Refusal('import.wrongState', `The import is in the state "${imp.state}".`, {
        state: imp.state,
      });
    }
    if (act !== 'takeBack' && !goesOn) {
      await dropFindings(tx, id);
      await saveProgressOf(tx, id, { counts: NO_COUNTS, problems: [], preview: NO_PREVIEW, place: START });
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: imp.archiveId,
      act:
        act === 'check' ? 'import.checkStarted' : act === 'run' ? 'import.started' : 'import.takeBackStarted',
      target: { type: 'import', id },
      detail: { fileName: imp.fileName, ...(o.reason ? { reason: o.reason } : {}) },
    });
    return jobId;
  });
}
