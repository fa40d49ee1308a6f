import type { Tx } from '#kernel/db';
import type { Jobs } from '#kernel/jobs';
import { putTexts, TEXT_JOB } from '#modules/digitisation';
import { allArchives, fondsLabels, indexEntriesAfter, noteHeld, recount } from '#modules/holdings';
import {
  type Preservation,
  type RebuildDeps,
  type RebuildOrder,
  type Rebuilt,
  rebuild,
} from '#modules/preservation';
import { emptyIndex, indexArchives, indexFonds, indexPages, renewIndex } from '#modules/search';
import { ALSO_EMPTIED, KEPT_TABLES } from './kept.ts';

/** What of the house a rebuild works with. */
export type Rebuilder = Pick<RebuildDeps, 'db' | 'clock' | 'newId' | 'audit' | 'segments'> & {
  preservation: Pick<Preservation, 'repository' | 'root' | 'saveTexts'>;
  jobs: Pick<Jobs, 'enqueue'>;
};

/** Labels the index shows, written in one go. */
const LABELS = 1_000;

/** Makes catalogue and index again from the storage root alone. @throws as `rebuild` */
export function rebuildHouse(
  { preservation, jobs, ...house }: Rebuilder,
  order: RebuildOrder,
): Promise<Rebuilt> {
  const { db } = house;
  return rebuild(
    {
      ...house,
      repository: preservation.repository,
      root: preservation.root,
      tables: KEPT_TABLES,
      alsoEmptied: ALSO_EMPTIED,
      emptyIndex,
      recount,
      attached: noteHeld,
      saveTexts: preservation.saveTexts,
      async readAgain(tx, unitId) {
        await jobs.enqueue(tx, TEXT_JOB, { unitId }, { followed: false });
      },
      async putTexts(tx, unit, texts) {
        await putTexts(tx, unit, texts);
        await indexPages(
          tx,
          unit.id,
          texts.filter((t) => t.text !== ''),
        );
      },
      async renewIndex({ signal, progress }) {
        await db.system(labels);
        await renewIndex(db, indexEntriesAfter, { whole: true, ...(signal ? { signal } : {}), progress });
      },
    },
    order,
  );
}

async function labels(tx: Tx): Promise<void> {
  await indexArchives(tx, await allArchives(tx));
  const fonds = await fondsLabels(tx);
  for (let i = 0; i < fonds.length; i += LABELS) await indexFonds(tx, fonds.slice(i, i + LABELS));
}
