import type { Tx } from '#kernel/db';
import type { Jobs } from '#kernel/jobs';
import { beginTextTasks } from '../store/pageText.ts';
import { TEXT_JOB } from './readText.ts';

/**
 * Has the texts of units' pages read, in the transaction that enters the pages.
 *
 * @param importId the scan import they came by
 */
export async function wantTexts(
  { jobs }: { jobs: Pick<Jobs, 'enqueueAll'> },
  tx: Tx,
  importId: string | null,
  units: readonly { id: string; archiveId: string; pages: number }[],
): Promise<void> {
  await beginTextTasks(
    tx,
    importId,
    units.map(({ id, archiveId, pages }) => ({ unitId: id, archiveId, pages })),
  );
  await jobs.enqueueAll(
    tx,
    TEXT_JOB,
    units.map((u) => ({ unitId: u.id })),
  );
}
