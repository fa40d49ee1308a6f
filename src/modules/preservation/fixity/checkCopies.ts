import { isRefusal } from '#kernel/errors';
import { type Expected, type Verdict, verdictOn } from '../domain/verdict.ts';
import type { KeepingDeps } from '../keeping/deps.ts';
import { type CopyFound, type CopyTask, copiesOf, enterFound } from '../store/copies.ts';
import { insertEvents, type PreservationEvent } from '../store/events.ts';
import { noteFixity } from '../store/figures.ts';
import { adoptState, hasIntent } from '../store/objects.ts';
import type { StoreRow } from '../store/stores.ts';
import type { OpenStore } from '../stores/openStore.ts';
import { type BadCopy, SYSTEM_NAME, tellOfCopies, tellOfStore, untellOfCopies } from './alarming.ts';
import type { Examined } from './examine.ts';
import type { ExamineOutcome } from './examiner.ts';

export interface CheckedCopy {
  task: CopyTask;
  /** null where somebody is writing the object at this moment: it is looked at another time. */
  verdict: Verdict | null;
  examined: Examined | null;
}

export interface CheckOptions {
  bytesPerSecond: number | null;
  signal?: AbortSignal | undefined;
}

const expectedOf = (t: CopyTask): Expected => ({
  objectId: t.objectId,
  head: t.objectHead,
  digest: t.objectDigest,
});

/** A file that can not be read is as bad as one that is wrong. */
export const examinedOf = (o: ExamineOutcome): Examined =>
  'examined' in o
    ? o.examined
    : {
        present: true,
        id: null,
        head: null,
        inventoryDigest: null,
        earlier: {},
        files: 0,
        bytes: 0,
        findings: [{ code: 'unreadable', severity: 'error', path: '', message: o.failed }],
      };

/**
 * Looks again at a copy that did not look sound, with its writers kept away: it may have been met in the middle of being
 * written, or been entered meanwhile.
 */
async function confirm(
  deps: KeepingDeps,
  open: OpenStore,
  task: CopyTask,
  o: CheckOptions,
): Promise<CheckedCopy> {
  const untouched = { task, verdict: null, examined: null };
  try {
    // A writer that was killed half-way left its intent; only then there is something to bring to an end.
    if (await hasIntent(deps.db.owner, task.objectId))
      await open.repository.recover(task.objectId).catch((e: unknown) => {
        // What can not be brought to an end by itself is what the verdict says.
        if (!isRefusal(e) || e.code === 'ocfl.locked') throw e;
      });
    const lock = await open.store.lock(open.repository.pathOf(task.objectId));
    try {
      const fresh = (await copiesOf(deps.db.owner, task.objectId)).find((t) => t.storeId === task.storeId);
      if (!fresh) return untouched;
      const [outcome] = await deps.examiner.examine(open, [fresh], o);
      const examined = examinedOf(outcome!);
      const verdict = verdictOn(examined, expectedOf(fresh));
      // Written, and not yet entered: its writer is about to, or the next start does.
      if (verdict.why === 'ahead' && (await hasIntent(deps.db.owner, task.objectId))) return untouched;
      return { task: fresh, verdict, examined };
    } finally {
      await lock.release();
    }
  } catch (e) {
    if (isRefusal(e) && e.code === 'ocfl.locked') return untouched;
    throw e;
  }
}

/**
 * Reads copies of one store through, to the last byte, and enters what was found: the copies' state, an event each, what a
 * person has to know.
 *
 * @throws what the store itself throws when it is gone; then nothing is entered
 */
export async function checkCopies(
  deps: KeepingDeps,
  row: StoreRow,
  open: OpenStore,
  tasks: readonly CopyTask[],
  o: CheckOptions,
): Promise<CheckedCopy[]> {
  if (tasks.length === 0) return [];
  const begun = performance.now();
  const outcomes = await deps.examiner.examine(open, tasks, o);
  const checked: CheckedCopy[] = [];
  let away: boolean | null = null;
  for (const [i, task] of tasks.entries()) {
    const examined = examinedOf(outcomes[i]!);
    const verdict = verdictOn(examined, expectedOf(task));
    if (verdict.condition === 'sound' && verdict.why !== 'ahead') {
      checked.push({ task, verdict, examined });
      continue;
    }
    // A store that went away takes all its copies along: that is said of the store, and of no copy.
    away ??= (await deps.stores.probe(row)).reach === 'unreachable';
    if (away) throw new StoreAway(row.name);
    checked.push(await confirm(deps, open, task, o));
  }
  await enterChecked(deps, row, checked, performance.now() - begun);
  return checked;
}

export class StoreAway extends Error {
  override readonly name = 'StoreAway';
}

/**
 * Whether what happened to a copy becomes an event. Events are kept in segments, so that all going well with a copy of a
 * segment is not told: it would make the next segment, and so on for ever. Its row says when it was copied and verified.
 */
export const isTold = (task: Pick<CopyTask, 'kind'>, good: boolean): boolean =>
  task.kind !== 'segment' || !good;

const troubleOf = ({ verdict, examined }: CheckedCopy): string | null => {
  if (!verdict || verdict.why === 'sound' || verdict.why === 'unknown') return null;
  const [first] = examined?.findings ?? [];
  return `${verdict.why}${first ? `: ${first.code} ${first.path} ${first.message}` : ''}`.slice(0, 500);
};

async function enterChecked(
  deps: KeepingDeps,
  row: StoreRow,
  checked: readonly CheckedCopy[],
  milliseconds: number,
): Promise<void> {
  const at = deps.clock.now();
  const done = checked.filter((c) => c.verdict !== null);
  const bad = done.filter((c) => c.verdict!.condition !== 'sound');
  const ahead = done.filter((c) => c.verdict!.why === 'ahead');
  await deps.db.system(async (tx) => {
    // The root is the truth: what nobody knew yet, and versions a database put back from a backup forgot.
    for (const { task, verdict, examined } of done)
      if (row.isMain && examined && (verdict!.why === 'unknown' || verdict!.why === 'ahead'))
        await adoptState(
          tx,
          task.objectId,
          {
            head: examined.head ?? '',
            inventoryDigest: examined.inventoryDigest ?? '',
            files: examined.files,
            bytes: examined.bytes,
          },
          at,
        );
    await enterFound(
      tx,
      done.map((c) => foundOf(row, c)),
      at,
    );
    await insertEvents(
      tx,
      done
        .filter((c) => isTold(c.task, c.verdict!.condition === 'sound'))
        .map((c) => eventOf(deps, row, c, at)),
    );
    await noteFixity(tx, row.id, at, {
      copies: done.length,
      bad: bad.length,
      milliseconds,
      bytes: done.reduce((sum, c) => sum + (c.examined?.bytes ?? 0), 0),
    });
    await tellOfCopies(deps, tx, row, [
      ...bad.flatMap((c) => (c.verdict!.condition === 'behind' ? [] : [badOf(c)])),
      ...(row.isMain ? [] : ahead.map(badOf)),
    ]);
    // What is known to wait for a newer version is no news.
    const behind = bad.filter(
      (c) => c.verdict!.condition === 'behind' && c.task.condition === 'sound',
    ).length;
    if (behind > 0) await tellOfStore(deps, tx, row, 'cameBackOld', { copies: behind });
    const well = done.filter((c) => c.verdict!.why === 'sound' && c.task.condition !== 'sound');
    await untellOfCopies(
      deps,
      tx,
      row.id,
      well.map((c) => c.task.objectId),
      'found sound',
    );
  });
}

function badOf(c: CheckedCopy): BadCopy {
  const { verdict, task, examined } = c;
  const code = verdict!.why === 'missing' ? 'missing' : verdict!.why === 'ahead' ? 'ahead' : 'damaged';
  return {
    objectId: task.objectId,
    archiveId: task.archiveId,
    code,
    detail: { why: verdict!.why, findings: (examined?.findings ?? []).slice(0, 3) },
  };
}

function foundOf(row: StoreRow, c: CheckedCopy): CopyFound {
  const { task, examined, verdict } = c;
  const { condition, why } = verdict!;
  // A copy elsewhere that knows more than the root is kept as it is; a person is told.
  const sound = condition === 'sound' && (row.isMain || why === 'sound');
  return {
    objectId: task.objectId,
    storeId: row.id,
    condition,
    copied: false,
    tried: false,
    head: sound || condition === 'behind' ? (examined?.head ?? null) : null,
    inventoryDigest: sound || condition === 'behind' ? (examined?.inventoryDigest ?? null) : null,
    bytes: sound ? (examined?.bytes ?? null) : null,
    verified: sound,
    trouble: troubleOf(c),
  };
}

function eventOf(deps: KeepingDeps, row: StoreRow, c: CheckedCopy, at: Date): PreservationEvent {
  const { verdict, task, examined } = c;
  const good = verdict!.condition === 'sound';
  const findings = (examined?.findings ?? []).slice(0, 3).map((f) => `${f.code} ${f.path}`);
  return {
    id: deps.newId(),
    objectId: task.objectId,
    archiveId: task.archiveId,
    storeId: row.id,
    type: 'fixity check',
    at,
    outcome: good ? 'success' : 'failure',
    detail: good && verdict!.why !== 'ahead' ? null : { why: verdict!.why, findings },
    actorId: null,
    actorName: SYSTEM_NAME,
  };
}
