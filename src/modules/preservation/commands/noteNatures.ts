import type { Tx } from '#kernel/db';
import { idFrom } from '#kernel/ids';
import { SYSTEM_NAME } from '../fixity/alarming.ts';
import { objectIdOf } from '../package/records.ts';
import { raiseAlarms, solveAlarms } from '../store/alarms.ts';
import { insertEvents } from '../store/events.ts';
import { mainStoreId } from '../store/stores.ts';

/** What a check of the four natures of what an archive holds came to. */
export interface NaturesNoted {
  /** Id of the check. */
  check: string;
  archiveId: string;
  title: string;
  verdict: 'qualified' | 'unqualified' | 'open';
  /** Items that failed. */
  failed: readonly string[];
  /** Entries in which a fault was found, and by which items. */
  faulty: readonly { unitId: string; items: readonly string[] }[];
}

/** The alarm is about what an archive holds, in no store more than in another: it stands with the storage root. */
const ABOUT = (archiveId: string) => `urn:lantai:natures:${archiveId}`;

/**
 * An event at each object a fault was found in, and an alarm where the whole is not qualified; the next check that finds nothing ends it.
 * Like a routine fixity check the events are the catalogue's and its segments': looking changes no object. Told twice, it is noted once.
 */
export async function noteNatures(
  deps: { newId(): string },
  tx: Tx,
  { check, archiveId, title, verdict, failed, faulty }: NaturesNoted,
  at: Date,
): Promise<void> {
  await insertEvents(
    tx,
    faulty.map(({ unitId, items }) => ({
      id: idFrom(check, unitId),
      objectId: objectIdOf(unitId),
      archiveId,
      storeId: null,
      type: 'validation',
      at,
      outcome: 'failure' as const,
      detail: { check, verdict, items },
      actorId: null,
      actorName: SYSTEM_NAME,
    })),
  );
  const storeId = await mainStoreId(tx);
  const objectId = ABOUT(archiveId);
  if (verdict === 'unqualified') {
    const detail = { check, title, items: failed.length, entries: faulty.length };
    await raiseAlarms(tx, [{ id: deps.newId(), storeId, objectId, archiveId, code: 'natures', detail }], at);
  } else
    await solveAlarms(
      tx,
      { storeId, objectIds: [objectId], by: SYSTEM_NAME, note: 'a later check found nothing of it' },
      at,
    );
}
