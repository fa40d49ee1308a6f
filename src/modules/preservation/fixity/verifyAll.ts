import { Refusal } from '#kernel/errors';
import type { KeepingDeps } from '../keeping/deps.ts';
import { createPace, megabytes } from '../keeping/pace.ts';
import { meet, within } from '../keeping/storeRounds.ts';
import { type CopyTask, copiesFrom, copiesOf } from '../store/copies.ts';
import { allStores, type StoreRow } from '../store/stores.ts';
import { type CheckedCopy, checkCopies, StoreAway } from './checkCopies.ts';
import { type MendOutcome, mendCopy } from './mendCopy.ts';

export interface FixityFinding {
  objectId: string;
  store: string;
  /** What was found: damaged, missing, behind, ahead, different, swapped, unreachable (a store). */
  condition: string;
  /** What became of it: mended, sound (when looked at again), busy (somebody writes it), undecided, failed; null where nothing was tried. */
  repair: MendOutcome['outcome'] | null;
  message: string;
}

export interface FixityReport {
  checked: number;
  sound: number;
  /** Copies that somebody was writing at that moment. */
  busy: number;
  damaged: number;
  missing: number;
  behind: number;
  repaired: number;
  /** Not sound at the end. */
  remaining: number;
  bytes: number;
  seconds: number;
  /** Stores that could not be read. */
  unreachable: string[];
  findings: FixityFinding[];
  /** False when there were more findings than are listed. */
  findingsAreAll: boolean;
}

export interface FixityOrder {
  /** One object alone. */
  objectId?: string | undefined;
  /** Objects of one archive alone. */
  archiveId?: string | undefined;
  /** One store alone; without it all, or with `mainOnly` the storage root. */
  storeId?: string | undefined;
  storeName?: string | undefined;
  mainOnly?: boolean;
  repair: boolean;
  /** Without it as fast as it goes. */
  throttled?: boolean;
  signal?: AbortSignal | undefined;
  progress?: ((done: { checked: number; bytes: number; bad: number }) => void) | undefined;
}

const AT_ONCE = 250;
const BYTES_AT_ONCE = 256 * 1024 * 1024;
const IN_FLIGHT = 3;
const MOST_FINDINGS = 10_000;

/** Verifies copies now, to the last byte, and mends on demand. Memory does not grow with what is held. */
export async function verifyNow(deps: KeepingDeps, o: FixityOrder): Promise<FixityReport> {
  const begun = performance.now();
  const report: FixityReport = {
    checked: 0,
    sound: 0,
    busy: 0,
    damaged: 0,
    missing: 0,
    behind: 0,
    repaired: 0,
    remaining: 0,
    bytes: 0,
    seconds: 0,
    unreachable: [],
    findings: [],
    findingsAreAll: true,
  };
  const stores = (await allStores(deps.db.owner)).filter(
    (s) => (s.state === 'active' || s.state === 'draining') && (!o.mainOnly || s.isMain),
  );
  const asked = o.storeId ?? o.storeName;
  const chosen = asked ? stores.filter((s) => s.id === o.storeId || s.name === o.storeName) : stores;
  if (asked && chosen.length === 0) throw new Refusal('store.notFound', 'There is no such store.');
  const bytesPerSecond = o.throttled ? megabytes(deps.settings.fixityMegabytes) : null;
  const pace = createPace(bytesPerSecond);
  for (const row of chosen) {
    const met = await meet(deps, row);
    if (!met) {
      away(report, row);
      continue;
    }
    try {
      const open = await deps.stores.open(met);
      const options = { bytesPerSecond, signal: o.signal };
      // While one batch is entered the next is read already.
      const running: Promise<CheckedCopy[]>[] = [];
      const settle = async () => {
        const checked = await running[0]!;
        running.shift();
        await count(deps, met, checked, report, o);
        o.progress?.({ checked: report.checked, bytes: report.bytes, bad: report.findings.length });
        const bytes = checked.reduce((sum, c) => sum + (c.examined?.bytes ?? 0), 0);
        await pace(bytes, o.signal);
      };
      try {
        for await (const tasks of batches(deps, row, o)) {
          o.signal?.throwIfAborted();
          running.push(checkCopies(deps, met, open, tasks, options));
          if (running.length >= IN_FLIGHT) await settle();
        }
        while (running.length > 0) await settle();
      } finally {
        await Promise.allSettled(running);
      }
    } catch (e) {
      if (!(e instanceof StoreAway)) throw e;
      away(report, row);
    }
  }
  report.seconds = Math.round(performance.now() - begun) / 1000;
  return report;
}

function away(report: FixityReport, row: StoreRow): void {
  report.unreachable.push(row.name);
  report.findings.push({
    objectId: '',
    store: row.name,
    condition: 'unreachable',
    repair: null,
    message: 'the store can not be reached; nothing in it was verified',
  });
}

async function* batches(
  deps: KeepingDeps,
  row: StoreRow,
  { objectId, archiveId }: Pick<FixityOrder, 'objectId' | 'archiveId'>,
): AsyncGenerator<CopyTask[]> {
  if (objectId !== undefined) {
    const tasks = (await copiesOf(deps.db.owner, objectId)).filter(
      (t) => t.storeId === row.id && t.condition !== 'wanted',
    );
    if (tasks.length > 0) yield tasks;
    return;
  }
  for (let after = ''; ; ) {
    const found = await copiesFrom(deps.db.owner, row.id, { archiveId, after, limit: AT_ONCE });
    const tasks = within(found, BYTES_AT_ONCE);
    if (tasks.length === 0) return;
    yield tasks;
    after = tasks.at(-1)!.objectId;
  }
}

async function count(
  deps: KeepingDeps,
  row: StoreRow,
  checked: readonly CheckedCopy[],
  report: FixityReport,
  o: FixityOrder,
): Promise<void> {
  for (const { task, verdict, examined } of checked) {
    report.checked++;
    report.bytes += examined?.bytes ?? 0;
    if (verdict === null) {
      report.busy++;
      continue;
    }
    const { condition, why } = verdict;
    if (condition === 'sound') report.sound++;
    else report[condition]++;
    if (condition === 'sound' && (why !== 'ahead' || row.isMain)) continue;
    const mended = o.repair && condition !== 'sound' ? await mend(deps, row, task, o) : null;
    if (mended?.outcome === 'mended') report.repaired++;
    if (mended?.outcome !== 'mended' && mended?.outcome !== 'sound') report.remaining++;
    if (report.findings.length >= MOST_FINDINGS) {
      report.findingsAreAll = false;
      continue;
    }
    const [first] = examined?.findings ?? [];
    report.findings.push({
      objectId: task.objectId,
      store: row.name,
      condition: why,
      repair: mended?.outcome ?? null,
      message: first ? `${first.code} ${first.path}: ${first.message}` : (SAID[why] ?? why),
    });
  }
}

const mend = (deps: KeepingDeps, row: StoreRow, task: CopyTask, o: FixityOrder) =>
  mendCopy(deps, task.objectId, row.id, { bytesPerSecond: null, signal: o.signal });

const SAID: Record<string, string> = {
  missing: 'the object is not there',
  behind: 'the store holds an earlier version',
  ahead: 'the store holds versions nobody else knows',
  different: 'the object is whole, and not the one that was taken in',
  swapped: 'another object lies in its place',
  damaged: 'the object is damaged',
};
