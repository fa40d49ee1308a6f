import type { Actor } from '#kernel/actor';
import { archivesScope, type Tx } from '#kernel/db';
import type { KeepingDeps } from '../keeping/deps.ts';
import { mayForHouse, whoseFor } from '../keeping/whose.ts';
import { listAlarms, openAlarms } from '../store/alarms.ts';
import type { CopyCondition, CopyRow } from '../store/copies.ts';
import {
  type ConditionCount,
  countsByStore,
  failingCopies,
  fixityDays,
  fixityOf,
  type GrowthMonth,
  growthByMonth,
  heldTooFew,
  type StoreFixity,
  type Whose,
} from '../store/figures.ts';
import { allStores, type StoreRow } from '../store/stores.ts';

const COUNTED_UP_TO = 10_000;
const DAYS_SHOWN = 30;
const RATE_DAYS = 7;

export type Counts = Record<CopyCondition, number>;

export interface StoreView {
  store: StoreRow;
  /** Whether the asker looks after stores, and may see where they lie. */
  addressShown: boolean;
  counts: Counts;
  /** Bytes of the sound copies. */
  bytes: number;
  fixity: StoreFixity;
  /** When the oldest check is due again; null where nothing is held. */
  nextCheck: Date | null;
  /** Bytes a second verified, over the last days; null where none were. */
  bytesPerSecond: number | null;
}

/** Reads under the scope of the archives whose state the asker may know; as the house, where that is everything. */
export function readFor<T>(deps: KeepingDeps, whose: Whose, read: (tx: Tx) => Promise<T>): Promise<T> {
  return whose.archives === null ? deps.db.system(read) : deps.db.as(archivesScope(whose.archives), read);
}

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000);

function countsOf(rows: readonly ConditionCount[], storeId: string): { counts: Counts; bytes: number } {
  const counts: Counts = { wanted: 0, sound: 0, behind: 0, damaged: 0, missing: 0 };
  let bytes = 0;
  for (const r of rows)
    if (r.storeId === storeId) {
      counts[r.condition] = r.copies;
      if (r.condition === 'sound') bytes = r.bytes;
    }
  return { counts, bytes };
}

/** All stores with what they hold; ended ones last. */
export async function storeViews(deps: KeepingDeps, actor: Actor): Promise<StoreView[]> {
  const whose = await whoseFor(deps, actor, 'preservation.read');
  const addressShown = await mayForHouse(deps, actor, 'stores.manage');
  const now = deps.clock.now();
  const [stores, counts, days] = [
    await allStores(deps.db.owner),
    await readFor(deps, whose, (tx) => countsByStore(tx, whose)),
    await fixityDays(deps.db.owner, RATE_DAYS, now),
  ];
  const lateBefore = daysBefore(now, deps.settings.cycleDays);
  const views: StoreView[] = [];
  for (const store of stores) {
    const own = days.filter((d) => d.storeId === store.id);
    const milliseconds = own.reduce((sum, d) => sum + d.milliseconds, 0);
    const fixity = await fixityOf(deps.db.owner, store.id, lateBefore, COUNTED_UP_TO);
    views.push({
      store,
      addressShown,
      fixity,
      ...countsOf(counts, store.id),
      nextCheck:
        fixity.neverChecked > 0
          ? now
          : fixity.oldestCheck && daysBefore(fixity.oldestCheck, -deps.settings.cycleDays),
      bytesPerSecond:
        milliseconds > 0 ? own.reduce((sum, d) => sum + d.bytes, 0) / (milliseconds / 1000) : null,
    });
  }
  return views;
}

/** The preservation page: what there is, what is at risk, how far verifying has come. */
export async function overview(deps: KeepingDeps, actor: Actor, archiveId?: string) {
  const whose = await whoseFor(deps, actor, 'preservation.read', archiveId);
  const now = deps.clock.now();
  const stores = await allStores(deps.db.owner);
  const active = stores.filter((s) => s.state === 'active' || s.state === 'draining');
  const { copiesWanted, cycleDays } = deps.settings;
  const read = await readFor(deps, whose, async (tx) => ({
    growth: await growthByMonth(tx, whose),
    counts: await countsByStore(tx, whose),
  }));
  const sum = (key: 'objects' | 'files' | 'bytes') => read.growth.reduce((n, g) => n + g[key], 0);
  const ofActive = read.counts.filter((c) => active.some((s) => s.id === c.storeId));
  const count = (condition: CopyCondition) =>
    ofActive.reduce((n, c) => n + (c.condition === condition ? c.copies : 0), 0);
  const tooFew =
    // Stores whose lists are being written hold no more than their share of it all.
    active.filter((s) => s.planned).length < copiesWanted
      ? { objects: sum('objects'), isExact: active.length < copiesWanted }
      : await heldTooFew(deps.db.owner, {
          archives: whose.archives,
          wanted: copiesWanted,
          limit: COUNTED_UP_TO,
        });
  const fixity = await Promise.all(
    active.map((s) => fixityOf(deps.db.owner, s.id, daysBefore(now, cycleDays), COUNTED_UP_TO)),
  );
  return {
    objects: sum('objects'),
    files: sum('files'),
    bytes: sum('bytes'),
    copiesWanted,
    cycleDays,
    stores: active.length,
    atRisk: {
      heldTooFew: tooFew.objects,
      heldTooFewIsExact: tooFew.isExact,
      damaged: count('damaged'),
      missing: count('missing'),
      behind: count('behind'),
      wanted: count('wanted'),
      neverVerified: fixity.reduce((n, f) => n + f.neverChecked, 0),
      late: fixity.reduce((n, f) => n + f.late, 0),
      countedUpTo: COUNTED_UP_TO,
      storesAway: active.filter((s) => s.reach === 'unreachable' || s.reach === 'foreign').length,
    },
    alarmsOpen: whose.house
      ? await openAlarms(deps.db.owner, COUNTED_UP_TO)
      : (
          await listAlarms(deps.db.owner, {
            archives: whose.archives ?? [],
            house: false,
            states: ['open'],
            limit: COUNTED_UP_TO,
          })
        ).length,
    fixityDays: (await fixityDays(deps.db.owner, DAYS_SHOWN, now)).filter((d) =>
      active.some((s) => s.id === d.storeId),
    ),
  };
}

/** Growth month by month, with what there was in all at each month's end. */
export async function growth(
  deps: KeepingDeps,
  actor: Actor,
  archiveId?: string,
): Promise<(GrowthMonth & { totalObjects: number; totalBytes: number })[]> {
  const whose = await whoseFor(deps, actor, 'preservation.read', archiveId);
  let [totalObjects, totalBytes] = [0, 0];
  return (await readFor(deps, whose, (tx) => growthByMonth(tx, whose))).map((month) => {
    totalObjects += month.objects;
    totalBytes += month.bytes;
    return { ...month, totalObjects, totalBytes };
  });
}

/** Copies that are not as they should be. */
export async function failures(
  deps: KeepingDeps,
  actor: Actor,
  o: {
    archiveId?: string | undefined;
    storeId?: string | undefined;
    conditions: readonly CopyCondition[];
    after?: { objectId: string; storeId: string } | undefined;
    limit: number;
  },
): Promise<CopyRow[]> {
  const whose = await whoseFor(deps, actor, 'preservation.read', o.archiveId);
  // Rows of stores are the house's; the copies asked for are bounded by the archives.
  return deps.db.system((tx) => failingCopies(tx, { ...o, archives: whose.archives }));
}
