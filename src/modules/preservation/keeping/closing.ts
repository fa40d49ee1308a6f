import { SYSTEM_NAME } from '../fixity/alarming.ts';
import { type AlarmCode, solveAlarms, standingAbout } from '../store/alarms.ts';
import { type CopyCondition, hasCopies } from '../store/copies.ts';
import type { StoreRow } from '../store/stores.ts';
import type { KeepingDeps } from './deps.ts';

/** What has to be so no more for an alarm about a store to be over. What ends when the store is met again is ended there. */
const CAUSES: Partial<
  Record<AlarmCode, { conditions: readonly CopyCondition[]; tried?: boolean; note: string }>
> = {
  manyFailing: { conditions: ['damaged', 'missing'], note: 'all copies were found or made sound' },
  cameBackOld: { conditions: ['behind', 'damaged', 'missing'], note: 'what it lacked was brought on' },
  // Copies that were not kept stand as tried in vain until they are.
  notKeeping: { conditions: ['wanted', 'behind'], tried: true, note: 'what it had not kept was copied anew' },
};

/** Ends alarms about a store whose cause is gone. They stay in the list of what waits until somebody took note. */
export async function closeWhatIsOver(
  deps: Pick<KeepingDeps, 'db' | 'clock'>,
  row: Pick<StoreRow, 'id'>,
): Promise<void> {
  for (const { code } of await standingAbout(deps.db.owner, row.id)) {
    const cause = CAUSES[code];
    if (!cause || (await hasCopies(deps.db.owner, row.id, cause))) continue;
    await deps.db.system((tx) =>
      solveAlarms(
        tx,
        { storeId: row.id, objectIds: null, codes: [code], by: SYSTEM_NAME, note: cause.note },
        deps.clock.now(),
      ),
    );
  }
}
