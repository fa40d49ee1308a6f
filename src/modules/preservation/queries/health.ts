import type { Database } from '#kernel/db';
import { openAlarms } from '../store/alarms.ts';
import { countsByStore, fixityOf } from '../store/figures.ts';
import { allStores, type Reach } from '../store/stores.ts';
import { stagingOf } from '../stores/openStore.ts';

export interface StoreHealth {
  name: string;
  reach: Reach;
  trouble: string | null;
  unreachableSince: Date | null;
  sound: number;
  wanted: number;
  behind: number;
  damaged: number;
  missing: number;
  late: number;
  neverChecked: number;
  /** `late` or `neverChecked` were counted up to a limit and may be more. */
  atLeast: boolean;
  oldestCheck: Date | null;
}

/** Stores in folders, and where their locks and drafts lie. */
export async function storeFolders(db: Database): Promise<{ name: string; staging: string }[]> {
  return (await allStores(db.owner)).flatMap(({ name, state, location: at }) =>
    (state === 'active' || state === 'draining') && at.kind === 'folder' && at.root !== ''
      ? [{ name, staging: stagingOf(at.root) }]
      : [],
  );
}

const COUNTED_UP_TO = 10_000;

/** How the stores stand, as the database knows it, for who looks after the machine. */
export async function copiesHealth(
  db: Database,
  o: { cycleDays: number; now: Date },
): Promise<{ stores: StoreHealth[]; openAlarms: number }> {
  const counts = await countsByStore(db.owner, { archives: null });
  const lateBefore = new Date(o.now.getTime() - o.cycleDays * 86_400_000);
  const stores: StoreHealth[] = [];
  for (const s of await allStores(db.owner)) {
    if (s.state !== 'active' && s.state !== 'draining') continue;
    const count = (condition: string) =>
      counts.find((c) => c.storeId === s.id && c.condition === condition)?.copies ?? 0;
    const { late, neverChecked, oldestCheck } = await fixityOf(db.owner, s.id, lateBefore, COUNTED_UP_TO);
    stores.push({
      name: s.name,
      reach: s.reach,
      trouble: s.trouble,
      unreachableSince: s.unreachableSince,
      sound: count('sound'),
      wanted: count('wanted'),
      behind: count('behind'),
      damaged: count('damaged'),
      missing: count('missing'),
      late,
      neverChecked,
      oldestCheck,
      atLeast: Math.max(late, neverChecked) >= COUNTED_UP_TO,
    });
  }
  return { stores, openAlarms: await openAlarms(db.owner, COUNTED_UP_TO) };
}
