import type { AuditActor } from '#kernel/audit';
import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import type { CatalogueImportDeps } from '../deps.ts';
import { enterState, importById } from '../store/imports.ts';
import type { RunResult } from './run-import.ts';
import { takeBack } from './take-back.ts';
import { type Following, runImport } from './work.ts';

const OF_THE_FILE = /^(sheet|ead)\./;

/**
 * Runs an import. A file that turns out damaged on its way, when rows of it are stored already, is taken back whole: nothing stays
 * half taken in.
 *
 * @throws what `runImport` throws; of a damaged file once nothing of it is left
 */
export async function runWhole(
  deps: CatalogueImportDeps,
  importId: string,
  { actor, ...following }: Following & { actor: AuditActor },
): Promise<RunResult> {
  // Killed while it took back, it goes on with that.
  if ((await importById(deps.db.owner, importId))?.state === 'takingBack') {
    const why = new Refusal('sheet.damaged', 'The file is damaged.');
    await takeBack(deps, importId, { ...following, actor, reason: why.message });
    throw why;
  }
  try {
    return await runImport(deps, importId, { ...following, mode: 'run', actor });
  } catch (e) {
    if (isRefusal(e) && OF_THE_FILE.test(e.code) && (await begun(deps, importId, actor, messageOf(e))))
      await takeBack(deps, importId, { ...following, actor, reason: messageOf(e) });
    throw e;
  }
}

/** Whether there is anything to take back; if so, the import is being taken back from now on. */
async function begun(
  deps: CatalogueImportDeps,
  importId: string,
  actor: AuditActor,
  reason: string,
): Promise<boolean> {
  return deps.db.system(async (tx) => {
    const imp = await importById(tx, importId);
    if (!imp || imp.counts.total === 0 || !(await enterState(tx, importId, ['failed'], 'takingBack')))
      return false;
    await deps.audit.append(tx, {
      actor,
      archiveId: imp.archiveId,
      act: 'import.takeBackStarted',
      target: { type: 'import', id: importId },
      detail: { fileName: imp.fileName, reason },
    });
    return true;
  });
}
